package io.poolshim.programs;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.postgresql.jdbc.PgConnection;

/** The differences that docs/safety.md admits: each prints one line that must not be the same. */
public final class Differences {
    private static final long PATIENCE_NANOS = 3_000_000_000L;
    private static final Map<String, TwinProgram> ALL = new LinkedHashMap<>();

    static {
        ALL.put("class", Differences::ofTheClass);
        ALL.put("new-hidden-state", Differences::newHiddenState);
        ALL.put("temporary-objects", Differences::temporaryObjects);
        ALL.put("role-settings", Differences::roleSettings);
        ALL.put("changed-password", Differences::changedPassword);
        ALL.put("idle-session", Differences::idleSession);
        ALL.put("drop-database", Differences::dropDatabase);
        ALL.put("backend-pid", Differences::backendPid);
        ALL.put("application-name", Differences::applicationName);
        ALL.put("statement-names", Differences::statementNames);
        ALL.put("log-writer", Differences::logWriter);
    }

    private Differences() {}

    public static void main(String[] args) throws Exception {
        Env env = new Env(System.out);
        for (TwinProgram program : ALL.values()) {
            program.run(env);
        }
    }

    /** Somebody else's connection: no agent sees it. */
    private static Connection outsider(Env env, String url) throws SQLException {
        java.util.Properties info = new java.util.Properties();
        info.setProperty("user", env.value("admin"));
        info.setProperty("password", env.value("adminPassword"));
        return new org.postgresql.Driver().connect(url, info);
    }

    private static Connection outsider(Env env) throws SQLException {
        return outsider(env, env.url().replaceAll("/[^/]*$", "/postgres"));
    }

    private static void outside(Env env, String... statements) throws SQLException {
        try (Connection outsider = outsider(env)) {
            env.execute(outsider, statements);
        }
    }

    /** In the application's own database. */
    private static void outsideHere(Env env, String... statements) throws SQLException {
        try (Connection outsider = outsider(env, env.url())) {
            env.execute(outsider, statements);
        }
    }

    static void ofTheClass(Env env) throws Exception {
        try (Connection c = env.connect()) {
            env.print("class", c.getClass() == PgConnection.class ? "the driver's" : "a subclass");
        }
    }

    /** Somebody else makes a trigger remember, after the agent has read what it does. */
    static void newHiddenState(Env env) throws Exception {
        env.setup(
                "CREATE TABLE watched (id int)",
                "CREATE FUNCTION stamp() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
                "CREATE TRIGGER stamp BEFORE INSERT ON watched FOR EACH ROW EXECUTE FUNCTION stamp()");
        env.query("SELECT 1"); // the agent reads what it is to know
        outsideHere(
                env,
                "CREATE OR REPLACE FUNCTION stamp() RETURNS trigger LANGUAGE plpgsql AS"
                        + " $$ BEGIN PERFORM set_config('app.tenant', 'somebody', false); RETURN NEW; END $$");
        env.setup("INSERT INTO watched VALUES (1)");
        env.print("new-hidden-state", env.query("SELECT current_setting('app.tenant', true)"));
    }

    /** The first one who looks, and does so with another statement than his first. */
    static void temporaryObjects(Env env) throws Exception {
        env.setup("CREATE TEMP TABLE gone (i int)");
        try (Connection c = env.connect()) {
            env.query(c, "SELECT 1");
            env.print("temporary-objects", env.query(c, "SELECT cardinality(current_schemas(true))"));
        }
    }

    static void roleSettings(Env env) throws Exception {
        env.query("SELECT 1");
        String role = "ALTER ROLE " + env.user() + " ";
        outside(env, role + "SET work_mem = '7MB'");
        env.print("role-settings", env.query("SHOW work_mem"));
        outside(env, role + "RESET work_mem");
    }

    static void changedPassword(Env env) throws Exception {
        outside(env, "DROP ROLE IF EXISTS changing", "CREATE ROLE changing LOGIN PASSWORD 'old'");
        use(env.url(), "changing", "old");
        outside(env, "ALTER ROLE changing PASSWORD 'new'");
        try (Connection c = DriverManager.getConnection(env.url(), "changing", "old")) {
            env.print("changed-password", "served");
        } catch (SQLException e) {
            env.print("changed-password", "refused with " + e.getSQLState());
        }
    }

    static void applicationName(Env env) throws Exception {
        try (Connection c = env.connect()) {
            env.execute(c, "RESET application_name");
            env.print("application-name", env.query(c, "SHOW application_name"));
        }
    }

    static void statementNames(Env env) throws Exception {
        for (int i = 1; i <= 3; i++) {
            try (Connection c = env.connect();
                    PreparedStatement p = c.prepareStatement("SELECT ?::int")) {
                for (int n = 0; n < 6; n++) {
                    p.setInt(1, n);
                    p.executeQuery().close();
                }
                String name = env.query(c, "SELECT name FROM pg_prepared_statements");
                if (i == 3) {
                    env.print("statement-names", name.equals("S_1") ? "from S_1 on" : "further on");
                }
            }
        }
    }

    /** Often enough for a pool. */
    private static void use(String url, String user, String password) throws SQLException {
        for (int i = 0; i < 2; i++) {
            DriverManager.getConnection(url, user, password).close();
        }
    }

    private static String sessions(Env env, Connection outsider, String database) throws SQLException {
        return env.query(
                outsider,
                "SELECT count(*) FROM pg_stat_activity WHERE datname = '" + database + "' AND usename = '" + env.user()
                        + "'");
    }

    /** A server process needs a moment to end, so there is to be some patience for one that will not. */
    static void idleSession(Env env) throws Exception {
        String database = env.query("SELECT current_database()");
        try (Connection outsider = outsider(env)) {
            String left = sessions(env, outsider, database);
            long end = System.nanoTime() + PATIENCE_NANOS;
            while (!left.equals("0") && System.nanoTime() < end) {
                left = sessions(env, outsider, database);
            }
            env.print("idle-session", left);
        }
    }

    static void dropDatabase(Env env) throws Exception {
        String name = env.query("SELECT current_database()") + "_dropped";
        outside(env, "DROP DATABASE IF EXISTS " + name + " WITH (FORCE)", "CREATE DATABASE " + name);
        use(env.url().replaceAll("/[^/]*$", "/" + name), env.user(), env.password());
        try {
            outside(env, "DROP DATABASE " + name);
            env.print("drop-database", "dropped");
        } catch (SQLException e) {
            env.print("drop-database", "refused with " + e.getSQLState());
            outside(env, "DROP DATABASE " + name + " WITH (FORCE)");
        }
    }

    static void backendPid(Env env) throws Exception {
        Set<String> pids = new HashSet<>();
        for (int i = 0; i < 5; i++) {
            pids.add(env.query("SELECT pg_backend_pid()"));
        }
        env.print("backend-pid", pids.size() + " of 5");
    }

    static void logWriter(Env env) throws Exception {
        StringWriter log = new StringWriter();
        DriverManager.setLogWriter(new PrintWriter(log, true));
        for (int i = 0; i < 3; i++) {
            env.query("SELECT 1");
        }
        DriverManager.setLogWriter(null);
        env.print("log-writer", log.toString().split("DriverManager.getConnection\\(", -1).length - 1);
    }
}
