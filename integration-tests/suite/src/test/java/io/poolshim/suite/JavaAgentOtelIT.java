package io.poolshim.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.poolshim.testbed.ChildJvm;
import io.poolshim.testbed.Jdk;
import io.poolshim.testbed.Jdks;
import io.poolshim.testbed.OtlpReceiver;
import io.poolshim.testbed.ReceivedMetric;
import io.poolshim.testbed.ReceivedSpan;
import io.poolshim.testbed.TraceTree;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** With OpenTelemetry's javaagent in the same JVM: one trace for each request, and everything once. */
class JavaAgentOtelIT {
    private static final Path WORK = Lab.workFolder("javaagent-otel");
    private static final String DATABASE = "javaagent_otel";
    private static final String WAIT = "DriverManager.getConnection";
    private static final Set<Integer> PROMISED = Set.of(8, 17, 25); // a run takes ten seconds
    private static final int NEWEST_FOR_OLD_AGENT = 21; // its ByteBuddy knows no later Java
    private static Path classes;

    private record Seen(List<ReceivedSpan> spans, List<ReceivedMetric> metrics) {}

    @BeforeAll
    static void compile() {
        classes = SourceCompiler.compile("otel", 8, WORK.resolve("classes"), OtelJars.of(OtelJars.NEWEST));
        Lab.freshDatabase(DATABASE);
    }

    /** Not all combinations unless there is time. */
    static Stream<Arguments> variants() {
        if (!Lab.full()) {
            Jdk jdk = Jdks.current();
            boolean both = jdk.major() <= NEWEST_FOR_OLD_AGENT;
            Arguments newest = Arguments.of(jdk, OtelJars.JAVA_AGENT, true);
            return both ? Stream.of(newest, Arguments.of(jdk, OtelJars.OLD_JAVA_AGENT, false)) : Stream.of(newest);
        }
        return Lab.jdksUnderTest("OpenTelemetry's javaagent").stream()
                .filter(jdk -> PROMISED.contains(jdk.major()))
                .flatMap(jdk -> Stream.of(OtelJars.JAVA_AGENT, OtelJars.OLD_JAVA_AGENT)
                        .filter(agent -> agent.equals(OtelJars.JAVA_AGENT) || jdk.major() <= NEWEST_FOR_OLD_AGENT)
                        .flatMap(agent -> Stream.of(true, false).map(first -> Arguments.of(jdk, agent, first))));
    }

    private static Seen run(Jdk jdk, String agent, boolean poolshimFirst, Map<String, String> properties)
            throws Exception {
        Path report = WORK.resolve("report.json");
        List<Path> classPath = new ArrayList<>(OtelJars.of(OtelJars.OLDEST));
        classPath.add(classes);
        classPath.add(Lab.driver());
        try (OtlpReceiver receiver = OtlpReceiver.start(0)) {
            ChildJvm child = Lab.settings(ChildJvm.on(jdk), Lab.server(), DATABASE)
                    .classPath(classPath)
                    .mainClass("otelapp.Requests")
                    .args("bridged");
            child.agent(poolshimFirst ? Lab.agentJar() : OtelJars.javaAgent(agent));
            child.agent(poolshimFirst ? OtelJars.javaAgent(agent) : Lab.agentJar());
            child.property("poolshim.report", report)
                    .property("poolshim.pool.keep-from", 1)
                    .property("otel.exporter.otlp.endpoint", receiver.endpoint())
                    .property("otel.exporter.otlp.protocol", "http/protobuf")
                    .property("otel.service.name", "shared")
                    .property("otel.logs.exporter", "none");
            properties.forEach(child::property);
            AgentRun run = AgentRun.of(child, report);
            run.mustBeClean().mustHavePooled();
            assertTrue(run.child().stdout().contains("requests done"), run::toString);
            return new Seen(receiver.spans(), receiver.metrics());
        }
    }

    private static void assertRequests(List<ReceivedSpan> spans) {
        for (String request : List.of("request one", "request two")) {
            ReceivedSpan root = spans.stream()
                    .filter(span -> span.name().equals(request))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(request + " is not in " + TraceTree.render(spans)));
            List<ReceivedSpan> others = spans.stream()
                    .filter(span -> span.traceId().equals(root.traceId()) && span != root)
                    .toList();
            assertEquals(
                    Map.of("INTERNAL", 1L, "CLIENT", 2L),
                    others.stream().collect(Collectors.groupingBy(ReceivedSpan::kind, Collectors.counting())),
                    () -> TraceTree.render(spans));
            assertTrue(
                    others.stream().allMatch(span -> span.parentSpanId().equals(root.spanId())),
                    () -> TraceTree.render(spans));
            assertTrue(others.stream().anyMatch(span -> span.name().equals(WAIT)), () -> TraceTree.render(spans));
        }
        assertEquals(8, spans.size(), () -> TraceTree.render(spans));
    }

    @ParameterizedTest
    @MethodSource("variants")
    void requests_areOneTraceEachAndEverythingComesOnce(Jdk jdk, String agent, boolean poolshimFirst) throws Exception {
        Seen seen = run(jdk, agent, poolshimFirst, Map.of());
        assertRequests(seen.spans());
        assertTrue(seen.spans().stream().allMatch(span -> span.serviceName().equals("shared")));
        Set<String> ofPools = seen.metrics().stream()
                .map(ReceivedMetric::name)
                .filter(name -> name.startsWith("db.client.connection"))
                .collect(Collectors.toCollection(TreeSet::new));
        assertTrue(ofPools.contains("db.client.connection.wait_time"), ofPools::toString);
        assertTrue(ofPools.stream().noneMatch(name -> name.startsWith("db.client.connections")), ofPools::toString);
        assertEquals(
                2,
                seen.metrics().stream()
                        .filter(metric -> metric.name().equals("db.client.connection.count"))
                        .count(),
                "used and idle, of one pool");
    }

    /** Whoever switches theirs off gets ours, with the attributes that ours have. */
    @Test
    void statements_areTheAgentsOwnIfTheOtherOneIsToLeaveThemAlone() throws Exception {
        Seen seen =
                run(Jdks.current(), OtelJars.JAVA_AGENT, true, Map.of("otel.instrumentation.jdbc.enabled", "false"));
        assertRequests(seen.spans());
        assertEquals(
                2,
                seen.spans().stream()
                        .filter(span -> "42501".equals(span.attribute("db.response.status_code")))
                        .count(),
                () -> TraceTree.render(seen.spans()));
    }
}
