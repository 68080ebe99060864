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
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Applications with an OpenTelemetry API and SDK of their own, from the oldest version on: whose spans are whose. */
class ApplicationOtelIT {
    private static final Path WORK = Lab.workFolder("application-otel");
    private static final String DATABASE = "application_otel";
    private static final String WAIT = "DriverManager.getConnection";
    private static Path classes;

    @BeforeAll
    static void compile() {
        classes = SourceCompiler.compile("otel", 8, WORK.resolve("classes"), OtelJars.of(OtelJars.NEWEST));
        Lab.freshDatabase(DATABASE);
    }

    static Stream<Arguments> variants() {
        List<String> versions = Lab.full() ? OtelJars.VERSIONS : List.of(OtelJars.OLDEST);
        return Lab.currentUnlessFull("applications with OpenTelemetry").stream()
                .flatMap(jdk -> versions.stream().map(version -> Arguments.of(jdk, version)));
    }

    /** The newest always, where spans are made by it. */
    static Stream<Arguments> newestToo() {
        Stream<Arguments> newest =
                Lab.full() ? Stream.empty() : Stream.of(Arguments.of(Jdks.current(), OtelJars.NEWEST));
        return Stream.concat(variants(), newest);
    }

    /** SDKs that have metrics. */
    static Stream<Arguments> metered() {
        return Lab.currentUnlessFull("metrics of applications with OpenTelemetry").stream()
                .flatMap(jdk -> Stream.of(OtelJars.NEWEST, OtelJars.FIRST_METRICS)
                        .limit(Lab.full() ? 2 : 1)
                        .map(version -> Arguments.of(jdk, version)));
    }

    /** What the application's own SDK printed, and what came from the agent's. */
    private record Spans(
            String stdout, List<ReceivedSpan> printed, List<ReceivedSpan> received, List<ReceivedMetric> metrics) {
        /** Those of the application's, by name. */
        Map<String, Double> printedMetrics() {
            return OtelJars.printedMetrics(stdout);
        }

        /** Those of the agent's own, but what its SDK tells of itself. */
        Map<String, Double> receivedMetrics() {
            Map<String, Double> values = new TreeMap<>();
            metrics.stream()
                    .filter(metric -> !metric.name().matches("(otel|otlp)\\..*"))
                    .forEach(metric -> values.merge(
                            metric.name(),
                            metric.kind().equals("histogram") ? metric.count() : metric.value(),
                            Double::sum));
            return values;
        }

        List<ReceivedSpan> all() {
            List<ReceivedSpan> all = new ArrayList<>(printed);
            all.addAll(received);
            return all;
        }
    }

    private static Spans run(Jdk jdk, String version, String how) throws Exception {
        Path report = WORK.resolve(how + "-" + version + "-" + jdk.major() + ".json");
        List<Path> classPath = new ArrayList<>(OtelJars.of(version));
        classPath.add(classes);
        classPath.add(Lab.driver());
        try (OtlpReceiver receiver = OtlpReceiver.start(0)) {
            ChildJvm child = Lab.settings(ChildJvm.on(jdk), Lab.server(), DATABASE)
                    .classPath(classPath)
                    .mainClass("otelapp.Requests")
                    .property("poolshim.pool.keep-from", 1)
                    .args(how);
            AgentRun run = AgentRun.of(
                    AgentRun.equip(child, report)
                            .property("otel.exporter.otlp.endpoint", receiver.endpoint())
                            .property("otel.metrics.exporter", "otlp"),
                    report);
            run.mustBeClean().mustHavePooled();
            assertTrue(run.child().stdout().contains("requests done"), run::toString);
            String stdout = run.child().stdout();
            return new Spans(stdout, OtelJars.printedSpans(stdout), receiver.spans(), receiver.metrics());
        }
    }

