package io.poolshim.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** When a connection is kept after a call of a function of the application's own; that it is right, the twins show. */
class FunctionsIT {
    private static final String SESSION = "SELECT pg_backend_pid()";
    private static final String TENANT = "SELECT current_setting('app.tenant', true) IS NULL";
    private static final String HARMLESS = "RETURN 1;";
    private static final String REMEMBERS = "PERFORM set_config('app.tenant', 'x', false); RETURN 2;";

    private static Remote remote(String database, String... settings) {
        Map<String, String> all = new HashMap<>();
        all.put("pool.keep-from", "1");
        all.put("session.catalogue-age", "1h");
        for (int i = 0; i < settings.length; i += 2) {
            all.put(settings[i], settings[i + 1]);
        }
        return Remote.pooled(Lab.server(), database, all);
    }

    private static String database(String name, String body) throws SQLException {
        Lab.freshDatabase(name);
        define(name, body);
        return name;
    }

    /** By somebody whom no agent sees. */
    private static void define(String database, String body) throws SQLException {
        outside(
                database,
                "CREATE OR REPLACE FUNCTION own() RETURNS int LANGUAGE plpgsql AS $$ BEGIN " + body + " END $$",
                "CREATE OR REPLACE FUNCTION around() RETURNS int LANGUAGE sql AS 'SELECT public.own()'");
    }

    private static void outside(String database, String... statements) throws SQLException {
        try (Connection admin = DriverManager.getConnection(
                        Lab.server().url(database),
                        Lab.server().adminUser(),
                        Lab.server().adminPassword());
                Statement statement = admin.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** The session in which the statement ran. */
    private static String use(Remote remote, String sql) throws Exception {
        assertEquals("open", remote.ask("app", "open c"));
        String session = remote.ask("app", "query c " + SESSION);
        remote.ask("app", "query c " + sql);
        assertEquals("closed", remote.ask("app", "close c"));
        return session;
    }

    @Test
    void harmlessFunction_keepsTheConnection() throws Exception {
        try (Remote remote = remote(database("functions_kept", HARMLESS))) {
            String session = use(remote, "SELECT own()");
            assertEquals(session, use(remote, "SELECT around()"));
            assertEquals(session, use(remote, "SELECT own(), around()"));
            assertEquals(session, use(remote, "SELECT 1"));
            remote.end().mustBeClean().mustHavePooled();
        }
    }

    @Test
    void functionThatRemembers_closesTheConnection() throws Exception {
        try (Remote remote = remote(database("functions_closed", REMEMBERS), "log.level", "debug")) {
            String session = use(remote, "SELECT around() /* secret */ WHERE 'secret' = 'secret'");
            assertNotEquals(session, use(remote, TENANT));
            AgentRun run = remote.end().mustBeClean();
            String why = "connections are really closed after SELECT around() WHERE ? = ?";
            assertTrue(run.child().stderr().contains(why), run::toString);
        }
    }

    @Test
    void functionReplacedByAnother_closesTheConnection() throws Exception {
        String database = database("functions_replaced", HARMLESS);
        try (Remote remote = remote(database)) {
            String session = use(remote, "SELECT around()");
            assertEquals(session, use(remote, "SELECT around()"));
            define(database, REMEMBERS);
            assertEquals(session, use(remote, "SELECT around()"));
            assertEquals("t", remote.ask("app", "once " + TENANT));
            assertNotEquals(session, use(remote, "SELECT 1"));
            remote.end().mustBeClean();
        }
    }

    @Test
    void triggerThatRemembers_closesTheConnection() throws Exception {
        String database = database("functions_hidden", HARMLESS);
        outside(
                database,
                "CREATE TABLE audited (id int)",
                "CREATE FUNCTION remember() RETURNS trigger LANGUAGE plpgsql AS"
                        + " $$ BEGIN PERFORM set_config('app.tenant', 'x', false); RETURN NEW; END $$",
                "CREATE TRIGGER remember BEFORE INSERT ON audited FOR EACH ROW EXECUTE FUNCTION remember()",
                "GRANT ALL ON audited TO public");
        try (Remote remote = remote(database)) {
            String session = use(remote, "SELECT 1");
            assertEquals(session, use(remote, "SELECT count(*) FROM pg_class"));
            assertEquals(session, use(remote, "INSERT INTO audited VALUES (1) RETURNING id"));
            assertNotEquals(session, use(remote, TENANT));
            remote.end().mustBeClean();
        }
    }

    @Test
    void catalogueIsNotRead_ifThatIsWanted() throws Exception {
        try (Remote remote = remote(database("functions_unread", HARMLESS), "session.catalogue-age", "0s")) {
            String session = use(remote, "SELECT own()");
            assertNotEquals(session, use(remote, "SELECT own()"));
            session = use(remote, "SELECT 1");
            assertEquals(session, use(remote, "SELECT 1"));
            remote.end().mustBeClean();
        }
    }

    /** It shows to those who look for them; they get another session, if they look first of all. */
    @Test
    void sessionThatHadTemporaryObjects_isKeptUntilSomebodyLooksForThem() throws Exception {
        try (Remote remote = remote(database("functions_temporary", HARMLESS))) {
            String session = use(remote, "CREATE TEMP TABLE t AS SELECT 1; SELECT 1");
            assertEquals(session, use(remote, "CREATE TEMP TABLE t AS SELECT 1; SELECT 1"));
            assertEquals("{pg_catalog,public}", remote.ask("app", "once SELECT current_schemas(true)"));
            session = use(remote, "CREATE TEMP TABLE t AS SELECT 1; SELECT 1");
            assertNotEquals(session, use(remote, "SELECT 1"));
            remote.end().mustBeClean();
        }
    }
}
