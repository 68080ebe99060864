package io.poolshim.programs.stress;

import java.util.Map;

/** Settings of the session. */
final class SettingActs {
    private static final String[] SETTINGS = {
        "work_mem = '1MB'",
        "search_path = pg_catalog",
        "TimeZone = 'Asia/Tokyo'",
        "DateStyle = 'ISO, DMY'",
        "IntervalStyle = 'iso_8601'",
        "statement_timeout = '1min'",
        "lock_timeout = '50s'",
        "application_name = 'somebody else'",
        "extra_float_digits = 0",
        "default_transaction_isolation = 'serializable'",
        "default_transaction_read_only = on",
        "standard_conforming_strings = off",
        "client_min_messages = 'error'",
        "bytea_output = 'escape'",
        "enable_seqscan = off",
        "row_security = off",
        "plan_cache_mode = 'force_generic_plan'",
        "constraint_exclusion = 'on'"
    };

    private SettingActs() {}

    static void into(Map<String, Act> acts) {
        acts.put("set", (scene, loan, n) -> loan.execute("SET " + SETTINGS[n % SETTINGS.length]));
        acts.put("set-local", SettingActs::setLocal);
        acts.put("set-dotted", (scene, loan, n) -> loan.execute("SET " + dotted(n) + " = 'tenant " + n + "'"));
        acts.put("set-config", (scene, loan, n) -> loan.query("SELECT set_config('work_mem', '2MB', false)"));
        acts.put(
                "set-config-dotted",
                (scene, loan, n) -> loan.query("SELECT set_config('" + dotted(n) + "', 'x', " + (n % 2 == 0) + ")"));
        acts.put("set-role", (scene, loan, n) -> loan.execute("SET ROLE legacy_reader"));
        acts.put("set-authorization", SettingActs::setAuthorization);
        acts.put("set-seed", (scene, loan, n) -> loan.query("SELECT setseed(" + Fresh.SEED + ")"));
        acts.put("set-schema", (scene, loan, n) -> loan.connection.setSchema("pg_catalog"));
        acts.put("statement-timeout", SettingActs::statementTimeout);
    }

    private static String dotted(int n) {
        return Fresh.DOTTED[n % Fresh.DOTTED.length];
    }

    private static void setLocal(Scene scene, Loan loan, int n) throws Exception {
        loan.connection.setAutoCommit(false);
        loan.execute("SET LOCAL " + SETTINGS[n % SETTINGS.length]);
    }

    private static void setAuthorization(Scene scene, Loan loan, int n) throws Exception {
        String whom = loan.target.superuser ? "legacy_reader" : "DEFAULT";
        loan.execute("SET SESSION AUTHORIZATION " + whom);
    }

    /** So short that it ends statements, now or when the connection is returned. */
    private static void statementTimeout(Scene scene, Loan loan, int n) throws Exception {
        loan.cancelled = true;
        loan.timesOut = true;
        loan.execute("SET statement_timeout = " + (1 + n % 20));
        loan.query("SELECT pg_sleep(" + (n % 3) * 0.005 + ")");
    }
}
