package io.poolshim.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogueReaderTest {
    private final List<String[]> rows = new ArrayList<>();
    private int number = 16384;

    private void row(String... values) {
        String[] row = new String[7];
        System.arraycopy(values, 0, row, 0, values.length);
        rows.add(row);
    }

    private void function(String name, String body) {
        row("function", name, "plpgsql", body, null, null, number++ + ".7");
    }

    private Catalogue catalogue() {
        return CatalogueReader.read(rows, false);
    }

    private boolean isHarmless(String function) {
        return (catalogue().flagsOfCall(function) & SqlVerdict.OPAQUE) == 0;
    }

    private SqlVerdict verdict(String sql) {
        return new SqlScan(sql, false, catalogue()).verdict();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "BEGIN RETURN x + 1; END",
                "DECLARE n numeric(10,2) := abs(x); BEGIN IF (n > 3) THEN RETURN (n); ELSIF (n < 2) THEN NULL; END IF;"
                        + " WHILE (n > 1) LOOP n := n - 1; END LOOP; RETURN NEXT (n); END",
                "BEGIN INSERT INTO log (at, what) VALUES (now(), x) ON CONFLICT (at) DO NOTHING; RETURN NEW; END",
                "DECLARE c CURSOR (p int) FOR SELECT 1; r record; BEGIN FOR r IN SELECT * FROM t LOOP"
                        + " RAISE NOTICE 'x %', r.a; END LOOP; EXCEPTION WHEN (unique_violation) THEN NULL; END",
                "BEGIN CREATE TEMP TABLE basket (i int); DROP TABLE IF EXISTS basket; PERFORM pg_advisory_lock(1);"
                        + " SET LOCAL work_mem = '1MB'; PERFORM set_config('jit', 'off', false); RETURN QUERY (SELECT 1); END",
                "SELECT 'EXECUTE ' || $1 -- EXECUTE\n"
            })
    void harmless_isWhatAResetUndoes(String body) {
        function("f", body);
        assertTrue(isHarmless("f"), body);
        assertFalse(verdict("SELECT f(1)").isOpaque());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "BEGIN PERFORM set_config('app.user', x, false); END",
                "BEGIN SET LOCAL app.user = 'x'; END",
                "BEGIN EXECUTE x; END",
                "BEGIN EXECUTE format('SELECT %I', x); END",
                "BEGIN PERFORM setseed(0.5); END",
                "BEGIN LOAD 'x'; END",
                "BEGIN PERFORM dblink_exec(x); END",
                "BEGIN CREATE TABLE t (i int); END",
                "BEGIN CREATE OR REPLACE FUNCTION g() RETURNS void LANGUAGE sql AS ''; END",
                "BEGIN ALTER TABLE t ENABLE TRIGGER x; END",
                "BEGIN DROP FUNCTION g(); END",
                "BEGIN PERFORM unheard_of(1); END",
                "BEGIN DO 'BEGIN NULL; END'; END",
                "SELECT * FROM query_to_xml('SELECT 1', true, true, '')"
            })
    void opaque_isWhatNoResetUndoes(String body) {
        function("f", body);
        assertFalse(isHarmless("f"), body);
        assertTrue(verdict("SELECT f(1)").isOpaque());
    }

    @Test
    void function_isAsHarmlessAsWhateverItCallsOrTouches() {
        function("outer", "BEGIN RETURN inner(1); END");
        function("inner", "BEGIN RETURN innermost(1); END");
        function("innermost", "BEGIN INSERT INTO audited VALUES (1); END");
        assertTrue(isHarmless("outer"));
        row("trigger", "audited", "remember");
        function("remember", "BEGIN PERFORM set_config('app.seen', 'x', false); RETURN NEW; END");
        assertFalse(isHarmless("outer"));
    }

    @Test
    void functions_ofOneNameAreOne() {
        function("f", "BEGIN NULL; END");
        function("f", "BEGIN EXECUTE 'x'; END");
        assertFalse(isHarmless("f"));
    }

    @Test
    void languages_areBelievedOnlyIfTheyCanBeRead() {
        row("function", "in_c", "c", null, null, null, "16400.1");
        row("function", "of_hstore", "c", null, "hstore", null, "16401.1");
        row("function", "of_another", "c", null, "another", null, "16402.1");
        row("function", "in_perl", "plperl", null, null, null, "16403.1");
        row("function", "with_setting", "sql", "SELECT 1", null, "search_path=x app.user=y", "16404.1");
        row("function", "with_path", "sql", "SELECT 1", null, "search_path=x", "16405.1");
        row("function", "total", "aggregate", null, null, null, "16406.1");
        row("aggregate", "total", "in_perl");
        assertFalse(isHarmless("in_c"));
        assertTrue(isHarmless("of_hstore"));
        assertFalse(isHarmless("of_another"));
        assertFalse(isHarmless("in_perl"));
        assertFalse(isHarmless("with_setting"));
        assertTrue(isHarmless("with_path"));
        assertFalse(isHarmless("total"));
    }

    @Test
    void tablesAndViews_hideWhatTheyLeadTo() {
        function("remember", "BEGIN PERFORM set_config('app.seen', 'x', false); RETURN NEW; END");
        function("stamp", "BEGIN NEW.at := now(); RETURN NEW; END");
        row("trigger", "audited", "remember");
        row("trigger", "stamped", "stamp");
        row("part", "parent", "audited");
        row("text", "on_parent", "SELECT id FROM parent");
        row("expression", "seeded", "setseed(0.5)");
        row("expression", "Tenants", "(tenant = current_setting('app.tenant', true))");
        row("foreign", "elsewhere");
        for (String sql : new String[] {
            "INSERT INTO audited VALUES (1)",
            "DELETE FROM app.parent",
            "SELECT * FROM \"on_parent\"",
            "INSERT INTO seeded DEFAULT VALUES",
            "SELECT 1 FROM elsewhere",
            "SELECT 1 FROM U&\"\\0065lsewhere\""
        }) {
            assertTrue(verdict(sql).isOpaque(), sql);
        }
        assertFalse(
                verdict("INSERT INTO stamped SELECT * FROM \"Tenants\", plain").isOpaque());
        assertFalse(catalogue().hidesNothing());
    }

    @Test
    void nameOfABuiltInFunction_meansBothIfThereIsAnother() {
        assertFalse(verdict("SELECT lower('x')").isOpaque());
        function("lower", "BEGIN EXECUTE 'x'; END");
        assertTrue(verdict("SELECT lower('x')").isOpaque());
        assertFalse(verdict("SELECT pg_catalog.lower('x')").isOpaque());
        function("f", "BEGIN RETURN lower(x); END");
        assertTrue(verdict("SELECT f('x')").isOpaque());
    }

    @Test
    void operatorsAndDomains_hideEverywhere() {
        row("domain", "positive", "(VALUE > 0)");
        function("plus", "SELECT $1 + $2");
        row("operator", "+", "plus");
        assertFalse(verdict("SELECT 1").isOpaque());
        row("domain", "seen", "(set_config('app.seen', VALUE, false) IS NOT NULL)");
        assertTrue(verdict("SELECT 1").isOpaque());
    }

    @Test
    void temporaryTables_areThoseOfWhoeverCallsTheFunction() {
        function("basket", "BEGIN CREATE TEMP TABLE basket (i int); END");
        function("fill", "BEGIN PERFORM basket(); END");
        function("look", "BEGIN RETURN pg_my_temp_schema(); END");
        row("trigger", "looked", "look");
        row("expression", "filled", "fill()");
        assertTrue(verdict("SELECT fill()").leavesTemporary());
        assertTrue(verdict("SELECT * FROM filled").leavesTemporary());
        assertTrue(verdict("SELECT * FROM looked").looksForTemporary());
        assertFalse(verdict("SELECT fill()").isOpaque());
        assertFalse(verdict("SELECT fill()").looksForTemporary());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM item WHERE id = $1",
                "INSERT INTO numbered (n) VALUES ($1)",
                "WITH gone AS (DELETE FROM item RETURNING *) SELECT count(*), upper('x') FROM gone",
                "BEGIN; UPDATE item SET n = n + 1; SAVEPOINT s; ROLLBACK",
                "SELECT * FROM seen FOR UPDATE",
                "COMMIT",
                ""
            })
    void clean_isWhatLeavesNothing(String sql) {
        row("text", "seen", "SELECT id FROM item");
        row("expression", "numbered", "nextval('numbered_id_seq'::regclass)");
        assertTrue(verdict(sql).isClean(), sql);
        assertEquals(sql.contains("numbered"), verdict(sql).usesSequences(), sql);
        assertFalse(new SqlScan(sql, false, null).verdict().isClean(), "not without a catalogue");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SET work_mem = '1MB'",
                "SELECT 1; SET LOCAL work_mem = '1MB'",
                "SELECT set_config('work_mem', '1MB', false)",
                "SELECT pg_advisory_lock(1)",
                "LISTEN news",
                "DECLARE c CURSOR WITH HOLD FOR SELECT 1",
                "CREATE TABLE t (i int)",
                "CREATE TEMP TABLE t (i int)",
                "SELECT 1 INTO TEMP t",
                "PREPARE p AS SELECT 1",
                "EXECUTE p",
                "SELECT count(*) FROM pg_prepared_statements",
                "UPDATE pg_settings SET setting = '1MB' WHERE name = 'work_mem'",
                "EXPLAIN SELECT 1",
                "SELECT f(1)",
                "INSERT INTO stamped VALUES (1)",
                "INSERT INTO ruled VALUES (1)"
            })
    void clean_isNotWhatAResetUndoes(String sql) {
        function("f", "SELECT 1");
        row("trigger", "stamped", "f");
        row("rule", "ruled", "r AS ON INSERT TO ruled DO ALSO SELECT 1");
        assertFalse(verdict(sql).isClean(), sql);
    }

    @Test
    void timeless_isWhatMeansTheSameLater() {
        for (String sql :
                new String[] {"SELECT 1", "SELECT * FROM t WHERE state = 'open' AND at < $1 AND day = '2026-01-31'"}) {
            assertTrue(verdict(sql).isTimeless(), sql);
        }
        for (String sql : new String[] {
            "SELECT 'now'::timestamptz",
            "SELECT E'\\156ow'::timestamptz",
            "SELECT 'to'\n'day'::date",
            "SELECT DATE ' Today '",
            "SELECT '10:00 Europe/Berlin'::timetz",
            "SELECT 't'::regclass"
        }) {
            assertFalse(verdict(sql).isTimeless(), sql);
        }
    }

    @Test
    void proof_namesWhateverIsCalled() {
        row("function", "It's", "sql", "SELECT called()", null, null, "20000.5");
        row("function", "called", "sql", "SELECT 1", null, null, "9999999.7");
        row("function", "called", "sql", "SELECT 2", null, null, "16385.6");
        assertEquals(
                "SELECT 1 / (CASE WHEN (SELECT pg_catalog.string_agg(p.oid::text || '.' || p.xmin::text, ',' ORDER BY"
                        + " p.oid) FROM pg_catalog.pg_proc p WHERE p.oid >= 16384 AND p.proname IN ('It''s','called')) ="
                        + " '16385.6,20000.5,9999999.7' THEN 1 ELSE 0 END)",
                catalogue().proof(Collections.singleton("_It's")));
    }

    @Test
    void saysTheSame_untilAFunctionOrWhatTablesHideChanges() {
        function("f", "SELECT 1");
        Catalogue before = catalogue();
        row("text", "plain", "SELECT 1");
        assertTrue(catalogue().saysTheSame(before));
        row("foreign", "elsewhere");
        assertFalse(catalogue().saysTheSame(before));
        rows.remove(rows.size() - 1);
        function("g", "SELECT 1");
        assertFalse(catalogue().saysTheSame(before));
    }
}
