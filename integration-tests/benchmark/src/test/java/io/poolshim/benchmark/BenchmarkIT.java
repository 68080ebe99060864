package io.poolshim.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.poolshim.benchmark.sql.SqlBenchmark;
import java.util.ArrayList;
import java.util.List;
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

    private static String run(Class<?> main, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                System.getProperty("java.home") + "/bin/java",
                "-cp",
                System.getProperty("benchmark.classpath"),
                "-Dbenchmark.agent=" + System.getProperty("poolshim.jar"),
                main.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes());
        assertEquals(0, process.waitFor(), output);
        return output;
    }
}
