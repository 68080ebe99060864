package io.poolshim.suite;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.poolshim.programs.ReuseProbe;
import io.poolshim.testbed.ChildJvm;
import io.poolshim.testbed.Jdk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Where a SecurityManager is set, we keep out. */
class SecurityManagerIT {
    @ParameterizedTest
    @MethodSource("jdksWithSecurityManager")
    void securityManager_makesEverythingPassThrough(Jdk jdk) throws IOException {
        Path work = Lab.workFolder("security-manager");
        Path policy = work.resolve("all.policy");
        Files.writeString(policy, "grant { permission java.security.AllPermission; };\n");
        Path report = work.resolve("report-" + jdk.major() + ".json");
        ChildJvm child = Lab.child(jdk, Lab.freshDatabase("guarded"), ReuseProbe.class)
                .property("java.security.manager", "default")
                .property("java.security.policy", policy);
        AgentRun run =
                AgentRun.of(AgentRun.equip(child, report), report).mustBeClean().mustHavePassedThrough();
        assertTrue(run.child().stdout().contains("sessions: 5"), run.child()::toString);
    }

    /** Java 24 has none any more. */
    static List<Jdk> jdksWithSecurityManager() {
        List<Jdk> jdks = Lab.jdksUnderTest("SecurityManager").stream()
                .filter(jdk -> jdk.major() < 24)
                .toList();
        if (jdks.isEmpty()) {
            Lab.skipped("SecurityManager", "no JDK older than 24 found");
        }
        return jdks;
    }
}
