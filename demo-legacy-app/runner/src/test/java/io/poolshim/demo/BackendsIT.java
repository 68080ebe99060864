package io.poolshim.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.poolshim.testbed.Await;
import io.poolshim.testbed.ChildResult;
import io.poolshim.testbed.Jdks;
import io.poolshim.testbed.PostgresServer;
import io.poolshim.testbed.ReceivedSpan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people see of the order desk in real backends: Zipkin's page of a trace, in a browser, and Prometheus' answers. */
class BackendsIT {
    private static final Path AGENT = Path.of(System.getProperty("poolshim.jar"));
    private static final Path ORDER_DESK = Path.of(System.getProperty("orderdesk.jar"));
    private static final Path ZIPKIN = Path.of(System.getProperty("zipkin.jar"));
    private static final Path PICTURE = Path.of("target", "slow-trace.png");
    private static final Path DOCUMENT = Path.of("..", "..", "docs", "telemetry.md");

    private static final Database DATABASE = Database.orderDesk();
    private static final Options OPTIONS = Options.parse("--seconds", "2", "--users", "20");
    private static final Duration AT_MOST = Duration.ofMinutes(2);

    private static PostgresServer server;

    @TempDir
    private Path work;

    @BeforeAll
    static void startServer() throws Exception {
        assumeTrue(Machine.isFull("traces in Zipkin, metrics in Prometheus"));
        server = PostgresServer.start();
        DATABASE.createUser(server);
    }

    @AfterAll
    static void stopServer() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void tracePage_showsConnectionWaitAndStatements() throws Exception {
        Optional<Path> program = Machine.program("chromium", "traces on Zipkin's page");
        assumeTrue(program.isPresent());
        Chromium chromium = new Chromium(program.get());
        Run run = new Run(OPTIONS, server, DATABASE, ORDER_DESK, work);
        try (Zipkin zipkin = Zipkin.start(ZIPKIN, Ports.free())) {
            RunWithAgent with = RunWithAgent.of(run, AGENT, zipkin::send);
            assertTrue(with.result().isClean(), with.result().application()::toString);
            List<ReceivedSpan> trace =
                    TraceChoice.aSlowOrder(with.spans(), OPTIONS.warmUp()).orElseThrow();
            URI page = zipkin.page(trace.get(0).traceId());

            // Zipkin makes all names lower case.
            List<String> shown = List.of(
                    "orderdesk: connection orderdesk",
                    "orderdesk: drivermanager.getconnection",
                    "localhost: insert orders",
                    "localhost: update customer");
            List<String> text = chromium.text(page, pieces -> pieces.containsAll(shown));
            assertEquals(
                    String.valueOf(trace.size()), text.get(text.indexOf("Total Spans") + 1), () -> text.toString());
            chromium.picture(page, PICTURE);
            assertTrue(Files.size(PICTURE) > 10_000, "nothing is to be seen on " + PICTURE);
        }
    }

    @Test
    void prometheus_answersTheDocumentedQueries() throws Exception {
        Optional<Path> program = Machine.program("prometheus", "metrics in Prometheus");
        assumeTrue(program.isPresent());
        DATABASE.createAnew(server);
        int metrics = Ports.free();
        Path report = work.resolve("report.json");
        List<String> flags = List.of(
                "-javaagent:" + AGENT + "=report=" + report,
                "-Dotel.traces.exporter=none",
                "-Dotel.metrics.exporter=prometheus",
                "-Dotel.exporter.prometheus.host=127.0.0.1",
                "-Dotel.exporter.prometheus.port=" + metrics);
        OrderDeskProcess app =
                OrderDeskProcess.start(Jdks.current(), ORDER_DESK, server, DATABASE, work, flags, AT_MOST);
        try (Prometheus prometheus = Prometheus.start(program.get(), work, metrics)) {
            for (String query : documentedQueries()) {
                Await.until("there is a number for " + query, AT_MOST, () -> numberDuringWork(app, prometheus, query));
            }
            ChildResult ended = app.shutDown();
            assertEquals(0, AgentReport.read(report).swallowed(), ended::stderr);
        } finally {
            app.kill();
        }
    }

    /** A rate needs work between two looks at it. */
    private static boolean numberDuringWork(OrderDeskProcess app, Prometheus prometheus, String query) {
        try {
            app.address().resolve("/order?id=1").toURL().openStream().close();
            List<Double> numbers = prometheus.numbers(query);
            return numbers.size() == 1 && numbers.get(0) > 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> documentedQueries() throws IOException {
        List<String> queries = Pattern.compile("(?m)^(?:histogram_quantile|sum)\\(.*$")
                .matcher(Files.readString(DOCUMENT))
                .results()
                .map(MatchResult::group)
                .toList();
        assertEquals(2, queries.size(), () -> "queries in " + DOCUMENT + ": " + queries);
        return queries;
    }
}
