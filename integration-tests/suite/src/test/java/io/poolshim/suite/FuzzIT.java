package io.poolshim.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.poolshim.programs.fuzz.Fuzz;
import io.poolshim.programs.fuzz.Secrets;
import io.poolshim.testbed.ChildJvm;
import io.poolshim.testbed.ChildResult;
import io.poolshim.testbed.Jdks;
import io.poolshim.testbed.OtlpReceiver;
import io.poolshim.testbed.ReceivedSpan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * SQL, URLs and properties full of secrets, made up at random: whatever the agent tells, it tells none of them. For more, or
 * with the seed that a failed run has printed: {@code -Dpoolshim.it.fuzz.texts=50000 -Dpoolshim.it.fuzz.urls=5000
 * -Dpoolshim.it.fuzz.seed=…}.
 */
class FuzzIT {
    private static final Path WORK = Lab.workFolder("fuzz");
    private static final long SEED = Long.getLong("poolshim.it.fuzz.seed", System.nanoTime());
    private static final int TEXTS = Integer.getInteger("poolshim.it.fuzz.texts", Lab.full() ? 8_000 : 2000);
    private static final int URLS = Integer.getInteger("poolshim.it.fuzz.urls", Lab.full() ? 2000 : 200);
    private static List<ReceivedSpan> spans;
    private static List<byte[]> payloads;
    private static ChildResult alone;
    private static AgentRun run;

    @BeforeAll
    static void run() throws Exception {
        System.out.println("fuzz: seed=" + SEED + " texts=" + TEXTS + " urls=" + URLS);
        alone = program().run().mustSucceed();
        Path report = WORK.resolve("report.json");
        try (OtlpReceiver receiver = OtlpReceiver.start(0)) {
            run = AgentRun.of(
                    AgentRun.equip(program(), report)
                            .property("otel.exporter.otlp.endpoint", receiver.endpoint())
                            .property("otel.metrics.exporter", "otlp")
                            .property("otel.bsp.max.queue.size", 1_000_000)
                            .property("otel.bsp.schedule.delay", 200)
                            .property("poolshim.slow-query", "0s")
                            .property("poolshim.error-log", "on")
                            .property("poolshim.audit-log", "on")
                            .property("poolshim.log-file", WORK.resolve("fuzz.log"))
                            .property("poolshim.log-file.keep", 1000)
                            .property("poolshim.log.level", "debug"),
                    report);
            spans = receiver.spans();
            payloads = receiver.payloads();
        }
    }

    private static ChildJvm program() {
        return Lab.child(Jdks.current(), Lab.freshDatabase("fuzz"), Fuzz.class)
                .property("app.seed", SEED)
                .property("app.texts", TEXTS)
                .property("app.urls", URLS)
                .timeout(Duration.ofMinutes(20));
    }

    private static List<LogLine> lines() throws IOException {
        try (Stream<Path> files = Files.list(WORK)) {
            return files.filter(file -> file.getFileName().toString().startsWith("fuzz.log"))
                    .flatMap(file -> LogLine.in(file).stream())
                    .toList();
        }
    }

    private static void assertNoSecretIn(String text, String where) {
        assertNull(Secrets.in(text), () -> where + ", seed " + SEED);
        assertFalse(text.contains(Lab.PASSWORD), where);
    }

    /** Else nothing that is looked for here could be found. */
    @Test
    void texts_areFullOfSecrets() {
        String summary = alone.stdoutLines().get(alone.stdoutLines().size() - 1);
        System.out.println(summary);
        int secrets = Integer.parseInt(summary.replaceAll(".*with-secrets=(\\d+).*", "$1"));
        assertTrue(secrets > TEXTS * 0.95, summary);
        assertNotNull(Secrets.in(alone.stdout()));
    }

    @Test
    void outcomes_areThoseWithoutTheAgent() {
        run.mustBeClean().mustHavePooled();
        List<String> expected = alone.stdoutLines();
        List<String> actual = run.child().stdoutLines();
        assertEquals(expected.size(), actual.size());
        for (int i = 0; i < expected.size(); i++) {
            assertEquals(expected.get(i), actual.get(i), () -> "seed " + SEED);
        }
    }

    @Test
    void noSecret_isExported() {
        assertTrue(spans.size() > TEXTS / 2, () -> spans.size() + " spans");
        for (ReceivedSpan span : spans) {
            assertNoSecretIn(span.name() + span.attributes(), "span");
        }
        for (byte[] payload : payloads) {
            assertNoSecretIn(new String(payload, StandardCharsets.UTF_8), "payload");
        }
    }

    @Test
    void noSecret_isInALog() throws Exception {
        List<LogLine> lines = lines();
        assertTrue(lines.size() > TEXTS, () -> lines.size() + " lines");
        assertEquals(0, ((Number) run.report().json().get("droppedLogLines")).longValue(), "lines that were not seen");
        for (LogLine line : lines) {
            line.json().remove("trace_id"); // digits made up at random may be anything
            assertNoSecretIn(line.json().toString(), "log");
        }
    }

    @Test
    void noSecret_isOnStderr() {
        assertTrue(Lab.agentLines(run.child()).size() > 3, run::toString);
        run.child().stderrLines().forEach(line -> assertNoSecretIn(line, "stderr"));
    }

    @Test
    void noSecret_isInTheReport() throws Exception {
        assertNoSecretIn(Files.readString(WORK.resolve("report.json")), "report");
    }
}
