package io.poolshim.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.poolshim.programs.stress.RandomPrograms;
import io.poolshim.testbed.ChildJvm;
import io.poolshim.testbed.ChildResult;
import io.poolshim.testbed.Jdks;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * Programs made up at random: whatever one does to its session, the next finds a fresh one. For more of them, or with the
 * seed that a failed run has printed: {@code -Dpoolshim.it.random.programs=50000 -Dpoolshim.it.random.seed=…}.
 */
class RandomProgramsIT {
    private static final Path WORK = Lab.workFolder("random");
    private static final int PROGRAMS = Integer.getInteger("poolshim.it.random.programs", Lab.full() ? 2000 : 80);

    private static ChildJvm program(String database) {
        return Lab.child(Jdks.current(), Lab.freshDatabase(database), RandomPrograms.class)
                .property("app.programs", PROGRAMS)
                .property("app.seed", Long.getLong("poolshim.it.random.seed", System.nanoTime()))
                .timeout(Duration.ofSeconds(120 + PROGRAMS / 20)); // a busy machine runs some sixty in a second
    }

    private static String summary(ChildResult child) {
        String line = child.stdoutLines().stream()
                .filter(text -> text.startsWith("random programs: "))
                .findAny()
                .orElseThrow(() -> new AssertionError(child.toString()));
        System.out.println(line);
        return line;
    }

    @Test
    void whateverAProgramDoes_theNextFindsAFreshSession() {
        Path report = WORK.resolve("report.json");
        AgentRun run = AgentRun.of(AgentRun.equip(program("random"), report), report)
                .mustBeClean()
                .mustHavePooled();
        summary(run.child());
        run.child().mustSucceed();
    }

    @Test
    void whateverAProgramDoes_aSessionProvenToBeCleanIs() {
        Path report = WORK.resolve("proven.json");
        ChildJvm child = AgentRun.equip(program("random_proven"), report).property("poolshim.session.reset", "proven");
        AgentRun run = AgentRun.of(child, report).mustBeClean().mustHavePooled();
        summary(run.child());
        run.child().mustSucceed();
    }

    @Test
    void withoutTheAgent_nothingDiffers() {
        ChildResult child = program("random_unpooled").run();
        assertTrue(summary(child).contains(" kept=0 "), child::toString);
        child.mustSucceed();
    }

    @Test
    void sabotagedAgent_isFoundOut() {
        ChildJvm program = program("random_sabotaged").property("poolshim.it.sabotage", "no-reset");
        ChildResult child =
                AgentRun.equip(program, WORK.resolve("sabotaged.json")).run();
        summary(child);
        assertEquals(1, child.exitCode(), child::toString);
    }
}
