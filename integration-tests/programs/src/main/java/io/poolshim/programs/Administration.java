package io.poolshim.programs;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;

/** Statements about other sessions: sessions that lie idle must neither be in their way nor miss them. */
final class Administration {
    private static final String PASSWORD = "first-password";

    private Administration() {}

    static void addTo(Map<String, TwinProgram> all) {
        all.put("administration.drop-database", Administration::dropDatabase);
        all.put("administration.copy-database", Administration::copyDatabase);
        all.put("administration.rename-database", Administration::renameDatabase);
        all.put("administration.role-settings", Administration::roleSettings);
        all.put("administration.database-settings", Administration::databaseSettings);
        all.put("administration.changed-password", Administration::changedPassword);
        all.put("administration.locked-out", Administration::lockedOut);
        all.put("administration.revoked-right", Administration::revokedRight);
        all.put("administration.connection-limit", Administration::connectionLimit);
    }

    /** Leaves behind whatever a pool keeps. */
    private static void use(String url, String user, String password) throws SQLException {
        for (int i = 0; i < 3; i++) {
            try (Connection c = DriverManager.getConnection(url, user, password)) {
                c.isValid(5);
            }
        }
    }

    private static String urlOf(Env env, String database) {
        return env.url().replaceAll("/[^/?]*(\\?|$)", "/" + database + "$1");
    }

    private static void administer(Env env, String... statements) throws SQLException {
        try (Connection c = env.connectAsAdmin()) {
            env.execute(c, statements);
        }
    }

    private static void connect(Env env, String label, String database, String user, String password) {
        env.show(label, () -> {
            try (Connection c = DriverManager.getConnection(urlOf(env, database), user, password)) {
                return env.query(c, "SELECT current_database() || ' as ' || session_user");
            }
        });
    }

    static void dropDatabase(Env env) throws Exception {
        for (int i = 0; i < 2; i++) {
            administer(env, "CREATE DATABASE \"admin drop\"");
            use(urlOf(env, "admin%20drop"), env.user(), env.password());
            env.attempt("drop", () -> administer(env, "DROP DATABASE \"admin drop\""));
            connect(env, "gone", "admin%20drop", env.user(), env.password());
        }
    }

    static void copyDatabase(Env env) throws Exception {
        administer(env, "CREATE DATABASE admin_source");
        use(urlOf(env, "admin_source"), env.user(), env.password());
        env.attempt("copy", () -> administer(env, "CREATE DATABASE admin_copy TEMPLATE admin_source"));
        use(urlOf(env, "admin_copy"), env.user(), env.password());
        env.attempt(
                "copy as text in capitals",
                () -> administer(env, "create database ADMIN_COPY2 with owner = legacy template = ADMIN_COPY"));
        for (String name : new String[] {"admin_source", "admin_copy", "admin_copy2"}) {
            env.attempt("drop", () -> administer(env, "DROP DATABASE IF EXISTS " + name));
        }
    }

    static void renameDatabase(Env env) throws Exception {
        administer(env, "CREATE DATABASE admin_before");
        use(urlOf(env, "admin_before"), env.user(), env.password());
        env.attempt("rename", () -> administer(env, "ALTER DATABASE admin_before RENAME TO admin_after"));
        connect(env, "old name", "admin_before", env.user(), env.password());
        connect(env, "new name", "admin_after", env.user(), env.password());
        env.attempt("drop", () -> administer(env, "DROP DATABASE admin_after"));
    }

    static void roleSettings(Env env) throws Exception {
        use(env.url(), env.user(), env.password());
        String user = env.user();
        administer(env, "ALTER ROLE " + user + " SET work_mem = '7MB'");
        env.print("set", env.query("SHOW work_mem"));
        try (Connection c = env.connectAsAdmin()) {
            c.setAutoCommit(false);
            env.execute(c, "ALTER ROLE " + user + " SET work_mem = '8MB'");
            env.print("not yet committed", env.query("SHOW work_mem"));
            c.commit();
        }
        env.print("committed", env.query("SHOW work_mem"));
        administer(env, "ALTER USER " + user + " RESET ALL");
        env.print("reset", env.query("SHOW work_mem"));
        env.setup("ALTER ROLE CURRENT_USER SET work_mem = '9MB'");
        env.print("by the user itself", env.query("SHOW work_mem"));
        env.setup("ALTER ROLE SESSION_USER RESET work_mem");
        env.print("reset by the user itself", env.query("SHOW work_mem"));
    }

