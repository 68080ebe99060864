package io.poolshim.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.poolshim.programs.ExitingApplication;
import io.poolshim.programs.ReuseProbe;
import io.poolshim.testbed.Await;
import io.poolshim.testbed.ChildJvm;
import io.poolshim.testbed.ChildResult;
import io.poolshim.testbed.Jdks;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The JVM exits as before. */
class ExitIT {
    /** Two seconds are promised; the rest is for a busy machine. */
    private static final Duration BOUND = Duration.ofSeconds(8);

    @Test
    void exit_isPromptWithExportersOff() {
        ChildJvm child = child().property("otel.traces.exporter", "none").property("otel.metrics.exporter", "none");
        Duration delay = exitDelay("exporters off", child);
        assertTrue(delay.compareTo(BOUND) < 0, delay::toString);
    }

    @Test
    void exit_isBoundedWithClosedPort() {
        ChildJvm child = child().property("otel.exporter.otlp.endpoint", "http://localhost:1");
        ChildResult result = child.run();
        Duration delay = exitDelay("endpoint refuses", result, System.currentTimeMillis());
        assertTrue(delay.compareTo(BOUND) < 0, delay::toString);
        // each export has ended, which it does before the JVM only if it is not tried again
        assertTrue(result.stderr().contains("Failed to export spans"), result::toString);
        assertTrue(result.stderr().contains("Failed to export metrics"), result::toString);
        assertTrue(result.stderr().contains("Nothing answers at localhost/127.0.0.1:1 "), result::toString);
    }

    @Test
    void exit_isBoundedWithUnroutableEndpoint() {
        ChildJvm child = child().property("otel.exporter.otlp.endpoint", "http://192.0.2.1:4318");
        Duration delay = exitDelay("endpoint unreachable", child);
        assertTrue(delay.compareTo(BOUND) < 0, delay::toString);
    }

    @Test
    void exit_isBoundedWithEndpointThatNeverAnswers() throws Exception {
        try (ServerSocket blackHole = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            ChildJvm child =
                    child().property("otel.exporter.otlp.endpoint", "http://localhost:" + blackHole.getLocalPort());
            Duration delay = exitDelay("endpoint never answers", child);
            assertTrue(delay.compareTo(BOUND) < 0, delay::toString);
        }
    }

    @Test
    void exitCode_isTheApplicationsOwn() {
        ChildResult failing = Lab.child(Jdks.current(), "no_such_database", ReuseProbe.class)
                .agent(Lab.agentJar())
                .property("otel.traces.exporter", "none")
                .run();
        assertEquals(1, failing.exitCode(), failing::toString);
        assertTrue(failing.stderr().contains("no_such_database"), failing::toString);
    }

    /** The server's statistics tell of sessions that were not ended by their clients; unpooled there are none. */
    @Test
    void idleConnections_areEndedPolitelyAndOthersWorkMeanwhile() throws Exception {
        ChildResult unpooled = endsPolitely(exiting("exit_unpooled"), "exit_unpooled", 7);
        ChildJvm child = exiting("exit_pooled")
                .agent(Lab.agentJar())
                .property("otel.traces.exporter", "none")
                .property("otel.metrics.exporter", "none");
        ChildResult pooled = endsPolitely(child.property("poolshim.pool.keep-from", 1), "exit_pooled", 6);
        assertEquals(unpooled.stdout(), pooled.stdout());
        assertTrue(pooled.stdout().contains("at the end: ok"), pooled::toString);
    }

    private static ChildJvm exiting(String database) {
        return Lab.child(Jdks.current(), Lab.freshDatabase(database), ExitingApplication.class);
    }

    private static ChildResult endsPolitely(ChildJvm child, String database, int sessions) throws Exception {
        ChildResult result = child.run().mustSucceed();
        Await.until("its sessions are gone", BOUND, () -> connections(database) == 0);
        assertTrue(Lab.server().sessionsOpened(database) <= sessions, result::toString);
        assertEquals(0, Lab.server().sessionsAbandoned(database), result::toString);
        return result;
    }

    private static int connections(String database) {
        try {
            return Lab.server().currentConnections(database);
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The processes behind the idle connections are stopped: whoever waited for them would wait for ever. */
    @Test
    void exit_waitsForNoServerThatHangs() throws Exception {
        String database = Lab.freshDatabase("exit_hanging");
        try (Remote application = Remote.pooled(Lab.server(), database, Map.of("pool.keep-from", "1"))) {
            List<String> sessions = new ArrayList<>();
            for (String name : List.of("a", "b", "c")) {
                application.ask("one", "open " + name);
                sessions.add(application.ask("one", "query " + name + " SELECT pg_backend_pid()"));
            }
            application.ask("one", "close a");
            application.ask("one", "close b");
            signal("STOP", sessions);
            try {
                assertTrue(application.end().mustBeClean().report().total("borrows") >= 3);
            } finally {
                signal("CONT", sessions);
            }
        }
    }

    private static void signal(String name, List<String> processes) throws Exception {
        List<String> command = new ArrayList<>(List.of("kill", "-" + name));
        command.addAll(processes);
        assertEquals(0, new ProcessBuilder(command).inheritIO().start().waitFor());
    }

    private static ChildJvm child() {
        return Lab.child(Jdks.current(), Lab.freshDatabase("exits"), ReuseProbe.class)
                .agent(Lab.agentJar())
                .property("poolshim.pool.keep-from", 1)
                .timeout(Duration.ofSeconds(60));
    }

    /** From the end of main by the child's own clock to the end of its process by the same clock. */
    private static Duration exitDelay(String what, ChildJvm child) {
        ChildResult result = child.run();
        return exitDelay(what, result, System.currentTimeMillis());
    }

    private static Duration exitDelay(String what, ChildResult result, long ended) {
        result.mustSucceed();
        assertTrue(result.stdout().contains("sessions: 1"), () -> "was not pooled: " + result);
        long mainEnded = result.stdoutLines().stream()
                .filter(line -> line.startsWith("main ended at: "))
                .mapToLong(line -> Long.parseLong(line.substring("main ended at: ".length())))
                .findFirst()
                .orElseThrow(() -> new AssertionError(result.toString()));
        System.out.printf("exit with %s: %d ms after main%n", what, ended - mainEnded);
        return Duration.ofMillis(ended - mainEnded);
    }
}
