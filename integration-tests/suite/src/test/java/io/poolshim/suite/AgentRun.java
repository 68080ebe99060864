package io.poolshim.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.poolshim.testbed.ChildJvm;
import io.poolshim.testbed.ChildResult;
import java.nio.file.Path;

/** A child that ran with the agent, and the report it left. */
record AgentRun(ChildResult child, Report report) {

    /** Adds the agent, its report and a place for its spans to a child. */
    static ChildJvm equip(ChildJvm child, Path report) {
        return telemetryAndReport(child, report).agent(Lab.agentJar());
    }

    static ChildJvm telemetryAndReport(ChildJvm child, Path report) {
        return child.property("poolshim.report", report)
                .property("otel.exporter.otlp.endpoint", Lab.receiver().endpoint())
                .property("otel.metrics.exporter", "none")
                .property("otel.logs.exporter", "none");
    }

    static AgentRun of(ChildJvm equipped, Path report) {
        ChildResult result = equipped.run();
        return new AgentRun(result, Report.read(report));
    }

    /** Every run with the agent ends with this. */
    AgentRun mustBeClean() {
        child.mustSucceed();
        assertFalse(child.stderr().contains("swallowed"), () -> "the agent swallowed an error: " + child);
        assertTrue(report.exists(), () -> "the agent left no report: " + child);
        assertEquals(0, report.swallowed(), () -> "the agent counted swallowed errors: " + report + "\n" + child);
        return this;
    }

    AgentRun mustHavePooled() {
        assertTrue(report.total("reused") > 0, () -> "nothing was reused: " + report + "\n" + child);
        return this;
    }

    AgentRun mustHavePassedThrough() {
        assertTrue(report.pools().isEmpty(), () -> "there is a pool: " + report);
        assertTrue(report.passedThrough() > 0, () -> "nothing passed through: " + report + "\n" + child);
        return this;
    }
}
