package io.poolshim.demo;

import io.poolshim.testbed.ChildResult;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One of the two runs, as measured; there is a report only from the one with the agent. */
record RunResult(
        Tally tally, double seconds, long sessions, int peak, Optional<AgentReport> report, ChildResult application) {

    double answersPerSecond() {
        return tally.measuredAnswers() / seconds;
    }

    Map<String, Integer> errors() {
        return tally.errors();
    }

    List<String> agentLog() {
        return application.stderrLines().stream()
                .filter(line -> line.startsWith("[poolshim]"))
                .toList();
    }

    /** Nothing failed that need not, nothing was hidden, and the agent did pool. */
    boolean isClean() {
        return tally.errorCount() == 0
                && report.stream().allMatch(agent -> agent.swallowed() == 0 && agent.pools() == 1);
    }
}
