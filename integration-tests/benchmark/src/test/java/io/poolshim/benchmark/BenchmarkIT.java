package io.poolshim.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** That the benchmark runs, and measures shells; how fast they are is not asserted here. */
class BenchmarkIT {
    @Test
    void benchmark_measuresShells() throws Exception {
        Process process = new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/java",
                        "-cp",
                        System.getProperty("benchmark.classpath"),
                        "-Dbenchmark.agent=" + System.getProperty("poolshim.jar"),
                        Main.class.getName(),
                        "-f",
                        "1",
                        "-wi",
                        "1",
                        "-i",
                        "1",
                        "-w",
                        "100ms",
                        "-r",
                        "100ms")
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes());
        assertEquals(0, process.waitFor(), output);
        assertTrue(
                Pattern.compile("2 thread\\(s\\): HikariCP \\d+ ns, Poolshim \\d+ ns")
                        .matcher(output)
                        .find(),
                output);
        assertTrue(output.contains("[pool legacy@nowhere:5432/stub] serves DriverManager.getConnection"), output);
        assertTrue(!output.contains("swallowed"), output);
    }
}
