package io.poolshim.redirect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.poolshim.ArchitectureTest;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

class ApplicationCodeTest {
    @Test
    void agentDriverJdkAndLibraries_areNot() {
        for (String room : ArchitectureTest.rooms()) {
            assertFalse(ApplicationCode.contains("io.poolshim." + room + ".Any"), room);
        }
        for (String name : new String[] {
            "java.sql.DriverManager",
            "org.postgresql.jdbc.PgStatement",
            "org.postgresql.jdbc.PgConnectionBorrowed",
            "com.sun.proxy.$Proxy1",
            "jdk.internal.reflect.Method",
            "org.springframework.jdbc.core.JdbcTemplate",
            "io.poolshim.bootstrap.BootstrapSeam",
            "io.poolshim.launch.Seam"
        }) {
            assertFalse(ApplicationCode.contains(name), name);
        }
    }

    @Test
    void whateverElse_is() {
        for (String name :
                new String[] {"Main", "com.example.Orders", "org.postgresqlish.A", "javaish.B", "io.other.C"}) {
            assertTrue(ApplicationCode.contains(name), name);
        }
    }

    /** The innermost line here is a library's, as far as the agent's test goes: that of the test's runner. */
    @Test
    void find_isTheInnermostLine() throws Exception {
        StackTraceElement found = ApplicationCode.find();
        assertTrue(found.getClassName().startsWith("org.junit."), found::toString);
        FutureTask<StackTraceElement> alone = new FutureTask<>(ApplicationCode::find);
        Thread thread = new Thread(alone);
        thread.start();
        assertNull(alone.get());
        assertEquals("a.B.c", ApplicationCode.function(new StackTraceElement("a.B", "c", "B.java", 1)));
    }
}
