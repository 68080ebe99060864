package io.poolshim.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.poolshim.programs.ManyLogins;
import io.poolshim.testbed.ChildJvm;
import io.poolshim.testbed.Jdks;
import io.poolshim.testbed.PostgresServer;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** An application in which each of thirty users logs in to the database, on a server with fifteen connections. */
class ManyLoginsIT {
    private static PostgresServer server;

    @BeforeAll
    static void start() throws Exception {
        server = Lab.withUsers(PostgresServer.start(Map.of("max_connections", "15")));
        for (int i = 0; i < ManyLogins.USERS; i++) {
            server.createUser("user_" + i, Lab.PASSWORD);
        }
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static ChildJvm child() {
        return Lab.settings(ChildJvm.on(Jdks.current()), server, Lab.freshDatabase(server, "many"))
                .classPath(Lab.programs(), Lab.driver())
                .mainClass(ManyLogins.class.getName());
    }

    private static AgentRun pooled(Map<String, String> settings) {
        Path report = Lab.workFolder("many-logins" + settings.hashCode()).resolve("report.json");
        ChildJvm child = AgentRun.equip(child(), report);
        settings.forEach(child::property);
        return AgentRun.of(child, report).mustBeClean();
    }

    /** The server's own limit is met, and idle connections make room. */
    @Test
    void fullServer_isNotNoticed() {
        AgentRun run = pooled(Map.of()).mustHavePooled();
        assertEquals(child().run().mustSucceed().stdout(), run.child().stdout());
    }

    @Test
    void limitOverAllPools_isKept() {
        AgentRun run = pooled(Map.of(
                        "poolshim.max-connections", "4", "poolshim.pool.max-size", "2", "poolshim.pool.overflow", "2"))
                .mustHavePooled();
        assertEquals(child().run().mustSucceed().stdout(), run.child().stdout());
        assertTrue(run.report().total("open") <= 4, run::toString);
    }

    @Test
    void eachLoginOnce_keepsNothing() {
        AgentRun run = pooled(Map.of("app.rounds", "1", "app.borrows", "1"));
        assertEquals(0, run.report().total("open"), run::toString);
        assertEquals(0, Lab.agentLines(run.child()).size(), run::toString);
    }
}
