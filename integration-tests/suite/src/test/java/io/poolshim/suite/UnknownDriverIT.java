package io.poolshim.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.poolshim.programs.ReuseProbe;
import io.poolshim.testbed.ChildJvm;
import io.poolshim.testbed.Jdks;
import java.nio.file.Path;
import java.util.List;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.commons.Remapper;
import org.junit.jupiter.api.Test;

/** Drivers as they may be one day: what the agent does not know well enough passes through, and it says why. */
class UnknownDriverIT {
    private static final Path WORK = Lab.workFolder("unknown-drivers");

    @Test
    void methodThatIsNoMore_isNamedAndConnectionsPassThrough() {
        Path driver = AlteredDriver.write(WORK.resolve("method.jar"), new Remapper(Opcodes.ASM9) {
            @Override
            public String mapMethodName(String owner, String name, String descriptor) {
                return name.equals("getForceBinary") ? "isForceBinary" : name;
            }
        });
        passesThrough(driver, "it has no org.postgresql.jdbc.PgConnection.getForceBinary()Z");
    }

    @Test
    void fieldThatIsNoMore_isNamedAndConnectionsPassThrough() {
        Path driver = AlteredDriver.write(WORK.resolve("field.jar"), new Remapper(Opcodes.ASM9) {
            @Override
            public String mapFieldName(String owner, String name, String descriptor) {
                return name.equals("statementCache") ? "cachedStatements" : name;
            }
        });
        passesThrough(driver, "it has no org.postgresql.core.QueryExecutorBase.statementCache");
    }

    /** As in versions before 9.4.1207. */
    @Test
    void connectionClassOfAnotherName_isSaidAndConnectionsPassThrough() {
        String known = "org/postgresql/jdbc/PgConnection";
        Path driver = AlteredDriver.write(WORK.resolve("class.jar"), new Remapper(Opcodes.ASM9) {
            @Override
            public String map(String name) {
                boolean connection = name.equals(known) || name.startsWith(known + "$");
                return connection ? name.replace(known, "org/postgresql/jdbc/Jdbc4Connection") : name;
            }
        });
        passesThrough(driver, "it has no org.postgresql.jdbc.PgConnection");
    }

    @Test
    void fieldsThatOthersMayRead_areNamedAndConnectionsPassThrough() {
        Path driver = AlteredDriver.withVisibleField(WORK.resolve("visible.jar"), "rsHoldability");
        passesThrough(driver, "they have fields that others may read: [rsHoldability]");
    }

    private static void passesThrough(Path driver, String why) {
        Path report = driver.resolveSibling(driver.getFileName() + ".json");
        ChildJvm child = Lab.settings(ChildJvm.on(Jdks.current()), Lab.server(), Lab.freshDatabase("unknown"))
                .classPath(Lab.programs(), driver)
                .mainClass(ReuseProbe.class.getName());
        AgentRun run =
                AgentRun.of(AgentRun.equip(child, report), report).mustBeClean().mustHavePassedThrough();
        List<String> lines = Lab.agentLines(run.child());
        assertEquals(1, lines.size(), lines::toString);
        assertTrue(lines.get(0).contains(why), lines::toString);
        assertTrue(
                run.child().stdout().contains("sessions: 5"), () -> run.child().stdout());
    }
}
