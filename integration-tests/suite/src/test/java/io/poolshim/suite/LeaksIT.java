package io.poolshim.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.poolshim.programs.Dropper;
import io.poolshim.testbed.ChildJvm;
import io.poolshim.testbed.Jdk;
import io.poolshim.testbed.PostgresServer;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Sixty connections dropped without close(), on a server that has twelve: the garbage collector gives them back. */
class LeaksIT {
    private static PostgresServer server;

    @BeforeAll
    static void start() {
        server = Lab.withUsers(PostgresServer.start(java.util.Map.of("max_connections", "12")));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    static Stream<Jdk> jdks() {
        return Lab.currentUnlessFull("dropped connections").stream();
    }

    private static ChildJvm child(Jdk jdk) {
        return Lab.settings(ChildJvm.on(jdk), server, Lab.freshDatabase(server, "dropper"))
                .classPath(Lab.programs(), Lab.driver())
                .mainClass(Dropper.class.getName());
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void droppedConnections_areReclaimedAsUnpooled(Jdk jdk) {
        List<String> unpooled = child(jdk).run().mustSucceed().stdout().lines().toList();
        Path report = Lab.workFolder("dropper-" + jdk.major()).resolve("report.json");
        AgentRun run = AgentRun.of(AgentRun.equip(child(jdk), report).property("poolshim.leak-stack", "always"), report)
                .mustBeClean();
        assertEquals(unpooled, run.child().stdout().lines().toList());
        assertTrue(run.report().total("reclaimed") >= 60, run::toString);
        String log = run.child().stderr();
        assertTrue(log.contains("dropped without close()"), log);
        assertTrue(log.contains("at io.poolshim.programs.Dropper.drop(Dropper.java:"), log);
        assertEquals(1, log.split("dropped without close", -1).length - 1, () -> "told more than once: " + log);
    }
}
