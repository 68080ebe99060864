package io.poolshim.demo;

import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;

/** Both runs side by side. */
final class ResultTable {
    private static final Map<String, String> SQLSTATES = Map.of(
            "53300", "too many connections",
            "08001", "cannot connect",
            "08006", "connection lost",
            "40P01", "deadlock",
            "57P01", "terminated by the server");

    private final RunResult without;
    private final RunResult with;
    private final StringBuilder text = new StringBuilder();

    private ResultTable(RunResult without, RunResult with) {
        this.without = without;
        this.with = with;
    }

    static String render(RunResult without, RunResult with) {
        return render("without the agent", without, "with the agent", with);
    }

    static String render(String left, RunResult without, String right, RunResult with) {
        ResultTable table = new ResultTable(without, with);
        table.line("", left, right);
        table.measuredTime();
        table.wholeRun();
        table.agentsOwn();
        return table.text.toString();
    }

    private void measuredTime() {
        heading("After the warm-up");
        both("requests", run -> whole(run.tally().measuredRequests()));
        both("requests answered with their page", run -> whole(run.tally().measuredAnswers()));
        both("  of these per second", run -> number("%.0f", run.answersPerSecond()));
        both("  latency, median", run -> millis(run.tally().latencyMillis(0.50)));
        both("  latency, 99th percentile", run -> millis(run.tally().latencyMillis(0.99)));
    }

    private void wholeRun() {
        heading("From start to end of the application");
        both("requests", run -> whole(run.tally().requests()));
        both("errors", this::errors);
        SortedSet<String> states = new TreeSet<>(without.errors().keySet());
        states.addAll(with.errors().keySet());
        for (String state : states) {
            both(
                    "  " + state + " " + SQLSTATES.getOrDefault(state, ""),
                    run -> whole(run.errors().getOrDefault(state, 0)));
        }
        both("connections the server saw opened", run -> whole(run.sessions()));
        both("most connections seen at once", run -> whole(run.peak()));
        both("orders that made it forget a connection", run -> whole(run.tally().refused()));
    }

    private String errors(RunResult run) {
        int errors = run.tally().errorCount();
        return errors == 0
                ? "0"
                : whole(errors)
                        + number(" (%.1f %%)", 100.0 * errors / run.tally().requests());
    }

    private void agentsOwn() {
        heading("What the agent counted");
        pooled("borrows", report -> whole(report.count("borrows")));
        pooled("  served by an open connection", report -> number("%.1f %%", report.reusePercent()));
        pooled("  beyond the pool's size, as overflow", report -> whole(report.count("overflow")));
        pooled("  past pool and overflow", report -> whole(report.count("own")));
        pooled("wait when one was idle, median", report -> wait(report, "waitIdleMicros", "p50"));
        pooled("wait when one was idle, 99th percentile", report -> wait(report, "waitIdleMicros", "p99"));
        pooled("wait of all borrows, median", report -> wait(report, "waitMicros", "p50"));
        pooled("wait of all borrows, 99th percentile", report -> wait(report, "waitMicros", "p99"));
        pooled("wait of all borrows, longest", report -> wait(report, "waitMicros", "max"));
        pooled("connections opened", report -> whole(report.count("opened")));
        pooled("most connections open at once", report -> whole(report.count("peak")));
        agent("calls passed through unpooled", report -> whole(report.passedThrough()));
        agent("errors it swallowed", report -> whole(report.swallowed()));
    }

    private static String wait(AgentReport report, String kind, String quantile) {
        return number("%.3f ms", report.waitMillis(kind, quantile));
    }

    private void heading(String heading) {
        text.append(heading).append('\n');
    }

    private void both(String name, Function<RunResult, String> figure) {
        line("  " + name, figure.apply(without), figure.apply(with));
    }

    private void pooled(String name, Function<AgentReport, String> figure) {
        agent(name, report -> report.pools() > 0 ? figure.apply(report) : "-");
    }

    private void agent(String name, Function<AgentReport, String> figure) {
        both(name, run -> run.report().map(figure).orElse("-"));
    }

    private void line(String name, String left, String right) {
        text.append(String.format(Locale.ROOT, "%-45s %19s %16s%n", name, left, right));
    }

    private static String whole(long number) {
        return number("%,d", number);
    }

    private static String millis(double millis) {
        return number("%.1f ms", millis);
    }

    private static String number(String format, Object number) {
        return String.format(Locale.ROOT, format, number);
    }
}
