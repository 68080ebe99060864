package io.poolshim.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.poolshim.testbed.ChildResult;
import io.poolshim.testbed.Jdk;
import io.poolshim.testbed.Jdks;
import io.poolshim.testbed.OtlpReceiver;
import io.poolshim.testbed.PostgresServer;
import io.poolshim.testbed.ReceivedSpan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The order desk, page by page, without and with the agent. */
class OrderDeskIT {
    private static final Path AGENT = Path.of(System.getProperty("poolshim.jar"));
    private static final Path ORDER_DESK = Path.of(System.getProperty("orderdesk.jar"));
    private static final Database DATABASE = Database.orderDesk();

    private static final Duration AT_MOST = Duration.ofMinutes(2);

    private static PostgresServer server;

    @TempDir
    private Path work;

    @BeforeAll
    static void startServer() throws Exception {
        assertTrue(Files.isRegularFile(AGENT), AGENT + " has not been built");
        server = PostgresServer.start();
        DATABASE.createUser(server);
    }

    @AfterAll
    static void stopServer() {
        if (server != null) {
            server.close();
        }
    }

    static List<Jdk> jdks() {
        Collection<Jdk> found = Jdks.all().values();
        if (Boolean.getBoolean("poolshim.it.full")) {
            return List.copyOf(found);
        }
        List<Jdk> chosen = Stream.of(Jdks.oldest(), Jdks.current()).distinct().toList();
        found.stream()
                .filter(jdk -> !chosen.contains(jdk))
                .forEach(jdk -> System.out.println("SKIPPED: order desk on " + jdk + ": only with -Pfull"));
        return chosen;
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void pages_areTheSameWithTheAgent(Jdk jdk) throws Exception {
        Visit without = visit(jdk, List.of());
        assertEquals(Tour.EXPECTED_STATUS, Tour.statusLines(without.transcript()));

        try (OtlpReceiver receiver = OtlpReceiver.start(0)) {
            Path file = work.resolve("report.json");
            Visit with = visit(
                    jdk,
                    List.of(
                            "-javaagent:" + AGENT + "=pool.max-size=8,report=" + file,
                            "-Dotel.exporter.otlp.endpoint=" + receiver.endpoint()));
            assertEquals(without.transcript(), with.transcript());
            assertFalse(with.ended().stderr().contains("appears to have started a thread"), with.ended()::stderr);
            AgentReport report = AgentReport.read(file);
            assertEquals(0, report.swallowed(), with.ended()::stderr);
            assertEquals(1, report.pools(), report::toString);
            assertEquals(0, report.passedThrough(), report::toString);
            assertTrue(report.count("reused") > 0, report::toString);
            assertEquals(with.sessions(), report.count("opened"), report::toString);
            assertTrue(with.sessions() < without.sessions(), report::toString);
            List<ReceivedSpan> spans = receiver.spans();
            assertTrue(TraceChoice.anOrder(spans).isPresent(), "no trace of an order among " + spans);
        }
    }

    private Visit visit(Jdk jdk, List<String> flags) throws Exception {
        DATABASE.createAnew(server);
        OrderDeskProcess app = OrderDeskProcess.start(jdk, ORDER_DESK, server, DATABASE, work, flags, AT_MOST);
        try {
            String transcript = Tour.of(app.address());
            ChildResult ended = app.shutDown();
            return new Visit(transcript, ended, DATABASE.sessionsOpened(server));
        } finally {
            app.kill();
        }
    }

    private record Visit(String transcript, ChildResult ended, long sessions) {}
}
