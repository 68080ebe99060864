package io.poolshim.programs;

import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Map;

/** Functions of the application's own, called or hidden, and what they leave in the session. */
final class Functions {
    private static final String TENANT = "SELECT current_setting('%s.tenant', true) IS NULL";

    private Functions() {}

    static void addTo(Map<String, TwinProgram> all) {
        all.put("functions.called", Functions::called);
        all.put("functions.of-sql-and-in-sql", Functions::inSql);
        all.put("functions.procedures", Functions::procedures);
        all.put("functions.that-remember", Functions::thatRemember);
        all.put("functions.replaced-meanwhile", Functions::replacedMeanwhile);
        all.put("functions.behind-tables-and-views", Functions::behindTablesAndViews);
        all.put("functions.behind-operators-and-domains", Functions::behindOperatorsAndDomains);
        all.put("functions.of-built-in-names", Functions::ofBuiltInNames);
        all.put("functions.with-now-as-a-literal", Functions::withNowAsALiteral);
        all.put("functions.that-use-temporary-tables", Functions::thatUseTemporaryTables);
    }

    private static String function(String signature, String body) {
        return "CREATE OR REPLACE FUNCTION " + signature + " LANGUAGE plpgsql AS $$ BEGIN " + body + " END $$";
    }

    private static String remember(String setting) {
        return "PERFORM set_config('" + setting + ".tenant', 'somebody', false);";
    }

    /** Whether the next session knows nothing of the tenant. */
    private static void isUnknown(Env env, String label, String setting) throws SQLException {
        env.print(label, env.query(String.format(TENANT, setting)));
    }

    static void called(Env env) throws Exception {
        env.setup(
                "CREATE TABLE function_log (id serial PRIMARY KEY, what text)",
                function(
                        "function_add(a int, b int) RETURNS int",
                        "INSERT INTO function_log (what) VALUES (a || '+' || b); SET work_mem = '3MB';"
                                + " PERFORM pg_advisory_lock(a); PERFORM set_config('search_path', 'pg_catalog', false);"
                                + " RETURN a + b;"));
        for (int i = 0; i < 4; i++) {
            try (Connection c = env.connect();
                    CallableStatement call = c.prepareCall("{? = call function_add(?, ?)}")) {
                env.print("before", env.query(c, "SELECT current_setting('work_mem'), current_schema()"));
                env.show("last", () -> env.query(c, "SELECT lastval()"));
                call.registerOutParameter(1, Types.INTEGER);
                call.setInt(2, i);
                call.setInt(3, 1);
                call.execute();
                env.print("sum", call.getInt(1));
                env.print("after", env.query(c, "SELECT current_setting('work_mem'), current_schema()"));
                env.print("last", env.query(c, "SELECT lastval() > 0"));
            }
        }
    }

    static void inSql(Env env) throws Exception {
        env.setup(
                "CREATE FUNCTION function_twice(a int) RETURNS int LANGUAGE sql AS 'SELECT 2 * a'",
                "CREATE FUNCTION function_four_times(a int) RETURNS int LANGUAGE sql"
                        + " RETURN function_twice(function_twice(a))",
                "CREATE FUNCTION function_mark(a int) RETURNS text LANGUAGE sql"
                        + " AS $$ SELECT set_config('fn_sql.tenant', a::text, false) $$");
        for (int i = 0; i < 3; i++) {
            env.print("four times", env.query("SELECT function_four_times(" + i + ")"));
            env.print("marked", env.query("SELECT function_mark(" + i + ")"));
            isUnknown(env, "unknown", "fn_sql");
        }
    }

    static void procedures(Env env) throws Exception {
        env.setup(
                "CREATE TABLE function_steps (step int)",
                "CREATE PROCEDURE function_step(s int) LANGUAGE plpgsql AS"
                        + " 'BEGIN INSERT INTO function_steps VALUES (s); COMMIT; SET SESSION work_mem = ''5MB''; END'");
        for (int i = 0; i < 3; i++) {
            try (Connection c = env.connect();
                    PreparedStatement call = c.prepareStatement("CALL function_step(?)")) {
                call.setInt(1, i);
                env.attempt("call", call::execute);
                env.print("rows", env.query(c, "SELECT count(*) FROM function_steps"));
                env.print("mine", env.query(c, "SHOW work_mem"));
            }
            env.print("next", env.query("SHOW work_mem"));
        }
    }

