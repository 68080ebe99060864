package io.poolshim.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.poolshim.benchmark.sql.SqlBenchmark;
import io.poolshim.benchmark.telemetry.TelemetryCost;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** That the benchmarks run, and measure what they say; how fast that is is not asserted here. */
class BenchmarkIT {
    @Test
    void benchmark_measuresShells() throws Exception {
        String output = run(Main.class, "-f", "1", "-wi", "1", "-i", "1", "-w", "100ms", "-r", "100ms");
        assertTrue(
                Pattern.compile("2 thread\\(s\\): HikariCP \\d+ ns, Poolshim \\d+ ns")
                        .matcher(output)
                        .find(),
                output);
        assertTrue(output.contains("[pool legacy@nowhere:5432/stub] serves DriverManager.getConnection"), output);
        assertTrue(!output.contains("swallowed"), output);
    }

    @Test
    void sqlBenchmark_measuresPooledConnections() throws Exception {
        String output = run(SqlBenchmark.class, "0.3", "1", "short");
        for (String source : new String[] {"held", "hikari", "poolshim", "proven", "unpooled"}) {
            assertTrue(
                    Pattern.compile("short, 8 terminal\\(s\\), " + source + ": [1-9]\\d*/s, ")
                            .matcher(output)
                            .find(),
                    output);
        }
        assertTrue(output.contains("/benchmark] serves DriverManager.getConnection"), output);
    }

    @Test
    void telemetryCost_rehearsesRowsThatMakeWhatTheySay() throws Exception {
        boolean full = Boolean.getBoolean("poolshim.it.full");
        List<String> sources = full
                ? List.of("opentelemetry-jdbc", "javaagent", "poolshim")
                : List.of("opentelemetry-jdbc", "poolshim");
        String some = "stub-(" + String.join("|", sources) + ")-(100" + (full ? "|0|1|100-unsent)" : ")");
        String output = run(TelemetryCost.class, "-f", "0", some, "stub-hikari-0");
        assertEquals(0, spans(output, "stub-hikari-0"));
        for (String source : sources) {
            double spans = source.equals("poolshim") ? 3 : 1;
            assertEquals(spans, spans(output, "stub-" + source + "-100"), output);
            if (full) {
                assertEquals(0, spans(output, "stub-" + source + "-0"), output);
                assertEquals(0, spans(output, "stub-" + source + "-100-unsent"), output);
                assertEquals(0.01, spans(output, "stub-" + source + "-1") / spans, 0.005, output); // seven deviations
            }
        }
    }

    private static double spans(String output, String row) {
        Matcher rehearsed = Pattern.compile("rehearsed " + row + ": ([.\\d]+) spans for each operation")
                .matcher(output);
        assertTrue(rehearsed.find(), output);
        return Double.parseDouble(rehearsed.group(1));
    }

    @Test
    void telemetryCost_measuresRowsWhoseSpansArrive() throws Exception {
        String output = run(
                TelemetryCost.class,
                "-f",
                "1",
                "-wi",
                "1",
                "-i",
                "1",
                "-w",
                "100ms",
                "-r",
                "100ms",
                "(stub-opentelemetry-jdbc|postgres-poolshim)-100");
        for (String row : new String[] {"HikariCP \\+ opentelemetry-jdbc, 100 %", "Poolshim, 100 %"}) {
            assertTrue(
                    Pattern.compile("(?m)^" + row + " .* [1-9]\\d* +[1-9]\\d* +[.\\d]+ %$")
                            .matcher(output)
                            .find(),
                    output);
        }
        assertTrue(output.contains("/benchmark] serves DriverManager.getConnection"), output);
        assertTrue(!output.contains("swallowed"), output);
    }

    private static String run(Class<?> main, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                System.getProperty("java.home") + "/bin/java",
                "-cp",
                System.getProperty("benchmark.classpath"),
                "-Dbenchmark.agent=" + System.getProperty("poolshim.jar"),
                "-Dbenchmark.javaagent=" + System.getProperty("benchmark.javaagent"),
                main.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes());
        assertEquals(0, process.waitFor(), output);
        return output;
    }
}
