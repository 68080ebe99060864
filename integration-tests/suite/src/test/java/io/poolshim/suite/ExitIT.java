package io.poolshim.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.poolshim.programs.ReuseProbe;
import io.poolshim.testbed.ChildJvm;
import io.poolshim.testbed.ChildResult;
import io.poolshim.testbed.Jdks;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
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
        Duration delay = exitDelay("endpoint refuses", child);
        assertTrue(delay.compareTo(BOUND) < 0, delay::toString);
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

    private static ChildJvm child() {
        return Lab.child(Jdks.current(), Lab.freshDatabase("exits"), ReuseProbe.class)
                .agent(Lab.agentJar())
                .property("poolshim.pool.keep-from", 1)
                .timeout(Duration.ofSeconds(60));
    }

    /** From the end of main by the child's own clock to the end of its process by the same clock. */
    private static Duration exitDelay(String what, ChildJvm child) {
        ChildResult result = child.run();
        long ended = System.currentTimeMillis();
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
