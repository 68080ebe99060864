package io.poolshim.programs;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;

/** Session settings that must end with the connection. */
final class Settings {
    private static final String[] NAMES = {
        "search_path",
        "TimeZone",
        "statement_timeout",
        "lock_timeout",
        "work_mem",
        "DateStyle",
        "application_name",
        "role",
        "session_authorization",
        "standard_conforming_strings",
        "extra_float_digits",
        "default_transaction_isolation"
    };

    private Settings() {}

    static void addTo(Map<String, TwinProgram> all) {
        all.put("settings.plain-ones", Settings::plainOnes);
        all.put("settings.search-path-decides", Settings::searchPathDecides);
        all.put("settings.set-schema", Settings::setSchema);
        all.put("settings.role", Settings::role);
        all.put("settings.session-authorization", Settings::sessionAuthorization);
        all.put("settings.dotted", Settings::dotted);
        all.put("settings.dotted-by-function", Settings::dottedByFunction);
        all.put("settings.dotted-local", Settings::dottedLocal);
        all.put("settings.seed", Settings::seed);
        all.put("settings.url-options", Settings::urlOptions);
        all.put("settings.reset-by-sql", Settings::resetBySql);
    }

    private static void printAll(Env env, Connection c) throws SQLException {
        for (String name : NAMES) {
            env.print(name, env.query(c, "SHOW " + name));
        }
    }

    static void plainOnes(Env env) throws Exception {
        env.setup("CREATE SCHEMA settings_plain");
        for (int i = 0; i < 3; i++) {
            try (Connection c = env.connect()) {
                printAll(env, c);
                env.execute(
                        c,
                        "SET search_path = settings_plain",
                        "SET TIME ZONE 'Asia/Tokyo'",
                        "SET statement_timeout = '59s'",
                        "SET lock_timeout = '58s'",
                        "SET work_mem = '5MB'",
                        "SET datestyle = 'ISO, DMY'",
                        "SET application_name = 'orders'",
                        "SET extra_float_digits = 0");
                printAll(env, c);
            }
        }
    }

    static void searchPathDecides(Env env) throws Exception {
        env.setup(
                "CREATE SCHEMA tenant_a",
                "CREATE SCHEMA tenant_b",
                "CREATE TABLE tenant_a.who (name text)",
                "CREATE TABLE tenant_b.who (name text)",
                "INSERT INTO tenant_a.who VALUES ('a')",
                "INSERT INTO tenant_b.who VALUES ('b')");
        for (int i = 0; i < 4; i++) {
            for (String tenant : new String[] {"a", "b"}) {
                try (Connection c = env.connect()) {
                    env.show("nobody's", () -> env.query(c, "SELECT name FROM who"));
                    env.execute(c, "SET search_path TO tenant_" + tenant);
                    env.print("tenant " + tenant, env.query(c, "SELECT name FROM who"));
                    env.print("schema", c.getSchema());
                }
            }
        }
    }

    static void setSchema(Env env) throws Exception {
        env.setup("CREATE SCHEMA by_jdbc");
        for (int i = 0; i < 3; i++) {
            try (Connection c = env.connect()) {
                env.print("before", c.getSchema());
                c.setSchema("by_jdbc");
                env.print("after", c.getSchema());
            }
        }
    }

    static void role(Env env) throws Exception {
        for (int i = 0; i < 3; i++) {
            try (Connection c = env.connect()) {
                env.print("before", env.query(c, "SELECT current_user, session_user"));
                env.execute(c, "SET ROLE " + env.value("role"));
                env.print("after", env.query(c, "SELECT current_user, session_user"));
            }
        }
    }

    static void sessionAuthorization(Env env) throws Exception {
        for (int i = 0; i < 3; i++) {
            try (Connection c = env.connectAsAdmin()) {
                env.print("before", env.query(c, "SELECT current_user, session_user"));
                env.execute(c, "SET SESSION AUTHORIZATION " + env.value("role"));
                env.print("after", env.query(c, "SELECT current_user, session_user"));
                env.attempt("may not", () -> env.execute(c, "CREATE ROLE never"));
            }
        }
    }

    static void dotted(Env env) throws Exception {
        String read = "SELECT current_setting('my.tenant', true) IS NULL";
        for (int i = 0; i < 3; i++) {
            try (Connection c = env.connect()) {
                env.print("unset before", env.query(c, read));
                env.execute(c, "SET my.tenant = 'tenant " + i + "'");
                env.print("set", env.query(c, "SELECT current_setting('my.tenant', true)"));
            }
        }
        env.print("unset at the end", env.query(read));
    }

    static void dottedByFunction(Env env) throws Exception {
        env.setup("CREATE FUNCTION remember(who text) RETURNS text LANGUAGE plpgsql AS"
                + " $$ BEGIN RETURN set_config('audit.user', who, false); END $$");
        for (int i = 0; i < 3; i++) {
            try (Connection c = env.connect()) {
                env.print("before", env.query(c, "SELECT current_setting('audit.user', true) IS NULL"));
                env.print("call", env.query(c, "SELECT remember('user " + i + "')"));
                env.print("after", env.query(c, "SELECT current_setting('audit.user', true)"));
            }
        }
    }

    static void dottedLocal(Env env) throws Exception {
        for (int i = 0; i < 3; i++) {
            try (Connection c = env.connect()) {
                env.print("before", env.query(c, "SELECT current_setting('local.tenant', true) IS NULL"));
                c.setAutoCommit(false);
                env.execute(c, "SET LOCAL local.tenant = 'x'", "SET LOCAL statement_timeout = '50s'");
                env.print("inside", env.query(c, "SELECT current_setting('local.tenant', true)"));
                c.commit();
                env.print("timeout", env.query(c, "SHOW statement_timeout"));
            }
        }
    }

    static void seed(Env env) throws Exception {
        String first = null;
        for (int i = 0; i < 3; i++) {
            try (Connection c = env.connect()) {
                env.execute(c, "SELECT setseed(0.5)");
                String drawn = env.query(c, "SELECT random(), random()");
                env.print("same series", first == null || first.equals(drawn));
                first = drawn;
            }
            String unseeded = env.query("SELECT random()");
            try (Connection c = env.connect()) {
                env.execute(c, "SELECT setseed(0.5)", "SELECT random(), random()");
                String third = env.query(c, "SELECT random()");
                env.print("a fresh session is not seeded", !third.equals(unseeded));
            }
        }
    }

    static void urlOptions(Env env) throws Exception {
        String url = env.urlWith("currentSchema=pg_catalog&ApplicationName=legacy&options=-c%20work_mem=3MB");
        for (int i = 0; i < 3; i++) {
            try (Connection c = java.sql.DriverManager.getConnection(url, env.login())) {
                env.print("before", env.query(c, "SHOW search_path") + " " + env.query(c, "SHOW work_mem"));
                env.print("name", env.query(c, "SHOW application_name"));
                env.execute(c, "SET search_path = public", "SET work_mem = '9MB'", "SET application_name = 'other'");
            }
        }
        env.print("plain", env.query("SHOW search_path"));
    }

    static void resetBySql(Env env) throws Exception {
        for (int i = 0; i < 3; i++) {
            try (Connection c = env.connect()) {
                env.execute(c, "SET work_mem = '6MB'", "RESET work_mem", "SET TIME ZONE 'UTC'", "RESET ALL");
                env.print("mem", env.query(c, "SHOW work_mem"));
                env.execute(c, "DISCARD ALL");
                env.print("goes on", env.query(c, "SELECT 1"));
            }
        }
    }
}
