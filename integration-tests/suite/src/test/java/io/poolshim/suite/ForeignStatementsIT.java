package io.poolshim.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.poolshim.programs.ReuseProbe;
import io.poolshim.testbed.ChildJvm;
import io.poolshim.testbed.Jdk;
import io.poolshim.testbed.Jdks;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Once statements do not belong to the shell that made them, as when another agent has changed the driver's classes,
 * nothing of that driver is pooled any more. The agent is made wrong on purpose at the third borrow.
 */
class ForeignStatementsIT {
    static List<Jdk> jdks() {
        return Lab.jdksUnderTest("statements of another connection");
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void foreignStatement_endsPoolingOfTheDriver(Jdk jdk) {
        Path report = Lab.workFolder("foreign-" + jdk.major()).resolve("report.json");
        ChildJvm child = AgentRun.equip(Lab.child(jdk, Lab.freshDatabase("foreign"), ReuseProbe.class), report)
                .property("poolshim.pool.keep-from", 1)
                .property("poolshim.it.sabotage", "foreign-statements");
        AgentRun run = AgentRun.of(child, report).mustBeClean().mustHavePooled();
        List<String> lines = run.child().stdoutLines();
        assertEquals(
                List.of("identity: true", "identity: true", "identity: false", "identity: true", "identity: true"),
                lines.subList(0, 5));
        assertEquals("sessions: 3", lines.get(5), "one was pooled, two are their own");
        assertEquals(
                Map.of("unsound-driver", 2.0), run.report().json().get("passThrough"), "the fourth and fifth borrow");
        assertEquals(1, warnings(run), () -> run.child().stderr());
    }

    private static long warnings(AgentRun run) {
        List<String> told = Lab.agentLines(run.child()).stream()
                .filter(line -> line.contains("pass through from now on"))
                .toList();
        told.forEach(line -> assertTrue(line.contains("org.postgresql.Driver"), line));
        return told.size();
    }

    /** Results stay right: only what looks at the one foreign statement sees a difference. */
    @Test
    void foreignStatement_changesNoOtherResult() {
        Jdk jdk = Jdks.current();
        String[] themes = {"casts", "statements", "transactions"};
        TwinRun unpooled = TwinRun.unpooled(jdk, themes);
        TwinRun sabotaged = TwinRun.pooled(jdk, Map.of("poolshim.it.sabotage", "foreign-statements"), themes);
        List<String> differing = unpooled.differingFrom(sabotaged);
        assertTrue(
                Set.of("casts.identity", "loaders.two-applications").containsAll(differing),
                () -> "one statement of each driver is foreign, and these two programs look whose it is: " + differing);
        sabotaged.run().mustBeClean();
    }
}