    static void thatRemember(Env env) throws Exception {
        env.setup(
                function("function_direct() RETURNS void", remember("fn_direct")),
                function("function_inner() RETURNS void", remember("fn_outer")),
                function("function_outer() RETURNS void", "PERFORM function_inner();"),
                function("function_dynamic() RETURNS void", "EXECUTE 'SET fn_dynamic.tenant = 7';"));
        for (String name : new String[] {"direct", "outer", "dynamic"}) {
            for (int i = 0; i < 3; i++) {
                env.query("SELECT function_" + name + "()");
                isUnknown(env, name, "fn_" + name);
            }
        }
    }

    static void replacedMeanwhile(Env env) throws Exception {
        env.setup(function("function_changing() RETURNS int", "RETURN 1;"));
        for (int i = 0; i < 3; i++) {
            env.print("harmless", env.query("SELECT function_changing()"));
        }
        env.outside(function("function_changing() RETURNS int", remember("fn_changing") + " RETURN 2;"));
        for (int i = 0; i < 3; i++) {
            env.print("replaced", env.query("SELECT function_changing()"));
            isUnknown(env, "unknown", "fn_changing");
        }
        env.outside(function("function_changing() RETURNS int", "RETURN 3;"));
        env.print("replaced again", env.query("SELECT function_changing()"));
        env.outside("DROP FUNCTION function_changing()");
        env.show("dropped", () -> env.query("SELECT function_changing()"));
        env.print("alive", env.query("SELECT 1"));
    }

    static void behindTablesAndViews(Env env) throws Exception {
        env.setup(
                "CREATE TABLE fn_triggered (id int)",
                function("fn_on_insert() RETURNS trigger", remember("fn_trigger") + " RETURN NEW;"),
                "CREATE TRIGGER remember BEFORE INSERT ON fn_triggered FOR EACH ROW EXECUTE FUNCTION fn_on_insert()",
                "CREATE TABLE fn_parent (id int PRIMARY KEY)",
                "CREATE TABLE fn_child (id int REFERENCES fn_parent ON DELETE CASCADE)",
                function("fn_on_delete() RETURNS trigger", remember("fn_cascade") + " RETURN OLD;"),
                "CREATE TRIGGER remember BEFORE DELETE ON fn_child FOR EACH ROW EXECUTE FUNCTION fn_on_delete()",
                "CREATE TABLE fn_parted (id int) PARTITION BY RANGE (id)",
                "CREATE TABLE fn_part PARTITION OF fn_parted FOR VALUES FROM (0) TO (99)",
                function("fn_on_part() RETURNS trigger", remember("fn_part") + " RETURN NEW;"),
                "CREATE TRIGGER remember BEFORE INSERT ON fn_part FOR EACH ROW EXECUTE FUNCTION fn_on_part()",
                "CREATE VIEW fn_view AS SELECT set_config('fn_view.tenant', 'x', false) AS s",
                "CREATE VIEW fn_view_of_view AS SELECT * FROM fn_view",
                "CREATE TABLE fn_defaulted (id int, s text DEFAULT set_config('fn_default.tenant', 'x', false))",
                "CREATE TABLE fn_checked (id int CHECK (set_config('fn_check.tenant', 'x', false) IS NOT NULL))",
                "CREATE TABLE fn_ruled (id int)",
                "CREATE RULE remember AS ON INSERT TO fn_ruled DO ALSO SELECT set_config('fn_rule.tenant', 'x', false)",
                "CREATE TABLE \"fn Policed\" (id int)",
                "ALTER TABLE \"fn Policed\" ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY",
                "CREATE POLICY remember ON \"fn Policed\""
                        + " USING (set_config('fn_policy.tenant', id::text, false) IS NOT NULL) WITH CHECK (true)",
                "INSERT INTO \"fn Policed\" VALUES (1)",
                "CREATE TABLE fn_harmless (id int)",
                function("fn_stamp() RETURNS trigger", "NEW.id := NEW.id + 1; SET work_mem = '2MB'; RETURN NEW;"),
                "CREATE TRIGGER stamp BEFORE INSERT ON fn_harmless FOR EACH ROW EXECUTE FUNCTION fn_stamp()");
        hidden(env, "fn_trigger", "INSERT INTO fn_triggered VALUES (1)");
        hidden(
                env,
                "fn_cascade",
                "INSERT INTO fn_parent VALUES (1)",
                "INSERT INTO fn_child VALUES (1)",
                "DELETE FROM fn_parent");
        hidden(env, "fn_part", "INSERT INTO fn_parted VALUES (1)");
        hidden(env, "fn_view", "SELECT * FROM fn_view_of_view");
        hidden(env, "fn_default", "INSERT INTO fn_defaulted (id) VALUES (1)");
        hidden(env, "fn_check", "INSERT INTO fn_checked VALUES (1)");
        hidden(env, "fn_rule", "INSERT INTO fn_ruled VALUES (1)");
        hidden(env, "fn_policy", "SELECT * FROM \"fn Policed\"");
        hidden(env, "fn_none", "INSERT INTO fn_harmless VALUES (1)", "SHOW work_mem");
    }

