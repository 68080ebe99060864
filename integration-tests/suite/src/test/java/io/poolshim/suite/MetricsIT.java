package io.poolshim.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.poolshim.programs.TracedApplication;
import io.poolshim.testbed.Jdks;
import io.poolshim.testbed.OtlpReceiver;
import io.poolshim.testbed.ReceivedMetric;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The metrics that leave the JVM over OTLP when an application ends, with OpenTelemetry's defaults. */
class MetricsIT {
    private static final String DATABASE = "metrics";
    private static List<ReceivedMetric> metrics;
    private static List<byte[]> payloads;
    private static Report report;

    @BeforeAll
    static void run() throws Exception {
        Path file = Lab.workFolder("metrics").resolve("report.json");
        try (OtlpReceiver receiver = OtlpReceiver.start(0)) {
            AgentRun run = AgentRun.of(
                    Lab.child(Jdks.current(), Lab.freshDatabase(DATABASE), TracedApplication.class)
                            .agent(Lab.agentJar())
                            .property("poolshim.report", file)
                            .property("otel.exporter.otlp.endpoint", receiver.endpoint()),
                    file);
            report = run.mustBeClean().report();
            metrics = receiver.metrics();
            payloads = receiver.payloads();
        }
    }

    private static List<ReceivedMetric> points(String name) {
        return metrics.stream().filter(point -> point.name().equals(name)).toList();
    }

    private static double sum(String name) {
        return points(name).stream().mapToDouble(ReceivedMetric::value).sum();
    }

    private static long count(String name) {
        return points(name).stream().mapToLong(ReceivedMetric::count).sum();
    }

    @Test
    void names_areTheDocumentedOnes() {
        Set<String> names = metrics.stream().map(ReceivedMetric::name).collect(Collectors.toCollection(TreeSet::new));
        names.removeIf(name -> name.startsWith("otel.sdk.") || name.startsWith("otlp."));
        Set<String> expected = new TreeSet<>(Set.of(
                "db.client.operation.duration",
                "db.client.connection.count",
                "db.client.connection.limit",
                "db.client.connection.idle.max",
                "db.client.connection.idle.min",
                "db.client.connection.pending_requests",
                "db.client.connection.timeouts",
                "db.client.connection.create_time",
                "db.client.connection.wait_time",
                "db.client.connection.use_time",
                "poolshim.connection.reuses",
                "poolshim.connection.overflows",
                "poolshim.connection.own",
                "poolshim.connection.evictions",
                "poolshim.connection.reclaims",
                "poolshim.connection.time_saved",
                "poolshim.session.resets",
                "poolshim.transaction.duration",
                "poolshim.swallowed_errors"));
        assertEquals(expected, names);
    }

    @Test
    void waits_areThoseOfEveryBorrow() {
        assertEquals(report.total("borrows"), count("db.client.connection.wait_time"));
        assertEquals(report.total("opened"), count("db.client.connection.create_time"));
        assertEquals(report.total("reused"), sum("poolshim.connection.reuses"));
        assertTrue(sum("db.client.connection.wait_time") > 0);
        assertTrue(count("db.client.connection.use_time") <= count("db.client.connection.wait_time"));
        points("db.client.connection.wait_time").forEach(point -> assertEquals("s", point.unit()));
    }

    @Test
    void transactions_areCountedByTheirOutcome() {
        List<ReceivedMetric> points = points("poolshim.transaction.duration");
        for (ReceivedMetric point : points) {
            long expected = "commit".equals(point.attributes().get("poolshim.outcome")) ? 2 : 1;
            assertEquals(expected, point.count(), points::toString);
            assertTrue(point.value() > 0, points::toString);
        }
        assertEquals(2, points.size(), points::toString);
    }

    @Test
    void whatPoolingSavesAndCosts_isTold() {
        assertTrue(sum("poolshim.connection.time_saved") > 0);
        assertEquals(report.total("evicted"), sum("poolshim.connection.evictions"));
        points("poolshim.connection.evictions")
                .forEach(point -> assertTrue(point.attributes().containsKey("poolshim.reason"), point::toString));
        assertEquals(
                Set.of("done", "skipped", "evicted"),
                points("poolshim.session.resets").stream()
                        .map(point -> point.attributes().get("poolshim.outcome"))
                        .collect(Collectors.toSet()));
        assertTrue(sum("poolshim.session.resets") > 0);
    }

    @Test
    void pool_isNamedByItsServerAndTheUserIsApart() {
        ReceivedMetric most = points("db.client.connection.limit").get(0);
        assertEquals("up-down counter", most.kind());
        assertEquals(2 * 10, most.value(), "the wrong password has a pool of its own");
        assertEquals(
                "localhost:" + Lab.server().port() + "/" + DATABASE,
                most.attributes().get("db.client.connection.pool.name"));
        assertEquals(Lab.USER, most.attributes().get("poolshim.pool.user"));
    }

    @Test
    void connections_areCountedByState() {
        List<ReceivedMetric> points = points("db.client.connection.count");
        assertEquals(
                Set.of("idle", "used"),
                points.stream()
                        .map(point -> point.attributes().get("db.client.connection.state"))
                        .collect(Collectors.toSet()));
        assertEquals(report.total("open"), (long) sum("db.client.connection.count"), points::toString);
    }

    @Test
    void operations_tellWhatTheyWereAndHowTheyFailed() {
        List<ReceivedMetric> points = points("db.client.operation.duration");
        assertTrue(
                points.stream()
                        .anyMatch(point -> String.valueOf(point.attributes().get("db.query.summary"))
                                        .startsWith("INSERT")
                                && !point.attributes().containsKey("error.type")),
                points::toString);
        List<ReceivedMetric> failed = points.stream()
                .filter(point -> point.attributes().containsKey("error.type"))
                .toList();
        assertFalse(failed.isEmpty());
        failed.forEach(point -> {
            assertTrue(
                    Set.of("org.postgresql.util.PSQLException", "java.sql.BatchUpdateException")
                            .contains(point.attributes().get("error.type")),
                    point::toString);
            assertTrue(String.valueOf(point.attributes().get("db.response.status_code"))
                    .matches("[0-9A-Z]{5}"));
        });
        points.forEach(point -> {
            assertEquals("postgresql", point.attributes().get("db.system.name"));
            assertEquals(DATABASE, point.attributes().get("db.namespace"));
        });
    }

    @Test
    void secret_isInNoExportedByte() {
        assertFalse(payloads.isEmpty());
        for (byte[] payload : payloads) {
            String text = new String(payload, StandardCharsets.ISO_8859_1);
            assertFalse(text.contains(Lab.PASSWORD));
        }
    }
}
