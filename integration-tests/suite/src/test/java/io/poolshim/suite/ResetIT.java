package io.poolshim.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.poolshim.programs.LateResets;
import io.poolshim.programs.LateTimeouts;
import io.poolshim.testbed.Await;
import io.poolshim.testbed.ChildJvm;
import io.poolshim.testbed.Jdks;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** When a session is reset: while nobody waits for it, as the server ends an unpooled one; and how that is set. */
class ResetIT {
    private static final String SESSION = "SELECT pg_backend_pid()";

    private static final String LOCKS = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'";

    private static Remote remote(String database) {
        return remote(database, Map.of());
    }

    private static Remote remote(String database, Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("pool.keep-from", "1");
        return Remote.pooled(Lab.server(), Lab.freshDatabase(database), all);
    }

    /** What the one session of the application has run last. */
    private static String lastStatement(String database) throws SQLException {
        try (Connection admin = Lab.server().admin();
                Statement statement = admin.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT min(query), count(*) FROM pg_stat_activity WHERE datname = '" + database + "'")) {
            row.next();
            assertEquals(1, row.getInt(2));
            return row.getString(1);
        }
    }

    /** Soon after the session was given back, though nobody takes it. */
    private static void awaitReset(String database) {
        Await.until("the session is reset", Duration.ofSeconds(20), () -> {
            try {
                return lastStatement(database).equals("DISCARD ALL");
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    private static void use(Remote remote, String... statements) throws Exception {
        assertEquals("open", remote.ask("app", "open c"));
        for (String sql : statements) {
            remote.ask("app", "query c " + sql);
        }
        assertEquals("closed", remote.ask("app", "close c"));
    }

    @Test
    void sessionThatNobodyUsed_isLeftAlone() throws Exception {
        try (Remote remote = remote("reset_unused", Map.of("session.catalogue-age", "0s"))) {
            use(remote);
            use(remote);
            assertEquals("", lastStatement("reset_unused"));
            use(remote, "SELECT 1");
            use(remote);
            awaitReset("reset_unused");
            remote.end().mustBeClean().mustHavePooled();
        }
    }

    @Test
    void sessionThatNobodyUsed_isResetIfThatIsWanted() throws Exception {
        try (Remote remote = remote("reset_always", Map.of("session.reset", "always"))) {
            use(remote);
            use(remote);
            awaitReset("reset_always");
            remote.end().mustBeClean();
        }
    }

    @Test
    void session_isNotResetIfThatIsWanted() throws Exception {
        try (Remote remote = remote("reset_off", Map.of("session.reset", "never"))) {
            use(remote, "SET work_mem = '3MB'", "SELECT set_config('my.tenant', 'x', false)");
            assertEquals("open", remote.ask("app", "open c"));
            assertEquals("3MB", remote.ask("app", "query c SHOW work_mem"));
            assertEquals("x", remote.ask("app", "query c SHOW my.tenant"));
            assertEquals("closed", remote.ask("app", "close c"));
            remote.end().mustBeClean();
        }
    }

    /** By default the connection is closed, as the twins show; whoever accepts an empty string keeps it. */
    @Test
    void customisedSetting_isResetIfThatIsWanted() throws Exception {
        try (Remote remote = remote("reset_custom", Map.of("session.custom-settings", "reset"))) {
            assertEquals("open", remote.ask("app", "open a"));
            String session = remote.ask("app", "query a " + SESSION);
            remote.ask("app", "query a SELECT set_config('my.tenant', 'x', false)");
            assertEquals("closed", remote.ask("app", "close a"));
            assertEquals("open", remote.ask("app", "open b"));
            assertEquals(session, remote.ask("app", "query b " + SESSION));
            assertEquals("t", remote.ask("app", "query b SELECT current_setting('my.tenant', true) = ''"));
            assertEquals("closed", remote.ask("app", "close b"));
            remote.end().mustBeClean();
        }
    }

    /** Three times, since what went wrong there once did so in one run of three. */
    @RepeatedTest(3)
    void borrow_whileAResetIsSentByItself_findsItsOwnAnswers() {
        Path report = Lab.workFolder("late-resets").resolve("report.json");
        ChildJvm child = Lab.child(Jdks.current(), Lab.freshDatabase("reset_moments"), LateResets.class);
        AgentRun run =
                AgentRun.of(AgentRun.equip(child, report), report).mustBeClean().mustHavePooled();
        assertEquals("right answers: 900", run.child().stdout().trim());
    }

    @Test
    void timeoutOfTheBorrowerBefore_endsNoStatement() {
        Path report = Lab.workFolder("late-timeouts").resolve("report.json");
        ChildJvm child = Lab.child(Jdks.current(), Lab.freshDatabase("reset_timeouts"), LateTimeouts.class);
        AgentRun run =
                AgentRun.of(AgentRun.equip(child, report), report).mustBeClean().mustHavePooled();
        assertEquals("failures: 0", run.child().stdout().trim());
    }

    private static void signal(String name, String session) throws IOException, InterruptedException {
        assertEquals(
                0,
                new ProcessBuilder("kill", "-" + name, session)
                        .inheritIO()
                        .start()
                        .waitFor());
    }

    /** A session that did not answer in two seconds would be another one afterwards. */
    @Test
    void close_doesNotWaitForTheServer() throws Exception {
        try (Remote remote = remote("reset_late")) {
            assertEquals("open", remote.ask("app", "open a"));
            String session = remote.ask("app", "query a " + SESSION);
            assertEquals("", remote.ask("app", "query a SELECT pg_advisory_lock(42)"));
            signal("STOP", session);
            try {
                assertEquals("closed", remote.ask("app", "close a"));
            } finally {
                signal("CONT", session);
            }
            assertEquals("open", remote.ask("app", "open b"));
            assertEquals(session, remote.ask("app", "query b " + SESSION));
            assertEquals("0", remote.ask("app", "query b " + LOCKS));
            assertEquals("closed", remote.ask("app", "close b"));
            remote.end().mustBeClean();
        }
    }

    @Test
    void sessionThatEndsInsteadOfBeingReset_isNotHandedOn() throws Exception {
        try (Remote remote = remote("reset_never")) {
            assertEquals("open", remote.ask("app", "open a"));
            String session = remote.ask("app", "query a " + SESSION);
            signal("STOP", session);
            try {
                assertEquals("closed", remote.ask("app", "close a"));
                signal("TERM", session);
            } finally {
                signal("CONT", session);
            }
            assertEquals("open", remote.ask("app", "open b"));
            assertNotEquals(session, remote.ask("app", "query b " + SESSION));
            assertEquals("closed", remote.ask("app", "close b"));
            remote.end().mustBeClean();
        }
    }
}
