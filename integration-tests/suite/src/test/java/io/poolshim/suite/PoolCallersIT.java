package io.poolshim.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.poolshim.testbed.ChildJvm;
import io.poolshim.testbed.Jdk;
import io.poolshim.testbed.Jdks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real pools of applications: what they open for themselves is theirs. */
class PoolCallersIT {
    /** Only with -Pfull; CallersTest has all names. */
    private static final List<String> RARE = List.of(
            "tomcat-dbcp2-driver-manager",
            "dbcp1-driver-manager",
            "bonecp",
            "vibur-data-source",
            "proxool",
            "atomikos-xa",
            "bitronix",
            "narayana",
            "ironjacamar",
            "jboss4-stub",
            "resin-stub");

    private static final Path WORK = Lab.workFolder("pool-callers");
    private static final List<Path> CLASS_PATH = new ArrayList<>();
    private static final String SEEN =
            IntStream.range(0, 20).mapToObj(i -> i + "\n").collect(Collectors.joining())
                    + "pooled by the application: true";
    private static final Jdk JDK = Jdks.oldest(); // not all of these pools run on later ones

    @BeforeAll
    static void compile() throws IOException {
        try (Stream<Path> jars = Files.list(Path.of(System.getProperty("poolshim.it.pools")))) {
            jars.forEach(CLASS_PATH::add);
        }
        CLASS_PATH.add(Lab.driver());
        CLASS_PATH.add(SourceCompiler.compile("pools", 8, WORK.resolve("classes"), CLASS_PATH));
        Lab.freshDatabase("pool_callers");
    }

    /**
     * These come through DriverManager, so the agent has met them and let them pass. Those that would ask the driver
     * itself do so by a driver that wraps it; servers are stubs with the names of their classes.
     */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "hikari-data-source",
                "hikari-wrapping",
                "dbcp2-driver-manager",
                "dbcp2-wrapping",
                "tomcat-dbcp2-driver-manager",
                "dbcp1-driver-manager",
                "c3p0-wrapping",
                "tomcat-jdbc-wrapping",
                "bonecp",
                "druid-wrapping",
                "vibur-data-source",
                "agroal-data-source",
                "proxool",
                "ucp-wrapping",
                "mybatis",
                "hibernate",
                "atomikos-xa",
                "atomikos-wrapping",
                "bitronix",
                "narayana",
                "ironjacamar",
                "pg-pooling",
                "pg-connection-pool",
                "pg-xa",
                "glassfish-stub",
                "weblogic-stub",
                "liberty-stub",
                "jboss4-stub",
                "resin-stub"
            })
    void poolOverDriverManager_passesThrough(String pool) {
        assumeTrue(Lab.full() || !RARE.contains(pool));
        mustHaveLetPass(run(child(pool)));
    }

    /** These ask the driver themselves; the agent has not even started, and so leaves no report. */
    @ParameterizedTest
    @ValueSource(strings = {"hikari-url", "dbcp2-url", "c3p0-url", "druid-url"})
    void poolOverTheDriver_isLeftAlone(String pool) {
        AgentRun run = run(child(pool));
        assertTrue(run.report().pools().isEmpty(), run::toString);
        assertFalse(run.child().stderr().contains("swallowed"), run::toString);
    }

    @Test
    void homeMadePool_passesThroughByTheUsersRule() {
        mustHaveLetPass(run(child("home-made").property("poolshim.pass-through.callers", "pools.Home*")));
    }

    /** Otherwise it works all the same: each of its connections is one that is borrowed for ever. */
    @Test
    void homeMadePool_isPooledWithoutARule() {
        AgentRun run = run(child("home-made")).mustBeClean();
        assertEquals(1, run.report().pools().size());
        assertEquals(0, run.report().passedThrough());
    }

    private static void mustHaveLetPass(AgentRun run) {
        run.mustBeClean().mustHavePassedThrough();
        assertTrue(run.report().passedThrough("caller-is-a-pool") > 0, run::toString);
    }

    private static AgentRun run(ChildJvm child) {
        Path report = WORK.resolve("report.json");
        report.toFile().delete();
        AgentRun run = AgentRun.of(AgentRun.equip(child, report), report);
        assertTrue(run.child().mustSucceed().stdout().contains(SEEN), run::toString); // some say hello first
        return run;
    }

    private static ChildJvm child(String pool) {
        ChildJvm child = ChildJvm.on(JDK);
        if (JDK.major() > 8) {
            child.jvmArgs("--add-opens", "java.base/java.lang=ALL-UNNAMED"); // Proxool's code generator
        }
        return Lab.settings(child, Lab.server(), "pool_callers")
                .property("com.atomikos.icatch.log_base_dir", WORK)
                .property("com.atomikos.icatch.enable_logging", false)
                .classPath(CLASS_PATH)
                .mainClass("pools.PoolCaller")
                .args(pool);
    }
}
