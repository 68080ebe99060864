package io.poolshim.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The application is only observed; then it runs once more, pooled as the advice says. */
final class AdviceFollowed {
    private AdviceFollowed() {}

    /** Prints the advice and both results; true if no request failed where it was followed. */
    static boolean show(Run run, Path agentJar) throws IOException, SQLException, InterruptedException {
        Path advice = run.work().resolve("advice.txt");
        RunResult observed =
                run(run, "observed", List.of("-Dpoolshim.mode=observe", "-Dpoolshim.advice=" + advice), agentJar);
        System.out.println();
        System.out.println(Files.readString(advice));
        List<String> settings = observed.report().orElseThrow().advised();
        if (settings.isEmpty()) {
            System.out.println("There is nothing to follow.");
            return false;
        }
        RunResult pooled = run(run, "as advised", settings, agentJar);
        System.out.println();
        System.out.print(ResultTable.render("observed", observed, "as advised", pooled));
        pooled.report().ifPresent(AdviceFollowed::tellWaits);
        return pooled.isClean();
    }

    private static RunResult run(Run run, String title, List<String> settings, Path agentJar)
            throws IOException, SQLException, InterruptedException {
        Path report = run.work().resolve(title.replace(' ', '-') + ".json");
        List<String> flags = new ArrayList<>(settings);
        flags.add("-javaagent:" + agentJar + "=telemetry=off,report=" + report);
        return run.withFlags(flags, Optional.of(report), new Progress(title, () -> {}));
    }

    private static void tellWaits(AgentReport report) {
        long borrows = report.count("borrows");
        long waited = report.count("waited");
        System.out.printf(
                Locale.ROOT,
                "%n%,d of %,d borrows found no place free (%.3f %%).%n",
                waited,
                borrows,
                100.0 * waited / Math.max(borrows, 1));
    }
}