    /** Each request is one trace: its wait and its two statements, once each. */
    private static void assertRequests(List<ReceivedSpan> spans, String... requests) {
        for (String request : requests) {
            ReceivedSpan root = spans.stream()
                    .filter(span -> span.name().equals("request " + request))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(request + " is not in " + TraceTree.render(spans)));
            List<String> children = spans.stream()
                    .filter(span -> span.traceId().equals(root.traceId()) && span != root)
                    .map(span -> span.name() + " " + span.kind() + " "
                            + span.parentSpanId().equals(root.spanId()))
                    .sorted()
                    .toList();
            assertEquals(
                    List.of(WAIT + " INTERNAL true", "SELECT pg_class CLIENT true", "UPDATE pg_class CLIENT true"),
                    children,
                    () -> TraceTree.render(spans));
        }
    }

    @ParameterizedTest
    @MethodSource("variants")
    void setEarly_spansAreTheApplications(Jdk jdk, String version) throws Exception {
        Spans spans = run(jdk, version, "early");
        assertRequests(spans.printed(), "one", "two");
        assertEquals(List.of(), spans.received());
    }

    /** Whoever asks for the global one before it is set fixes a no-op, and setting it then throws. */
    @ParameterizedTest
    @MethodSource("newestToo")
    void setLate_spansAreTheAgentsUntilThen(Jdk jdk, String version) throws Exception {
        Spans spans = run(jdk, version, "late");
        assertRequests(spans.printed(), "one", "two");
        assertEquals(8, spans.printed().size());
        List<String> names =
                spans.received().stream().map(ReceivedSpan::name).sorted().toList();
        assertEquals(List.of(WAIT, "SELECT pg_class", "UPDATE pg_class", "connection " + DATABASE), names);
    }

    /** Whoever asks for a context first settles how contexts are stored. */
    @ParameterizedTest
    @MethodSource("newestToo")
    void contexts_areStoredAsTheApplicationWants(Jdk jdk, String version) throws Exception {
        Spans spans = run(jdk, version, "wrapping");
        assertTrue(spans.stdout().contains("storage wrapped"), spans::stdout);
        assertRequests(spans.printed(), "one", "two");
        assertEquals(8, spans.received().size(), () -> TraceTree.render(spans.received()));
    }

    /** The agent's own SDK makes them, as children of the application's. */
    @ParameterizedTest
    @MethodSource("variants")
    void neverGlobal_spansAreChildrenAllTheSame(Jdk jdk, String version) throws Exception {
        Spans spans = run(jdk, version, "local");
        assertEquals(2, spans.printed().size());
        assertEquals(6, spans.received().size(), () -> TraceTree.render(spans.received()));
        assertRequests(spans.all(), "one", "two");
    }

    /** A library with nothing but the API makes no difference. */
    @ParameterizedTest
    @MethodSource("variants")
    void onlyTheApi_spansAreTheAgents(Jdk jdk, String version) throws Exception {
        Spans spans = run(jdk, version, "noop");
        assertEquals(List.of(), spans.printed());
        assertEquals(
                2,
                spans.received().stream()
                        .filter(span -> span.name().equals("connection " + DATABASE) && span.isRoot())
                        .count());
        assertEquals(8, spans.received().size());
    }

    @ParameterizedTest
    @MethodSource("metered")
    void setEarly_metricsAreTheApplications(Jdk jdk, String version) throws Exception {
        Spans spans = run(jdk, version, "metered");
        Map<String, Double> metrics = spans.printedMetrics();
        assertEquals(2, metrics.get("db.client.connection.wait_time"), metrics::toString);
        assertEquals(2, metrics.get("db.client.connection.use_time"), metrics::toString);
        assertEquals(1, metrics.get("db.client.connection.create_time"), metrics::toString);
        assertEquals(1, metrics.get("db.client.connection.count"), metrics::toString);
        assertEquals(1, metrics.get("poolshim.connection.reuses"), metrics::toString);
        assertEquals(4, metrics.get("db.client.operation.duration"), metrics::toString);
        assertEquals(0, metrics.get("poolshim.swallowed_errors"), metrics::toString);
        assertEquals(
                0, metrics.get("poolshim.connection.time_saved"), metrics::toString); // the one login was a cold one
        assertEquals(Map.of(), spans.receivedMetrics());
    }

    /** Histograms begin anew in the application's SDK; what a pool counts is told for all of its life. */
    @ParameterizedTest
    @MethodSource("metered")
    void setLate_metricsAreTheApplicationsFromThenOn(Jdk jdk, String version) throws Exception {
        Spans spans = run(jdk, version, "metered-late");
        Map<String, Double> metrics = spans.printedMetrics();
        assertEquals(2, metrics.get("db.client.connection.wait_time"), metrics::toString);
        assertEquals(4, metrics.get("db.client.operation.duration"), metrics::toString);
        assertEquals(2, metrics.get("poolshim.connection.reuses"), metrics::toString);
        assertEquals(
                Map.of(
                        "db.client.connection.wait_time", 1.0,
                        "db.client.connection.create_time", 1.0,
                        "db.client.connection.use_time", 1.0,
                        "db.client.operation.duration", 2.0),
                spans.receivedMetrics());
    }

    /** There were no metrics in its API then, or its SDK is for spans alone: the agent's own has them. */
    @ParameterizedTest
    @MethodSource("newestToo")
    void sdkForSpansAlone_metricsAreTheAgents(Jdk jdk, String version) throws Exception {
        Spans spans = run(jdk, version, "early");
        assertEquals(2, spans.receivedMetrics().get("db.client.connection.wait_time"));
        assertEquals(1, spans.receivedMetrics().get("poolshim.connection.reuses"));
    }
}
