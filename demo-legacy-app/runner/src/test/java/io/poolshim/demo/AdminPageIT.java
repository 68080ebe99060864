package io.poolshim.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.poolshim.testbed.Await;
import io.poolshim.testbed.ChildResult;
import io.poolshim.testbed.Jdks;
import io.poolshim.testbed.PostgresServer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The agent's own page, looked at in a browser while the order desk is under load. */
class AdminPageIT {
    private static final Path AGENT = Path.of(System.getProperty("poolshim.jar"));
    private static final Path ORDER_DESK = Path.of(System.getProperty("orderdesk.jar"));
    private static final Path PICTURE = Path.of("target", "admin-page.png");
    private static final Path PHONE = Path.of("target", "admin-page-phone.png");
    private static final String TOKEN = "token-of-the-operator";
    private static final Options OPTIONS = Options.parse("--seconds", "60", "--users", "40");
    private static final Duration AT_MOST = Duration.ofMinutes(4);

    /** At least three points above and below. */
    private static final Pattern USE = Pattern.compile("data-plot=\"use\"[^>]*><polygon points=\"([^\" ]+ ){5}");

    private static final Pattern WAIT = Pattern.compile("data-plot=\"wait\"[^>]*><polyline points=\"([^\" ]+ ){2}");

    @TempDir
    private Path work;

    @Test
    void page_plotsUseAndWaitsUnderLoad() throws Exception {
        assumeTrue(Machine.isFull("the admin page in a browser"));
        Optional<Path> program = Machine.program("chromium", "the admin page in a browser");
        assumeTrue(program.isPresent());
        Chromium chromium = new Chromium(program.get());
        Database database = Database.orderDesk();
        int port = Ports.free();
        URI page = URI.create("http://127.0.0.1:" + port + "/");
        Path report = work.resolve("report.json");
        List<String> flags = List.of(
                "-javaagent:" + AGENT + "=pool.max-size=8,pool.overflow=6,admin.port=" + port + ",admin.token=" + TOKEN
                        + ",report=" + report,
                "-Dpoolshim.telemetry=off");
        try (PostgresServer server = PostgresServer.start();
                Operator operator = new Operator(page, TOKEN)) {
            database.createUser(server);
            database.createAnew(server);
            OrderDeskProcess app =
                    OrderDeskProcess.start(Jdks.current(), ORDER_DESK, server, database, work, flags, AT_MOST);
            FutureTask<Tally> load = new FutureTask<>(() -> Load.run(OPTIONS, app.address(), second -> {}));
            new Thread(load, "load").start();
            try {
                Await.until("the page has plots", AT_MOST, () -> {
                    String shown = chromium.dom(page);
                    return USE.matcher(shown).find() && WAIT.matcher(shown).find();
                });
                assertFalse(load.isDone(), "that took longer than the load");
                List<String> text = chromium.text(page, pieces -> pieces.contains("used / size"));
                assertTrue(text.contains("orderdesk@localhost:" + server.port() + "/orderdesk"), text::toString);
                assertTrue(
                        text.stream().anyMatch(piece -> piece.startsWith("Shown only with the token")), text::toString);
                List<String> trusted = chromium.text(operator.page(), pieces -> pieces.contains("Evict"));
                assertTrue(trusted.stream().anyMatch(piece -> piece.contains("= ?")), trusted::toString);
                assertTrue(
                        trusted.stream().anyMatch(piece -> piece.startsWith("com.example.orderdesk.")),
                        trusted::toString);
                chromium.picture(operator.page(), PICTURE, 1100, 1000);
                chromium.picture(operator.page(), PHONE, 500, 1100);
                assertTrue(Files.size(PICTURE) > 10_000, "nothing is to be seen on " + PICTURE);
                assertTrue(load.get().requests() > 0);
                ChildResult ended = app.shutDown();
                assertEquals(0, AgentReport.read(report).swallowed(), ended::stderr);
            } finally {
                app.kill();
            }
        }
    }
}
