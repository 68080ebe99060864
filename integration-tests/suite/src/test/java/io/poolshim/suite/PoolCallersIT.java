package io.poolshim.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.poolshim.testbed.ChildJvm;
import io.poolshim.testbed.ChildResult;
import io.poolshim.testbed.Jdks;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real pools of applications: what they open for themselves is theirs. */
class PoolCallersIT {
    private static final Path WORK = Lab.workFolder("pool-callers");
    private static final List<Path> CLASS_PATH = new ArrayList<>();

    @BeforeAll
    static void compile() {
        for (Class<?> type : List.of(
                org.postgresql.Driver.class,
                com.zaxxer.hikari.HikariDataSource.class,
                org.slf4j.Logger.class,
                org.apache.commons.dbcp2.BasicDataSource.class,
                org.apache.commons.pool2.ObjectPool.class,
                org.apache.commons.dbcp.BasicDataSource.class,
                org.apache.commons.pool.ObjectPool.class,
                org.apache.commons.logging.Log.class,
                org.apache.tomcat.jdbc.pool.DataSource.class,
                org.apache.juli.logging.Log.class,
                com.jolbox.bonecp.BoneCP.class,
                com.google.common.base.Objects.class,
                com.mchange.v2.c3p0.ComboPooledDataSource.class,
                com.mchange.v2.ser.Indirector.class)) {
            CLASS_PATH.add(Lab.codeOf(type));
        }
        Path classes = SourceCompiler.compile("pools", 8, WORK.resolve("classes"), CLASS_PATH);
        CLASS_PATH.add(classes);
        Lab.freshDatabase("pool_callers");
    }

    /** These come through DriverManager, so the agent has met them and let them pass. */
    @ParameterizedTest
    @ValueSource(strings = {"hikari-data-source", "dbcp2-driver-manager", "dbcp1-driver-manager", "tomcat", "bonecp"})
    void poolOverDriverManager_passesThrough(String pool) {
        compare(pool).mustBeClean().mustHavePassedThrough();
    }

    /** These ask the driver themselves; the agent has not even started, and so leaves no report. */
    @ParameterizedTest
    @ValueSource(strings = {"hikari-url", "dbcp2-basic", "c3p0"})
    void poolOverTheDriver_isLeftAlone(String pool) {
        AgentRun run = compare(pool);
        assertTrue(run.report().pools().isEmpty(), run::toString);
        assertFalse(run.child().stderr().contains("swallowed"), run::toString);
    }

    private static AgentRun compare(String pool) {
        ChildResult plain = child(pool).run().mustSucceed();
        Path report = WORK.resolve(pool + ".json");
        AgentRun run = AgentRun.of(AgentRun.equip(child(pool), report), report);
        run.child().mustSucceed();
        assertEquals(plain.stdout(), run.child().stdout());
        assertTrue(plain.stdout().contains("pooled by the application: true"), plain::toString);
        return run;
    }

    private static ChildJvm child(String pool) {
        return Lab.settings(ChildJvm.on(Jdks.current()), Lab.server(), "pool_callers")
                .classPath(CLASS_PATH)
                .mainClass("pools.PoolCaller")
                .args(pool);
    }
}
