package io.poolshim.programs.stress;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * Makes up what an application could do to its session: statements of SQL, spaced, commented and spelled as people do, and
 * calls of JDBC, which begin with {@code @}. A name in angle brackets stands for any of its alternatives.
 */
final class Grammar {
    private static final int MOST_STEPS = 10;
    private static final String[] BLANKS = {
        " ", "  ", "\n", "\t", " /* a /* nested */ comment */ ", " -- a comment; SET\n"
    };

    private static final Map<String, String[]> RULES = new HashMap<>();

    static {
        rule("step", "<sql>", "<sql>", "<sql>", "<sql>; <sql>", "BEGIN; <sql>; <end>", "<jdbc>", "@work");
        rule(
                "sql",
                "<set>",
                "<set>",
                "<config>",
                "<temporary>",
                "<prepared>",
                "<cursor>",
                "<channel>",
                "<lock>",
                "<sequence>",
                "<role>",
                "<transaction>",
                "<hidden>",
                "<harmless>",
                "<harmless>",
                "<failure>");
        rule("set", "SET <scope> <setting>", "RESET <name>", "SET <scope> <name> TO DEFAULT", "SET TIME ZONE <zone>");
        rule("scope", "", "SESSION", "LOCAL");
        rule(
                "setting",
                "work_mem = '<n>MB'",
                "search_path TO pg_catalog, public",
                "\"DateStyle\" = 'ISO, DMY'",
                "IntervalStyle = 'iso_8601'",
                "statement_timeout = '<n>min'",
                "lock_timeout = <n>0000",
                "application_name = 'app <n>'",
                "extra_float_digits = <n>",
                "default_transaction_isolation = 'serializable'",
                "default_transaction_read_only = on",
                "client_min_messages = error",
                "bytea_output = 'escape'",
                "enable_seqscan = off",
                "row_security = off",
                "plan_cache_mode = 'force_generic_plan'",
                "constraint_exclusion = on",
                "check_function_bodies = off",
                "default_tablespace = ''",
                "xmloption = document",
                "jit = off",
                "geqo_threshold = 1<n>",
                "synchronous_commit = off",
                "idle_in_transaction_session_timeout = '<n>h'",
                "transaction_isolation = 'repeatable read'",
                "temp_buffers = '<n>MB'",
                "SEED = 0.42",
                "<dotted> = 'x<n>'",
                "\"stress\".tenant = ''");
        rule(
                "name",
                "work_mem",
                "search_path",
                "DateStyle",
                "statement_timeout",
                "application_name",
                "role",
                "TIME ZONE",
                "jit",
                "<dotted>",
                "ALL");
        rule("dotted", "stress.tenant", "Stress.User_Id", "\"stress.tenant\"");
        rule("zone", "'Asia/Tokyo'", "LOCAL", "-<n>", "INTERVAL '-08:00' HOUR TO MINUTE");
        rule(
                "config",
                "SELECT set_config('work_mem', '<n>MB', <boolean>)",
                "SELECT set_config('seed', '0.42', false)",
                "SELECT pg_catalog.set_config('stress.tenant', '<n>', <boolean>)",
                "SELECT set_config(name, setting, false) FROM (VALUES ('jit', 'off')) v(name, setting)",
                "UPDATE pg_settings SET setting = '<n>MB' WHERE name = 'work_mem'");
        rule("boolean", "true", "false");
        rule(
                "temporary",
                "CREATE TEMP TABLE basket<n> (item text) ON COMMIT <oncommit>",
                "CREATE TEMPORARY TABLE stress_row (owner text, committed boolean)",
                "CREATE TEMP SEQUENCE basket<n>",
                "SELECT 1 AS one INTO TEMP basket<n>",
                "CREATE TEMP VIEW basket<n> AS SELECT 1",
                "CREATE FUNCTION pg_temp.basket<n>() RETURNS int LANGUAGE sql AS 'SELECT 1'",
                "CREATE TABLE pg_temp.basket<n> AS SELECT 1");
        rule("oncommit", "PRESERVE ROWS", "DELETE ROWS", "DROP");
        rule(
                "prepared",
                "PREPARE plan<n> (int) AS SELECT $1 + <n>",
                "EXECUTE plan<n>(1)",
                "DEALLOCATE plan<n>",
                "DEALLOCATE ALL",
                "DISCARD <discarded>");
        rule("discarded", "PLANS", "TEMP", "SEQUENCES", "ALL");
        rule(
                "cursor",
                "DECLARE kept<n> CURSOR WITH HOLD FOR SELECT generate_series(1, 5)",
                "DECLARE short<n> CURSOR FOR SELECT 1",
                "FETCH 2 FROM kept<n>",
                "CLOSE kept<n>",
                "CLOSE ALL");
        rule(
                "channel",
                "LISTEN news<n>",
                "UNLISTEN news<n>",
                "NOTIFY news<n>, 'extra'",
                "SELECT pg_notify('news<n>', '')");
        rule(
                "lock",
                "SELECT pg_try_advisory_lock(<n>)",
                "SELECT pg_try_advisory_lock_shared(<n>, 2)",
                "SELECT pg_advisory_unlock(<n>)",
                "SELECT pg_try_advisory_xact_lock(<n>)",
                "LOCK TABLE stress_row IN ROW SHARE MODE",
                "SELECT * FROM stress_counter WHERE id = <n> FOR UPDATE");
        rule(
                "sequence",
                "SELECT nextval('stress_sequence')",
                "SELECT setval('stress_sequence', <n>)",
                "SELECT currval('stress_sequence')",
                "SELECT lastval()",
                "INSERT INTO stress_key (owner) VALUES ('<n>') RETURNING id");
        rule(
                "role",
                "SET <scope> ROLE legacy_reader",
                "SET ROLE NONE",
                "RESET ROLE",
                "SET SESSION AUTHORIZATION DEFAULT",
                "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY");
        rule(
                "transaction",
                "BEGIN ISOLATION LEVEL SERIALIZABLE",
                "START TRANSACTION READ ONLY",
                "<end>",
                "SAVEPOINT s<n>",
                "ROLLBACK TO s<n>",
                "RELEASE s<n>",
                "SET CONSTRAINTS ALL DEFERRED",
                "PREPARE TRANSACTION 'never<n>'");
        rule("end", "COMMIT", "ROLLBACK", "END", "ABORT", "COMMIT AND CHAIN");
        rule(
                "hidden",
                "DO $body$ BEGIN PERFORM set_config('stress.tenant', '<n>', false); END $body$",
                "DO LANGUAGE plpgsql 'BEGIN EXECUTE ''SET jit = off''; END'",
                "SELECT stress_hide('SET jit = off')",
                "SELECT stress_hide('SET stress.tenant = 7')",
                "SELECT stress_hide('CREATE TEMP TABLE basket9 (i int)')",
                "SELECT stress_hide('LISTEN news9')",
                "SELECT stress_hide('PREPARE plan9 AS SELECT 1')",
                "SELECT setseed(0.42)");
        rule(
                "harmless",
                "SELECT 1",
                "SELECT count(*) FROM stress_counter",
                "VALUES (<n>)",
                "TABLE stress_row",
                "WITH w AS (SELECT <n> AS i) SELECT upper(i::text) FROM w",
                "EXPLAIN SELECT 1",
                "SHOW work_mem",
                "UPDATE stress_counter SET n = n + 1 WHERE id = <n>",
                "SELECT 'a;b', $$SET x$$, E'it\\'s', \"n\" FROM" + " stress_counter LIMIT 1");
        rule("failure", "SELECT 1 / 0", "SELEC 1", "SELECT * FROM nowhere", "SELECT 'x'::int");
        rule(
                "jdbc",
                "@autocommit",
                "@isolation <n>",
                "@readonly",
                "@schema",
                "@holdability",
                "@timeout",
                "@threshold",
                "@fetchsize",
                "@autosave",
                "@typemap",
                "@client",
                "@commit",
                "@rollback",
                "@savepoint",
                "@cursor",
                "@executions",
                "@batch",
                "@notifications",
                "@catalog");
        rule("n", "1", "2", "3", "4", "5", "6", "7", "8", "9");
    }