    static void databaseSettings(Env env) throws Exception {
        administer(env, "CREATE DATABASE admin_set");
        String url = urlOf(env, "admin_set");
        use(url, env.user(), env.password());
        administer(env, "ALTER DATABASE admin_set SET statement_timeout = '77s'");
        try (Connection c = DriverManager.getConnection(url, env.user(), env.password())) {
            env.print("set", env.query(c, "SHOW statement_timeout"));
        }
        administer(env, "ALTER DATABASE admin_set ALLOW_CONNECTIONS false");
        connect(env, "not allowed", "admin_set", env.user(), env.password());
        env.attempt("drop", () -> administer(env, "DROP DATABASE admin_set"));
    }

    static void changedPassword(Env env) throws Exception {
        administer(env, "CREATE ROLE admin_changing LOGIN PASSWORD '" + PASSWORD + "'");
        use(env.url(), "admin_changing", PASSWORD);
        administer(env, "ALTER ROLE admin_changing PASSWORD 'second-password'");
        connect(env, "old", "twin", "admin_changing", PASSWORD);
        connect(env, "new", "twin", "admin_changing", "second-password");
        connect(env, "old again", "twin", "admin_changing", PASSWORD);
        administer(env, "DROP ROLE admin_changing");
        connect(env, "dropped", "twin", "admin_changing", "second-password");
    }

    static void lockedOut(Env env) throws Exception {
        administer(env, "CREATE ROLE admin_locked LOGIN PASSWORD '" + PASSWORD + "'");
        use(env.url(), "admin_locked", PASSWORD);
        administer(env, "ALTER ROLE admin_locked NOLOGIN");
        connect(env, "may not log in", "twin", "admin_locked", PASSWORD);
        administer(env, "ALTER ROLE admin_locked LOGIN CONNECTION LIMIT 0");
        connect(env, "no connection is left", "twin", "admin_locked", PASSWORD);
        administer(env, "ALTER ROLE admin_locked CONNECTION LIMIT 1");
        connect(env, "one is left", "twin", "admin_locked", PASSWORD);
        administer(env, "DROP ROLE admin_locked");
    }

    static void revokedRight(Env env) throws Exception {
        administer(
                env,
                "CREATE DATABASE admin_private",
                "CREATE ROLE admin_guest LOGIN PASSWORD '" + PASSWORD + "'",
                "REVOKE CONNECT ON DATABASE admin_private FROM PUBLIC",
                "GRANT CONNECT ON DATABASE admin_private TO admin_guest");
        use(urlOf(env, "admin_private"), "admin_guest", PASSWORD);
        connect(env, "granted", "admin_private", "admin_guest", PASSWORD);
        administer(env, "REVOKE CONNECT ON DATABASE admin_private FROM admin_guest");
        connect(env, "revoked", "admin_private", "admin_guest", PASSWORD);
        administer(env, "DROP DATABASE admin_private", "DROP ROLE admin_guest");
    }

    static void connectionLimit(Env env) throws Exception {
        administer(env, "CREATE ROLE admin_two LOGIN PASSWORD '" + PASSWORD + "' CONNECTION LIMIT 2");
        for (int i = 0; i < 4; i++) { // four time-outs are four logins to a pool
            use(env.urlWith("socketTimeout=" + (60 + i)), "admin_two", PASSWORD);
            connect(env, "one of two", "twin", "admin_two", PASSWORD);
        }
        administer(env, "DROP ROLE admin_two");
    }
}
