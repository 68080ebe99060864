package io.poolshim.benchmark.telemetry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * What spans cost: rows of who makes them and how many are sampled, measured in turn, fork by fork, so that whatever else
 * the machine does hits all of them. Takes JMH's options, with {@code -f 0} to rehearse only; its patterns choose rows by
 * their ids, {@code stub-.*} say.
 */
public final class TelemetryCost {
    private static final int FORKS = 3;

    private final CommandLineOptions options;
    private final SinkProcess sink;
    private final int statements;
    private final Map<String, Double> rehearsed = new HashMap<>(); // by the ids of rows

    private TelemetryCost(CommandLineOptions options, SinkProcess sink) {
        this.options = options;
        this.sink = sink;
        Collection<String> given = options.getParameter("statements").orElse(Collections.singleton("1"));
        this.statements = Integer.parseInt(given.iterator().next());
    }

    public static void main(String[] arguments) throws Exception {
        CommandLineOptions options = new CommandLineOptions(arguments);
        try (SinkProcess sink = SinkProcess.start()) {
            for (Database database : Database.values()) {
                List<Row> rows = Row.of(database);
                rows.removeIf(row -> !isWanted(row, options.getIncludes()));
                if (!rows.isEmpty()) {
                    database.start();
                    try {
                        new TelemetryCost(options, sink).measure(database, rows);
                    } finally {
                        database.stop();
                    }
                }
            }
        }
    }

    private static boolean isWanted(Row row, List<String> patterns) {
        return patterns.isEmpty() || patterns.stream().anyMatch(pattern -> Pattern.matches(pattern, row.id()));
    }

    private void measure(Database database, List<Row> rows)
            throws IOException, InterruptedException, RunnerException, CommandLineOptionException {
        Map<Row, Figures> table = new LinkedHashMap<>();
        for (Row row : rows) {
            table.put(row, new Figures(row, rehearse(row)));
        }
        int forks = options.getForkCount().orElse(FORKS);
        for (int fork = 1; fork <= forks; fork++) {
            for (Row row : rows) {
                measure(row, table.get(row));
                System.out.printf(
                        "fork %d of %d: %s%n", fork, forks, table.get(row).line());
            }
        }
        System.out.printf("%n%s: a borrow, %d statement(s), a return%n", database, statements);
        System.out.println(Figures.HEADER);
        table.values().forEach(figures -> System.out.println(figures.line()));
        System.out.println();
    }

    /** Spans for each operation that is sampled. */
    private double rehearse(Row row) throws IOException, InterruptedException {
        double spans = spansPerOperation(row);
        boolean notSeen = row.sampled > 0 && row.sampled < 1 || !row.sent;
        return notSeen ? spansPerOperation(row.withAllSampled()) : spans;
    }

    private double spansPerOperation(Row row) throws IOException, InterruptedException {
        Double known = rehearsed.get(row.id());
        if (known == null) {
            known = Rehearsal.spansPerOperation(row, sink, statements);
            rehearsed.put(row.id(), known);
            System.out.printf(Locale.ROOT, "rehearsed %s: %.4f spans for each operation%n", row.id(), known);
        }
        return known;
    }

    private void measure(Row row, Figures figures) throws IOException, RunnerException {
        Path operations = Files.createTempFile("operations", ".txt");
        try {
            long before = sink.received(row.id());
            List<String> arguments = new ArrayList<>(row.jvmArguments(sink));
            arguments.add("-D" + QueryCost.OPERATIONS + "=" + operations);
            Collection<RunResult> results = new Runner(new OptionsBuilder()
                            .parent(options)
                            .include(QueryCost.class.getName())
                            .forks(1)
                            .shouldFailOnError(true)
                            .verbosity(options.verbosity().orElse(VerboseMode.SILENT))
                            .addProfiler(Expense.class)
                            .jvmArgsAppend(arguments.toArray(new String[0]))
                            .build())
                    .run();
            long done = Files.readAllLines(operations).stream()
                    .mapToLong(Long::parseLong)
                    .sum();
            figures.add(results, done, sink.received(row.id()) - before);
        } finally {
            Files.delete(operations);
        }
    }
}
