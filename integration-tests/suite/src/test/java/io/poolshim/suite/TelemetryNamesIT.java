package io.poolshim.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.poolshim.testbed.ChildJvm;
import io.poolshim.testbed.Jdks;
import io.poolshim.testbed.OtlpReceiver;
import io.poolshim.testbed.ReceivedMetric;
import io.poolshim.testbed.ReceivedSpan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The names that a receiver gets are those of docs/telemetry.md, and all of them. */
class TelemetryNamesIT {
    private static final Pattern NAME = Pattern.compile("`((db|server|error|code|poolshim)\\.[a-z_.]+)`");

    private static AgentRun run;
    private static List<ReceivedSpan> spans;
    private static List<ReceivedMetric> metrics;

    @BeforeAll
    static void run() throws Exception {
        Path work = Lab.workFolder("names");
        Path report = work.resolve("report.json");
        Path classes =
                SourceCompiler.compile("names", 8, work.resolve("classes"), List.of(Lab.programs(), Lab.driver()));
        List<Path> path = List.of(classes, Lab.programs(), Lab.driver(), Lab.codeOf(org.h2.Driver.class));
        try (OtlpReceiver receiver = OtlpReceiver.start(0)) {
            ChildJvm child = Lab.settings(ChildJvm.on(Jdks.current()), Lab.server(), Lab.freshDatabase("names"))
                    .classPath(path)
                    .mainClass("names.EveryName");
            run = AgentRun.of(
                            AgentRun.equip(child, report)
                                    .property("otel.exporter.otlp.endpoint", receiver.endpoint())
                                    .property("otel.metrics.exporter", "otlp")
                                    .property("otel.semconv-stability.opt-in", "database/dup")
                                    .property("poolshim.include", "jdbc:h2:*")
                                    .property("poolshim.pool.max-size", 1)
                                    .property("poolshim.pool.overflow", 0)
                                    .property("poolshim.pool.borrow-timeout", "100ms"),
                            report)
                    .mustBeClean()
                    .mustHavePooled();
            spans = receiver.spans();
            metrics = receiver.metrics();
        }
    }

    private static Set<String> received() {
        Set<String> names = new TreeSet<>();
        spans.forEach(span -> names.addAll(span.attributes().keySet()));
        spans.forEach(span -> span.events().forEach(event -> names.add(event.name())));
        metrics.forEach(metric -> names.add(metric.name()));
        metrics.forEach(metric -> names.addAll(metric.attributes().keySet()));
        names.removeIf(name -> name.startsWith("otel.") || name.startsWith("otlp.")); // the SDK's about itself
        return names;
    }

    private static Set<String> documented() throws IOException {
        Path chapter = Lab.agentJar().toAbsolutePath().getParent().resolve("../../../docs/telemetry.md");
        String text = Files.readString(chapter.normalize());
        Matcher matcher =
                NAME.matcher(text.substring(text.indexOf("## Spans"), text.indexOf("In Prometheus dots become")));
        return matcher.results()
                .map(found -> found.group(1))
                .filter(name -> !name.startsWith("poolshim.traces.")) // settings
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void names_areTheDocumentedOnes() throws IOException {
        assertEquals(documented(), received(), run::toString);
    }

    @Test
    void values_areThoseOfTheConventions() {
        Set<String> systems =
                spans.stream().map(span -> span.attribute("db.system.name")).collect(Collectors.toSet());
        systems.remove(null);
        assertEquals(Set.of("postgresql", "h2database"), systems);
        Set<Object> states = metrics.stream()
                .filter(metric -> metric.name().equals("db.client.connection.count"))
                .map(metric -> metric.attributes().get("db.client.connection.state"))
                .collect(Collectors.toSet());
        assertEquals(Set.of("used", "idle"), states);
        assertTrue(spans.stream()
                .allMatch(span -> span.attribute("db.system") == null
                        || span.attribute("db.system").equals(span.attribute("db.system.name"))));
    }
}