    private static void hidden(Env env, String setting, String... statements) throws SQLException {
        for (int i = 0; i < 2; i++) {
            env.setup(statements);
            isUnknown(env, setting, setting);
        }
        env.print("work_mem", env.query("SHOW work_mem"));
    }

    static void behindOperatorsAndDomains(Env env) throws Exception {
        env.setup(
                function("fn_compare(a int, b text) RETURNS boolean", remember("fn_operator") + " RETURN true;"),
                "CREATE OPERATOR <=> (LEFTARG = int, RIGHTARG = text, FUNCTION = fn_compare)",
                "CREATE DOMAIN fn_domain AS int CHECK (set_config('fn_domain.tenant', 'x', false) IS NOT NULL)",
                "CREATE TABLE fn_typed (id fn_domain)");
        hidden(env, "fn_operator", "SELECT 1 <=> 'x'::text");
        hidden(env, "fn_domain", "INSERT INTO fn_typed VALUES (1)");
        env.setup("DROP OPERATOR <=> (int, text)", "DROP TABLE fn_typed", "DROP DOMAIN fn_domain");
        env.print("alive", env.query("SELECT 1"));
    }

    /** In a schema that comes first, or with parameters that suit better. */
    static void ofBuiltInNames(Env env) throws Exception {
        env.setup(function("upper(a int) RETURNS text", remember("fn_upper") + " RETURN a::text;"));
        hidden(env, "fn_upper", "SELECT upper(7)");
        env.print("the built-in one", env.query("SELECT upper('x')"));
        env.setup("DROP FUNCTION upper(int)");
    }

    /** Evaluated once for each session, that is, when the function's plan is made. */
    static void withNowAsALiteral(Env env) throws Exception {
        env.setup(
                "CREATE TABLE fn_stamped (id int, at timestamptz)",
                function("fn_set_time() RETURNS trigger", "NEW.at := 'now'; RETURN NEW;"),
                "CREATE TRIGGER stamp BEFORE INSERT ON fn_stamped FOR EACH ROW EXECUTE FUNCTION fn_set_time()");
        for (int i = 0; i < 4; i++) {
            try (Connection c = env.connect();
                    PreparedStatement insert =
                            c.prepareStatement("INSERT INTO fn_stamped VALUES (?) RETURNING at = now()")) {
                insert.setInt(1, i);
                try (ResultSet row = insert.executeQuery()) {
                    env.print("stamped with the time", Env.text(row));
                }
            }
        }
    }

    static void thatUseTemporaryTables(Env env) throws Exception {
        env.setup(
                function(
                        "function_basket() RETURNS bigint",
                        "CREATE TEMP TABLE basket (i int); INSERT INTO basket VALUES (1); RETURN (SELECT count(*) FROM basket);"));
        for (int i = 0; i < 3; i++) {
            try (Connection c = env.connect()) {
                env.show("basket", () -> env.query(c, "SELECT function_basket()"));
                env.show("again", () -> env.query(c, "SELECT function_basket()"));
            }
            try (Connection c = env.connect()) {
                String sql = "SET temp_buffers = " + (200 + i);
                env.attempt("buffers", () -> env.execute(c, sql));
                env.print("path", env.query(c, "SELECT current_schemas(true)"));
            }
        }
    }
}
