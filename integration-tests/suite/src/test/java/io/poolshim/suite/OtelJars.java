package io.poolshim.suite;

import io.poolshim.testbed.ReceivedSpan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What applications bring along of OpenTelemetry, and its javaagents. */
final class OtelJars {
    static final String OLDEST = "1.4.1";

    /** The first stable SDK with metrics. */
    static final String FIRST_METRICS = "1.14.0";

    static final String NEWEST = "1.66.0";
    static final List<String> VERSIONS = List.of(OLDEST, NEWEST);

    static final String JAVA_AGENT = "2.33.1";
    static final String OLD_JAVA_AGENT = "1.32.0";

    private static final Path FOLDER = Path.of(System.getProperty("poolshim.it.opentelemetry", "target/opentelemetry"));

    private OtelJars() {}

    /** API and SDK of a version. */
    static List<Path> of(String version) {
        try (Stream<Path> files = Files.list(FOLDER)) {
            List<Path> jars = files.filter(file -> file.getFileName().toString().contains("-" + version))
                    .filter(file -> !file.getFileName().toString().contains("javaagent"))
                    .toList();
            if (jars.isEmpty()) {
                throw new IllegalStateException("no OpenTelemetry " + version + " in " + FOLDER.toAbsolutePath());
            }
            return jars;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The metrics that {@code otelapp.MeteredSdk} has printed, by name: the number of values, or their sum. */
    static Map<String, Double> printedMetrics(String stdout) {
        Map<String, Double> metrics = new TreeMap<>();
        for (String line : stdout.lines().toList()) {
            String[] parts = line.split("\t", -1);
            if (parts[0].equals("metric")) {
                metrics.put(parts[1], Double.valueOf(parts[2]));
            }
        }
        return metrics;
    }

    static Path javaAgent(String version) {
        Path jar = FOLDER.resolve("opentelemetry-javaagent-" + version + ".jar");
        if (!Files.isRegularFile(jar)) {
            throw new IllegalStateException("missing: " + jar.toAbsolutePath());
        }
        return jar;
    }

    /** The spans that {@code otelapp.OwnSdk} has printed. */
    static List<ReceivedSpan> printedSpans(String stdout) {
        List<ReceivedSpan> spans = new ArrayList<>();
        for (String line : stdout.lines().toList()) {
            String[] parts = line.split("\t", -1);
            if (parts[0].equals("span")) {
                String parent = parts[5].matches("0*") ? "" : parts[5];
                spans.add(new ReceivedSpan(
                        parts[3], parts[4], parent, parts[1], parts[2], 0, 0, Map.of(), "UNSET", "", List.of(), "app"));
            }
        }
        return spans;
    }
}
