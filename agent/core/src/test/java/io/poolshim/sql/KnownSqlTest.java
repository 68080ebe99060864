package io.poolshim.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.poolshim.config.Config;
import java.util.Collections;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KnownSqlTest {
    private final KnownSql known = known(null);

    private static KnownSql known(String settings) {
        return new KnownSql(Config.read(new Properties(), Collections.emptyMap(), settings), true);
    }

    private boolean isOpaque(String sql) {
        return known.verdict(sql).isOpaque();
    }

    @Test
    void customisedSettings_areAcceptedIfThatIsWanted() {
        KnownSql accepting = known("session.custom-settings=reset");
        for (String sql : new String[] {
            "SET my.tenant = 'a'",
            "SET LOCAL \"My.Tenant\" = 'a'",
            "RESET my.tenant",
            "SELECT set_config('a.b', 'c', false)",
            "SELECT set_config(?, ?, false)"
        }) {
            assertFalse(accepting.verdict(sql).isOpaque(), sql);
        }
        for (String sql : new String[] {
            "SET SEED = 0.5",
            "SELECT set_config('a.b', remember(1), false)",
            "SELECT app.set_config('a.b', 'c', false)",
            "SELECT set_config('standard_conforming_strings', 'off', false)"
        }) {
            assertTrue(accepting.verdict(sql).isOpaque(), sql);
        }
    }

    @Test
    void setConfig_isHarmlessForASettingOfTheServer() {
        assertFalse(isOpaque("SELECT set_config('work_mem', '2MB', false)"));
        assertFalse(isOpaque("SELECT set_config('work_mem'::text, '2MB'::text, false)"));
        assertTrue(isOpaque("SELECT set_config('a.b'::text, '2MB'::text, false)"));
        assertTrue(isOpaque("SELECT set_config('', '', false)"));
        assertFalse(isOpaque("select pg_catalog.SET_CONFIG ( 'jit' , 'off', true)"));
        assertTrue(isOpaque("SELECT set_config('standard_conforming_strings', 'off', false)"));
        assertTrue(isOpaque("SELECT set_config('SEED', '0.5', false)"));
        assertTrue(isOpaque("SELECT set_config(name, setting, false) FROM v"));
        assertTrue(isOpaque("SELECT set_config('a' || '.b', 'c', false)"));
        assertTrue(isOpaque("SELECT set_config(E'a\\056b', 'c', false)"));
        assertTrue(isOpaque("SELECT app.set_config('work_mem', 'c', false)"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SET my.tenant = 'a'",
                "set local \"my\".tenant to 'a'",
                "SET SESSION my.tenant = 'a'",
                "SELECT set_config('a.b', 'c', false)",
                "SELECT pg_catalog.set_config('a.b', 'c', false)",
                "select setseed(0.5)",
                "SET SEED TO 0.5",
                "SET \"Seed\" TO 0.5",
                "SET SESSION \"Standard_Conforming_Strings\" TO off",
                "SET SESSION SEED = 0.5",
                "SET standard_conforming_strings = off",
                "LOAD 'auto_explain'",
                "DO $$ BEGIN NULL; END $$",
                "do language plperl $x$ ... $x$",
                "DO 'BEGIN NULL; END'",
                "SELECT remember('x')",
                "SELECT app.lower('x')",
                "select * from audit_log($1) as result",
                "CALL archive(1)",
                "SELECT dblink_connect('x')",
                "CREATE FOREIGN TABLE t (a int) SERVER s",
                "IMPORT FOREIGN SCHEMA x FROM SERVER s INTO y",
                "CREATE EXTENSION hstore",
                "SELECT 1 /* '*/; SELECT remember(1)",
                "SELECT $$ ' $$ || remember(1)",
                "SELECT E'\\' || ' || remember(1) || '",
                "SELECT query_to_xml('select 1', true, true, '')",
                "SELECT table_to_xml('a_view', true, true, '')",
                "SET \"my.tenant\" = 'a'",
                "SET LOCAL \"My.Tenant\" = 'a'",
                "SET SESSION \"my.tenant\" = 'a'",
                "RESET my.tenant",
                "RESET \"my.tenant\"",
                "DELETE FROM t USING remember(1) r WHERE c = r",
                "MERGE INTO t USING app.remember(1) r ON c = r WHEN MATCHED THEN DELETE",
                "ALTER TABLE t ALTER COLUMN c TYPE int USING remember(c)",
                "SELECT \"3d\"(1)",
                "SELECT \" \"(1)",
                "SELECT \"Lower\"('x')",
                "SELECT \"a\"\"b\"(1)",
                "DO U&'BEGIN NULL; END'",
                "DO E'BEGIN NULL; END'",
                "load u&'auto_explain'",
                "SELECT 1 -- c\r, remember(7)",
                "SELECT 1 -- c\n, remember(7)",
                "SELECT remember /* c */ -- c\n (1)",
                "SELECT app . remember (1)",
                "SELECT db.app.remember(1)",
                "SELECT * FROM ROWS FROM (remember(1))",
                "SELECT * FROM t, LATERAL remember(1)",
                "CREATE TABLE t (c int DEFAULT remember(1))",
                "CREATE INDEX i ON t USING btree (remember(c))",
                "SELECT u&\"remember\"(1)",
                "SELECT pg_backup_start('x')",
                "SELECT pg_create_physical_replication_slot('s', false, true)",
                "SELECT 1; SET my.tenant = 'a'"
            })
    void isOpaque_whatNoResetUndoes(String sql) {
        assertTrue(isOpaque(sql), sql);
        assertTrue(isOpaque(sql), "the same again, from the cache");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TEMP TABLE t (i int)",
                "create or replace temporary view v as select 1",
                "CREATE LOCAL TEMPORARY TABLE t (i int)",
                "SELECT 1 INTO TEMP t",
                "SELECT 1 INTO TEMPORARY TABLE t",
                "CREATE TABLE pg_temp.t (i int)"
            })
    void leavesTemporary_whatMakesSomething(String sql) {
        assertTrue(known.verdict(sql).leavesTemporary(), sql);
        assertTrue(known.verdict(sql).isShared(), sql);
        assertFalse(known.verdict(sql).looksForTemporary(), sql);
    }

    @Test
    void leavesTemporary_notWhatOnlyIsCalledSo() {
        assertFalse(known.verdict("SELECT temp, temporary FROM temperature WHERE temp = 1")
                .leavesTemporary());
    }

    @Test
    void temporary_isLookedForOnceThatWasSeen() {
        for (String sql : new String[] {
            "SELECT 1", "SHOW search_path", "SELECT set_config('jit', 'off', false), set_config('a.b', '', false)"
        }) {
            assertFalse(known.verdict(sql).looksForTemporary(), sql);
        }
        assertFalse(known.isTemporaryLookedFor());
        for (String sql : new String[] {
            "SET temp_buffers = '2MB'",
            "SELECT set_config('temp_buffers', '2MB', false)",
            "SELECT pg_my_temp_schema()",
            "SELECT nspname = (pg_catalog.current_schemas(true))[1] FROM pg_namespace"
        }) {
            assertTrue(known.verdict(sql).looksForTemporary(), sql);
        }
        assertTrue(known.isTemporaryLookedFor());
    }

    @Test
    void catalogue_isChangedByWhatMayHideSomething() {
        for (String sql : new String[] {
            "CREATE TRIGGER t BEFORE INSERT ON u EXECUTE FUNCTION f()",
            "SELECT 1; create or replace function f() returns int language sql as 'select 1'",
            "CREATE TABLE t (i int DEFAULT f())",
            "ALTER TABLE t ENABLE TRIGGER u",
            "DROP FUNCTION f()"
        }) {
            assertTrue(known.verdict(sql).changesCatalogue(), sql);
        }
        for (String sql : new String[] {
            "CREATE TEMP TABLE t (i int)",
            "CREATE LOCAL TEMPORARY TABLE t (i int)",
            "DROP TABLE t",
            "ALTER ROLE r PASSWORD 'x'",
            "CREATE DATABASE d",
            "SELECT alter, create FROM drop"
        }) {
            assertFalse(known.verdict(sql).changesCatalogue(), sql);
        }
    }

    @Test
    void shared_isWhatOthersMayWaitFor() {
        for (String sql :
                new String[] {"SELECT pg_advisory_lock(1)", "LOCK TABLE t", "LISTEN news", "DO 'BEGIN END'"}) {
            assertTrue(known.verdict(sql).isShared(), sql);
        }
        for (String sql : new String[] {"SELECT 1; UPDATE t SET x = 1", "SET x = 1", "BEGIN", "(SELECT 1)"}) {
            assertFalse(known.verdict(sql).isShared(), sql);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT id, lower(name) FROM orders WHERE id IN (1, 2) AND EXISTS (SELECT 1)",
                "INSERT INTO app.orders (id, name) VALUES (nextval('s'), ?) ON CONFLICT (id) DO NOTHING",
                "insert into orders(id) values (1) on conflict (id) do update set name = 'load'",
                "CREATE TEMP TABLE IF NOT EXISTS t (id int PRIMARY KEY, n numeric(10,2), FOREIGN KEY (id) REFERENCES u (id))",
                "SELECT 'remember(1)', 'set_config' FROM t -- remember(1)",
                "SELECT $tag$ remember(1) $tag$",
                "WITH x (a) AS (SELECT 1) SELECT count(*) OVER (PARTITION BY a) FROM x",
                "SET search_path = app, public",
                "SET SESSION AUTHORIZATION app",
                "SELECT pg_catalog.now(), current_setting('my.tenant', true)",
                "SELECT server, extension FROM load WHERE \"do\" = $1",
                "UPDATE orders SET name = upper(name) WHERE id = ANY (?)",
                "",
                "SELECT",
                "SELECT 'never ends remember(1)",
                "SELECT /* never ends remember(1)",
                "SELECT $1, $2 FROM t WHERE a$b$c = 1",
                "SELECT * FROM a JOIN b USING (id) ORDER BY lower(name)",
                "CREATE INDEX i ON t USING btree (lower(name))",
                "RESET ALL",
                "SET TIME ZONE 'UTC'",
                "SET LOCAL statement_timeout = 5",
                "SELECT pg_advisory_lock(1), nextval('s'), currval('s')",
                "SELECT 'it''s', E'it\\'s', \"a\"\"b\", U&'\\0041'",
                "COPY orders (id, name) FROM STDIN",
                "INSERT INTO \"Orders\" (\"Id\") VALUES (1) RETURNING \"Id\""
            })
    void isOpaque_notWhatIsKnownToBeHarmless(String sql) {
        assertFalse(isOpaque(sql), sql);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SET statement_timeout = 5",
                "SET SESSION \"lock_timeout\" TO '5s'",
                "SELECT set_config('statement_timeout', '5', false)",
                "SELECT set_config(?, ?, false)",
                "UPDATE pg_settings SET setting = ? WHERE name = ?"
            })
    void timeout_isToShowBeforeTheNextBorrower(String sql) {
        assertEquals("SELECT 1", known.proof(known.verdict(sql)));
        assertTrue(known.verdict(sql).isShared());
    }

    @ParameterizedTest
    @ValueSource(strings = {"SET work_mem = '3MB'", "UPDATE jobs SET statement_timeout = 5", "SHOW statement_timeout"})
    void noTimeout_needsNoProof(String sql) {
        assertNull(known.proof(known.verdict(sql)));
        assertFalse(known.verdict(sql).isShared());
    }
}
