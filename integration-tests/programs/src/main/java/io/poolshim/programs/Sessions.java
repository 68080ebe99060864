package io.poolshim.programs;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.util.Map;

/** Sessions as applications shape them, and what the next one finds. */
final class Sessions {
    private Sessions() {}

    static void addTo(Map<String, TwinProgram> all) {
        all.put("sessions.discarded-by-the-application", Sessions::discardedByTheApplication);
        all.put("sessions.forbidden-date-style", Sessions::forbiddenDateStyle);
        all.put("sessions.forbidden-encoding", Sessions::forbiddenEncoding);
        all.put("sessions.reported-settings", Sessions::reportedSettings);
        all.put("sessions.text-formats", Sessions::textFormats);
        all.put("sessions.initialised-by-hand", Sessions::initialisedByHand);
        all.put("sessions.application-name", Sessions::applicationName);
        all.put("sessions.current-schema-of-the-url", Sessions::currentSchemaOfTheUrl);
        all.put("sessions.prepared-by-the-driver", Sessions::preparedByTheDriver);
    }

    static void discardedByTheApplication(Env env) throws Exception {
        for (int i = 0; i < 3; i++) {
            try (Connection c = env.connect()) {
                env.execute(c, "CREATE TEMP TABLE mine (id int)", "SET work_mem = '3MB'");
                for (int n = 0; n < 7; n++) {
                    try (PreparedStatement p = c.prepareStatement("SELECT ?::int")) {
                        p.setInt(1, n);
                        p.executeQuery();
                    }
                }
                env.attempt("discard", () -> env.execute(c, "DISCARD ALL"));
                env.show("gone", () -> env.query(c, "SELECT * FROM mine"));
                env.print("reset", env.query(c, "SHOW work_mem"));
                env.attempt("deallocate", () -> env.execute(c, "DEALLOCATE ALL"));
            }
        }
    }

    /** The driver closes a session whose answers it can no longer read. */
    static void forbiddenDateStyle(Env env) throws Exception {
        for (int i = 0; i < 3; i++) {
            Connection c = env.connect();
            env.attempt("set", () -> env.execute(c, "SET DateStyle = 'German'"));
            env.print("closed", c.isClosed());
            env.show("use", () -> env.query(c, "SELECT date '2024-02-29'"));
            env.attempt("close", c::close);
            env.print("next", env.query("SELECT date '2024-02-29'"));
        }
    }

    static void forbiddenEncoding(Env env) throws Exception {
        for (int i = 0; i < 3; i++) {
            Connection c = env.connect();
            env.attempt("set", () -> env.execute(c, "SET client_encoding = 'LATIN1'"));
            env.print("closed", c.isClosed());
            env.show("use", () -> env.query(c, "SELECT 'ä'"));
            env.attempt("close", c::close);
            env.print("next", env.query("SELECT 'ä', current_setting('client_encoding')"));
        }
    }

    static void reportedSettings(Env env) throws Exception {
        for (int i = 0; i < 3; i++) {
            try (Connection c = env.connect()) {
                org.postgresql.PGConnection pg = (org.postgresql.PGConnection) c;
                env.print("before", pg.getParameterStatus("application_name"));
                env.execute(c, "SET application_name = 'reported'", "SET IntervalStyle = 'iso_8601'");
                env.print("after", pg.getParameterStatus("application_name"));
                env.print("style", pg.getParameterStatus("IntervalStyle"));
                env.print("several", pg.getParameterStatuses().containsKey("server_version"));
                env.execute(c, "SET standard_conforming_strings = off");
                env.print("escapes", env.query(c, "SELECT 'a\\\\b'"));
                env.print("driver knows", pg.escapeLiteral("a\\b"));
            }
        }
    }

    static void textFormats(Env env) throws Exception {
        String sql = "SELECT '\\x41ff'::bytea, 1.1::float8 / 3, interval '1 day 2 hours', date '2024-02-29'";
        for (int i = 0; i < 3; i++) {
            try (Connection c = env.connect()) {
                env.print("before", env.query(c, sql));
                env.execute(c, "SET bytea_output = 'escape'", "SET extra_float_digits = -5");
                env.execute(c, "SET IntervalStyle = 'sql_standard'");
                env.print("after", env.query(c, sql));
            }
        }
    }

    /** What many a helper class does to each connection it opens. */
    static void initialisedByHand(Env env) throws Exception {
        for (int i = 0; i < 4; i++) {
            try (Connection c = env.connect()) {
                c.setAutoCommit(false);
                c.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
                env.execute(c, "SET search_path = pg_catalog, public", "SET TIME ZONE 'UTC'", "SET work_mem = '5MB'");
                c.commit();
                env.print(
                        "session", env.query(c, "SELECT current_setting('search_path'), current_setting('work_mem')"));
            }
            try (Connection c = env.connect()) {
                env.print("plain", env.query(c, "SELECT current_setting('search_path'), current_setting('work_mem')"));
                env.print("plain attributes", c.getAutoCommit() + " " + c.getTransactionIsolation());
            }
        }
    }

    static void applicationName(Env env) throws Exception {
        for (int i = 0; i < 3; i++) {
            try (Connection c = env.connect()) {
                env.print("at first", env.query(c, "SHOW application_name"));
                c.setClientInfo("ApplicationName", "by client info");
                env.print("then", env.query(c, "SHOW application_name") + " " + c.getClientInfo("ApplicationName"));
            }
        }
    }

    static void currentSchemaOfTheUrl(Env env) throws Exception {
        env.setup("CREATE SCHEMA by_url", "CREATE TABLE by_url.t (id int)", "INSERT INTO by_url.t VALUES (5)");
        for (int i = 0; i < 3; i++) {
            try (Connection c = DriverManager.getConnection(env.urlWith("currentSchema=by_url,public"), env.login())) {
                env.print("found", env.query(c, "SELECT * FROM t") + " " + c.getSchema());
                c.setSchema("public");
                env.show("lost", () -> env.query(c, "SELECT * FROM t"));
            }
            env.show("plain", () -> env.query("SELECT * FROM t"));
        }
    }

    static void preparedByTheDriver(Env env) throws Exception {
        for (int i = 0; i < 4; i++) {
            try (Connection c = env.connect()) {
                env.print("none yet", env.query(c, "SELECT count(*) FROM pg_prepared_statements"));
                try (PreparedStatement p = c.prepareStatement("SELECT ?::int * 2")) {
                    for (int n = 0; n < 8; n++) {
                        p.setInt(1, n);
                        p.executeQuery().close();
                    }
                    env.print(
                            "named", p.unwrap(org.postgresql.PGStatement.class).isUseServerPrepare());
                }
                env.print(
                        "kept by the driver",
                        env.query(c, "SELECT count(*), max(generic_plans + custom_plans) FROM pg_prepared_statements"));
            }
        }
    }
}
