package io.poolshim.benchmark.telemetry;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/** The same operations before they are measured, so few that no span is dropped: how many each makes is counted, not believed. */
public final class Rehearsal {
    private static final int FEW = 600; // times three spans are less than a queue holds
    private static final int MANY = 20_000; // of which a hundredth is sampled

    private Rehearsal() {}

    /** Runs operations: how many, and of how many statements. */
    public static void main(String[] arguments) throws SQLException {
        int statements = Integer.parseInt(arguments[1]);
        Client client = new Client(statements);
        Random random = new Random(1);
        for (int i = 1; i < Integer.parseInt(arguments[0]); i++) { // one is done
            client.run(random, statements);
        }
    }

    /** Spans of the row that were received for each operation. */
    static double spansPerOperation(Row row, SinkProcess sink, int statements)
            throws IOException, InterruptedException {
        int operations = row.sampled == 0.01 ? MANY : FEW * 3 / (statements + 2);
        long before = sink.received(row.id());
        List<String> command = new ArrayList<>();
        command.add(System.getProperty("java.home") + "/bin/java");
        command.addAll(row.jvmArguments(sink));
        command.addAll(Arrays.asList("-cp", System.getProperty("java.class.path"), Rehearsal.class.getName()));
        command.addAll(Arrays.asList(String.valueOf(operations), String.valueOf(statements)));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String output = lines.lines().collect(Collectors.joining("\n"));
            if (process.waitFor() != 0 || output.contains("swallowed")) {
                throw new IllegalStateException(row.title() + " ended with " + process.exitValue() + ": " + output);
            }
        }
        return (double) (sink.received(row.id()) - before) / operations;
    }
}
