package io.poolshim.benchmark.telemetry;

import java.util.Collection;
import java.util.Locale;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.util.ListStatistics;

/** What was measured of one row, in all rounds. */
final class Figures {
    private static final String COLUMNS = "%-42s %8s %8s %8s %8s %8s %8s %9s %9s %7s %11s %11s %8s";

    static final String HEADER = String.format(
            COLUMNS,
            "",
            "ns/op",
            "+-99.9%",
            "min",
            "max",
            "CPU ns",
            "min",
            "JVM's CPU",
            "bytes",
            "spans",
            "made",
            "received",
            "dropped");

    private final Row row;
    private final double spansOfSampled;
    private final ListStatistics nanos = new ListStatistics();
    private final ListStatistics callersNanos = new ListStatistics();
    private final ListStatistics processorNanos = new ListStatistics();
    private final ListStatistics bytes = new ListStatistics();
    private long operations;
    private long received;

    /** {@code spansOfSampled}: what each operation makes that is sampled. */
    Figures(Row row, double spansOfSampled) {
        this.row = row;
        this.spansOfSampled = spansOfSampled;
    }

    void add(Collection<RunResult> results, long moreOperations, long moreReceived) {
        for (RunResult result : results) {
            for (BenchmarkResult fork : result.getBenchmarkResults()) {
                fork.getIterationResults().forEach(this::add);
            }
        }
        operations += moreOperations;
        received += moreReceived;
    }

    private void add(IterationResult iteration) {
        nanos.addValue(iteration.getPrimaryResult().getScore());
        callersNanos.addValue(score(iteration, Expense.CALLERS_TIME));
        processorNanos.addValue(score(iteration, Expense.TIME));
        bytes.addValue(score(iteration, Expense.CALLERS_BYTES));
    }

    private static double score(IterationResult iteration, String label) {
        return iteration.getSecondaryResults().get(label).getScore();
    }

    /** Spans made are counted by operations; of a share that is sampled by chance, thus, what is to be expected. */
    String line() {
        double spansPerOperation = spansOfSampled * (row.sampled == 0 ? 1 : row.sampled);
        double made = operations * spansPerOperation;
        return String.format(
                Locale.ROOT,
                COLUMNS,
                row.title(),
                rounded(nanos.getMean()),
                rounded(nanos.getMeanErrorAt(0.999)),
                rounded(nanos.getMin()),
                rounded(nanos.getMax()),
                rounded(callersNanos.getMean()),
                rounded(callersNanos.getMin()),
                rounded(processorNanos.getMean()),
                rounded(bytes.getMean()),
                String.format(Locale.ROOT, "%.2f", spansPerOperation),
                rounded(made),
                received,
                made == 0 || !row.sent ? "-" : String.format(Locale.ROOT, "%.1f %%", 100 * dropped(made)));
    }

    /** As a share; what may be chance is not counted. */
    private double dropped(double made) {
        double chance = row.sampled < 1 ? 4 * Math.sqrt(made * spansOfSampled) : 0;
        return made - received <= chance ? 0 : 1 - received / made;
    }

    private static String rounded(double value) {
        return String.format(Locale.ROOT, "%.0f", value);
    }
}
