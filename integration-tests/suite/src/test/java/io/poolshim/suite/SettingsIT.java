package io.poolshim.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.poolshim.programs.PoolSizes;
import io.poolshim.programs.ReuseProbe;
import io.poolshim.programs.WarmPool;
import io.poolshim.testbed.Await;
import io.poolshim.testbed.ChildJvm;
import io.poolshim.testbed.ChildResult;
import io.poolshim.testbed.Jdk;
import io.poolshim.testbed.Jdks;
import io.poolshim.testbed.RunningChild;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Settings in a file, settings for some pools, and what is said of wrong ones, with the jar as it ships. */
class SettingsIT {
    private static final Path WORK = Lab.workFolder("settings");
    private static final String FIRST = "settings_first";
    private static final String SECOND = "settings_second";

    @BeforeAll
    static void databases() {
        Lab.freshDatabase(FIRST);
        Lab.freshDatabase(SECOND);
    }

    static List<Jdk> jdks() {
        return Lab.currentUnlessFull("settings in a file");
    }

    private static Path file(String name, String... lines) throws IOException {
        return Files.write(WORK.resolve(name), List.of(lines));
    }

    private static ChildJvm child(Jdk jdk, Class<?> program) {
        return Lab.child(jdk, FIRST, program)
                .property("app.second", Lab.server().url(SECOND))
                .property("app.secondName", SECOND);
    }

    private static AgentRun run(String name, ChildJvm child, Map<String, Object> settings) {
        Path report = WORK.resolve(name + ".json");
        settings.forEach((setting, value) -> child.property("poolshim." + setting, value));
        return AgentRun.of(AgentRun.equip(child, report), report).mustBeClean();
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void pools_haveTheSizesThatTheFileGivesThem(Jdk jdk) throws IOException {
        Path file = file(
                "sizes.properties",
                "# of all pools",
                "poolshim.pool.limit = hard",
                "poolshim.pool.borrow-timeout = 50ms",
                "poolshim.pool.max-size = 3",
                "poolshim.pool.second.url = jdbc:postgresql:*/" + SECOND + "*",
                "poolshim.pool.second.max-size = 2");
        AgentRun run = run("sizes" + jdk.major(), child(jdk, PoolSizes.class), Map.of("config", file));
        assertEquals(List.of("first: 3", "second: 2"), run.child().stdoutLines());
        run = run(
                "property" + jdk.major(),
                child(jdk, PoolSizes.class),
                Map.of("config", file, "pool.second.max-size", 1, "pool.max-size", 4));
        assertEquals(List.of("first: 4", "second: 1"), run.child().stdoutLines(), "properties win");
    }

    @Test
    void wrongValues_areAllNamedAndTheApplicationRunsUnpooled() throws IOException {
        Path file = file(
                "wrong.properties",
                "poolshim.pool.second.url = *",
                "poolshim.pool.second.max-size = 0",
                "poolshim.pool.second.warm-password = geheim",
                "poolshim.pool.min-idle = many");
        ChildResult result = child(Jdks.current(), ReuseProbe.class)
                .agent(Lab.agentJar(), "config=" + file)
                .run()
                .mustSucceed();
        assertTrue(result.stdout().contains("sessions: 5"), result::toString);
        assertEquals(
                List.of("[poolshim] not active, the application runs unpooled: poolshim.pool.min-idle=many (file "
                        + file
                        + ") is not permitted; give a number from 0 to 10000 (default 0)."
                        + " poolshim.pool.second.max-size=0 (file " + file
                        + ") is not permitted; give a number from 1 to 10000 (default 10)."
                        + " poolshim.pool.second.warm-user and warm-password are of no use without"
                        + " poolshim.pool.second.warm-url; give that"),
                result.stderrLines());
    }

    @Test
    void missingFile_isNamedAndTheApplicationRunsUnpooled() {
        ChildResult result = child(Jdks.current(), ReuseProbe.class)
                .agent(Lab.agentJar())
                .env("POOLSHIM_CONFIG", WORK.resolve("none").toString())
                .run()
                .mustSucceed();
        assertTrue(result.stdout().contains("sessions: 5"), result::toString);
        assertEquals(1, result.stderrLines().size(), result::toString);
        assertTrue(result.stderr().contains(WORK.resolve("none") + " cannot be read: there is no such file"));
    }

    @Test
    void unknownName_isAnsweredWithTheNearest() {
        AgentRun run = run(
                "unknown",
                child(Jdks.current(), ReuseProbe.class),
                Map.of("pool.maxsize", 3, "pool.keep-from", 1, "log.level", "debug"));
        assertTrue(run.child().stdout().contains("sessions: 1"), run::toString);
        List<String> lines = Lab.agentLines(run.child());
        assertTrue(
                lines.contains("[poolshim] unknown setting poolshim.pool.maxsize is ignored; did you mean"
                        + " poolshim.pool.max-size?"),
                run::toString);
        assertTrue(lines.contains("[poolshim] setting poolshim.pool.keep-from=1 (system property)"), run::toString);
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void namedPool_isWarmedUpFromTheFirstCallOn(Jdk jdk) {
        String url = Lab.server().url(SECOND);
        AgentRun run = run(
                "warm" + jdk.major(),
                child(jdk, WarmPool.class),
                Map.of(
                        "pool.second.url",
                        url,
                        "pool.second.min-idle",
                        2,
                        "pool.second.warm-url",
                        url,
                        "pool.second.warm-user",
                        Lab.USER,
                        "pool.second.warm-password",
                        Lab.PASSWORD,
                        "log.level",
                        "debug"));
        assertEquals(
                List.of("first: 1", "idle in the second: 2", "one of them: true"),
                run.child().stdoutLines());
        assertFalse(run.child().stderr().contains(Lab.PASSWORD), run::toString);
    }

    @Test
    void poolThatCannotBeWarmed_isSaidAndHarmsNobody() {
        ChildJvm child = AgentRun.equip(child(Jdks.current(), WarmPool.class), WORK.resolve("cold.json"))
                .property("poolshim.pool.all.url", "*")
                .property("poolshim.pool.all.min-idle", 2)
                .property("poolshim.pool.all.warm-url", Lab.server().url(SECOND))
                .property("poolshim.pool.all.warm-user", "nobody")
                .property("poolshim.pool.all.warm-password", "geheim")
                .property("poolshim.pool.none.url", "jdbc:none:*")
                .property("poolshim.pool.none.warm-url", "jdbc:none:x");
        RunningChild running = child.start();
        running.awaitOutput("first: 1");
        Await.until("both pools are told", Duration.ofSeconds(30), () -> {
            String lines = running.stderrSoFar();
            return lines.contains("poolshim.pool.none is not warmed up: its min-idle is 0;")
                    && lines.contains("poolshim.pool.all is not warmed up: org.postgresql.util.PSQLException (28P01);");
        });
        running.kill(); // it waits for a warm pool
        String lines = running.await().stderr();
        assertFalse(lines.contains("geheim") || lines.contains("swallowed"), lines);
    }

    @Test
    void connections_areClosedAfterTheMostStatements() {
        AgentRun run = run(
                "statements",
                child(Jdks.current(), ReuseProbe.class),
                Map.of("pool.keep-from", 1, "pool.max-statements", 2));
        assertTrue(run.child().stdout().contains("sessions: 3"), run::toString);
    }
}
