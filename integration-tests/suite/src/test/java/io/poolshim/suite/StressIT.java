package io.poolshim.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.poolshim.testbed.ChildJvm;
import io.poolshim.testbed.Jdk;
import io.poolshim.testbed.Jdks;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Hunts for two borrowers on one physical connection, and for one borrower's state seen by the next. For an hour, or
 * with the seed that a failed run has printed: {@code -Dpoolshim.it.stress.seconds=3600 -Dpoolshim.it.stress.seed=…}.
 */
class StressIT {
    private static final Path WORK = Lab.workFolder("stress");
    private static final int SECONDS = StressRun.seconds(Lab.full() ? 60 : 5);

    static Stream<Jdk> jdks() {
        return Stream.of(Jdks.current(), Jdks.oldest()).distinct().limit(Lab.full() ? 2 : 1);
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void eachBorrower_isAloneAndFindsAFreshSession(Jdk jdk) {
        AgentRun run = pooled(StressRun.program(jdk, SECONDS), "plain-" + jdk.major());
        assertEquals(0, run.report().total("used"), () -> "places were lost: " + run);
    }

    @Test
    void whereSessionsAreProven_eachBorrowerIsAloneAndFindsAFreshSession() {
        ChildJvm program = StressRun.program(Jdks.current(), Lab.full() ? 30 : 5);
        pooled(program.property("poolshim.session.reset", "proven"), "proven");
    }

    @Test
    void forgottenConnections_changeNothingForOthers() {
        ChildJvm program = StressRun.program(Jdks.current(), 5).property("app.drops", 1000);
        AgentRun run = pooled(program, "drops");
        assertTrue(run.report().total("reclaimed") > 0, () -> "nothing was reclaimed: " + run);
        assertTrue(StressRun.of(run.child()).count("forgotten-answered") > 0, run::toString);
    }

    @Test
    void besideASecondAgent_eachBorrowerIsAloneAndFindsAFreshSession() {
        Path classes = SourceCompiler.compile("meddler", 8, WORK.resolve("classes"), List.of());
        Path meddler = SourceCompiler.agentJar(classes, WORK.resolve("meddler.jar"), "meddler.Meddler");
        ChildJvm program = StressRun.program(Jdks.current(), Lab.full() ? 30 : 5);
        AgentRun run = pooled(program.agent(meddler), "meddled");
        assertTrue(run.child().stderr().contains("meddler: retransformed"), run::toString);
    }

    /** What the program expects is what happens without a pool. */
    @Test
    void withoutTheAgent_nothingIsFound() {
        StressRun.of(StressRun.program(Jdks.current(), 5).run()).print().mustHaveFoundNothing();
    }

    @ParameterizedTest
    @ValueSource(strings = {"no-reset", "no-rollback", "shared-physical"})
    void sabotagedAgent_isFoundOut(String mode) {
        ChildJvm program = StressRun.program(Jdks.current(), 30).property("poolshim.it.sabotage", mode);
        StressRun run = StressRun.of(
                AgentRun.equip(program, WORK.resolve(mode + ".json")).run());
        run.print();
        assertEquals(1, run.child().exitCode(), () -> run.child().toString());
        assertTrue(run.count("violations") > 0, () -> run.child().toString());
    }

    private static AgentRun pooled(ChildJvm program, String name) {
        Path report = WORK.resolve(name + ".json");
        AgentRun run = AgentRun.of(AgentRun.equip(program, report), report);
        assertTrue(StressRun.of(run.child()).print().mustHaveFoundNothing().count("reused") > 0, run::toString);
        return run.mustBeClean().mustHavePooled();
    }
}
