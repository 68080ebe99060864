package io.poolshim.suite;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.poolshim.programs.ScrapedApplication;
import io.poolshim.programs.TracedApplication;
import io.poolshim.testbed.ChildJvm;
import io.poolshim.testbed.Jdk;
import io.poolshim.testbed.Jdks;
import io.poolshim.testbed.OtlpReceiver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Metrics for a Prometheus that comes and asks: {@code otel.metrics.exporter=prometheus}. */
class ScrapesIT {
    static List<Jdk> jdks() {
        return Lab.jdksUnderTest("metrics for Prometheus");
    }

    /** The exporter's HTTP server has threads that could keep the JVM alive, and would set properties that the JDK reads. */
    @ParameterizedTest
    @MethodSource("jdks")
    void metrics_areServedInAJvmThatEndsAndKeepsItsProperties(Jdk jdk) throws IOException {
        AgentRun run = run(jdk);
        List<String> told = run.child().stdoutLines();
        String last = told.get(told.size() - 1);
        assertTrue(last.startsWith("new properties: "), last);
        assertFalse(last.contains("httpserver"), last);

        List<String> metrics = metrics(run);
        assertTrue(metrics.contains("# TYPE db_client_connection_wait_time_seconds histogram"), metrics::toString);
        assertTrue(metrics.contains("# TYPE db_client_operation_duration_seconds histogram"), metrics::toString);
        assertTrue(metrics.contains("# TYPE poolshim_connection_reuses_total counter"), metrics::toString);
        assertTrue(metrics.stream().anyMatch(ScrapesIT::isTheOneWait), metrics::toString);
    }

    private static boolean isTheOneWait(String line) {
        return line.startsWith("db_client_connection_wait_time_seconds_bucket{")
                && line.contains("db_client_connection_pool_name=\"localhost:")
                && line.contains("le=\"+Inf\"} 1");
    }

    private static List<String> metrics(AgentRun run) {
        Stream<String> lines = run.child().stdoutLines().stream().filter(line -> line.startsWith("metric: "));
        return lines.map(line -> line.substring("metric: ".length())).toList();
    }

    /** The application has a Prometheus client of its own, configured wrongly for any other. */
    private static AgentRun run(Jdk jdk) throws IOException {
        Path report = Lab.workFolder("scrapes").resolve("report.json");
        int port = freePort();
        ChildJvm child = Lab.child(jdk, Lab.freshDatabase("scrapes"), ScrapedApplication.class)
                .agent(Lab.agentJar())
                .property("app.metricsPort", port)
                .property("poolshim.report", report)
                .property("otel.traces.exporter", "none")
                .property("otel.metrics.exporter", "prometheus")
                .property("otel.exporter.prometheus.host", "127.0.0.1")
                .property("otel.exporter.prometheus.port", port)
                .property("io.prometheus.exporter.unknown", "1")
                .property("prometheus.config", "/no/such/file");
        return AgentRun.of(child, report).mustBeClean();
    }

    /** As by another JVM with the same settings: what is sent is sent all the same. */
    @Test
    void portThatIsTaken_costsNothingElse() throws Exception {
        Path report = Lab.workFolder("scrapes").resolve("taken.json");
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                OtlpReceiver receiver = OtlpReceiver.start(0)) {
            ChildJvm child = Lab.child(Jdks.current(), Lab.freshDatabase("scrapes_taken"), TracedApplication.class)
                    .agent(Lab.agentJar())
                    .property("poolshim.report", report)
                    .property("otel.exporter.otlp.endpoint", receiver.endpoint())
                    .property("otel.metrics.exporter", "otlp,prometheus")
                    .property("otel.exporter.prometheus.host", "127.0.0.1")
                    .property("otel.exporter.prometheus.port", taken.getLocalPort());
            AgentRun run = AgentRun.of(child, report).mustBeClean();
            assertTrue(run.child().stderr().contains("set another otel.exporter.prometheus.port"), run::toString);
            assertFalse(receiver.spans().isEmpty(), run::toString);
            assertTrue(
                    receiver.metrics().stream()
                            .anyMatch(metric -> metric.name().equals("db.client.connection.wait_time")),
                    run::toString);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