    private final Random random;

    Grammar(Random random) {
        this.random = random;
    }

    private static void rule(String name, String... alternatives) {
        RULES.put(name, alternatives);
    }

    /** One application's whole use of a connection. */
    List<String> program() {
        List<String> steps = new ArrayList<>();
        for (int left = 1 + random.nextInt(MOST_STEPS); left > 0; left--) {
            String step = expand("<step>");
            steps.add(step.startsWith("@") ? step : spelled(step));
        }
        return steps;
    }

    private String expand(String text) {
        StringBuilder expanded = new StringBuilder(text);
        for (int open = expanded.indexOf("<"); open >= 0; open = expanded.indexOf("<", open)) {
            int close = expanded.indexOf(">", open);
            String[] alternatives = RULES.get(expanded.substring(open + 1, close));
            expanded.replace(open, close + 1, alternatives[random.nextInt(alternatives.length)]);
        }
        return expanded.toString();
    }

    /** With other blanks and letters, but not inside quotes. */
    private String spelled(String sql) {
        if (random.nextBoolean()) {
            return sql;
        }
        boolean upper = random.nextBoolean();
        StringBuilder text = new StringBuilder();
        for (int at = 0; at < sql.length(); at++) {
            int end = endOfQuoted(sql, at);
            if (end > at) {
                text.append(sql, at, end);
                at = end - 1;
            } else if (sql.charAt(at) == ' ') {
                text.append(BLANKS[random.nextInt(BLANKS.length)]);
            } else {
                String one = sql.substring(at, at + 1);
                text.append(upper ? one.toUpperCase(Locale.ROOT) : one);
            }
        }
        return text.toString();
    }

    /** The end of what is quoted from here on; or here, if nothing is. */
    private static int endOfQuoted(String sql, int at) {
        char c = sql.charAt(at);
        if (c == '$') {
            int tag = sql.indexOf('$', at + 1);
            return tag < 0 || !sql.substring(at + 1, tag).matches("[a-z]*")
                    ? at
                    : sql.indexOf(sql.substring(at, tag + 1), tag + 1) + tag + 1 - at;
        }
        if (c != '\'' && c != '"') {
            return at;
        }
        int end = at + 1;
        while (sql.charAt(end) != c
                || end + 1 < sql.length() && sql.charAt(end + 1) == c
                || sql.charAt(end - 1) == '\\') {
            end += sql.charAt(end) == c && sql.charAt(end - 1) != '\\' ? 2 : 1;
        }
        return end + 1;
    }
}
