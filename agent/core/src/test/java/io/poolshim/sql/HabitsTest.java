package io.poolshim.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HabitsTest {
    private final Habits habits = new Habits();

    private void show(String sql, Habit... expected) {
        Set<Habit> all = EnumSet.noneOf(Habit.class);
        for (Habit habit : expected) {
            all.add(habit);
        }
        assertEquals(all, habits.of(sql), sql);
    }

    @Test
    void plainStatements_showNone() {
        show("SELECT a, count(*) FROM t WHERE b = 'SET x = 1; LISTEN y' GROUP BY a");
        show("UPDATE t SET role = 1");
        show("INSERT INTO t (listen) VALUES (?) RETURNING id");
        show("BEGIN; SELECT 1; COMMIT");
        show("SELECT pg_advisory_xact_lock(1)");
        show("SELECT pg_advisory_unlock(1)");
    }

    @Test
    void settings_areToldFromThoseOfTheTransaction() {
        show("SET search_path = a", Habit.SETTING);
        show("SET SESSION statement_timeout = 1", Habit.SETTING);
        show("SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY", Habit.SETTING);
        show("SELECT set_config('work_mem', '1MB', false)", Habit.SETTING);
        show("SET LOCAL search_path = a");
        show("SET TRANSACTION READ ONLY");
        show("SET CONSTRAINTS ALL DEFERRED");
    }

    @Test
    void customisedSettings_areToldFromOthers() {
        show("SET app.tenant = 'x'", Habit.CUSTOM_SETTING);
        show("SET LOCAL app.tenant = 'x'", Habit.CUSTOM_SETTING);
        show("SELECT set_config('app.tenant', ?, false)", Habit.CUSTOM_SETTING);
        show("SET a.b = 1; SET work_mem = 1", Habit.CUSTOM_SETTING, Habit.SETTING);
    }

    @Test
    void roles_areToldFromSettings() {
        show("SET ROLE reader", Habit.ROLE);
        show("set session authorization x", Habit.ROLE);
    }

    @Test
    void whatStaysInASession_isTold() {
        show("CREATE TEMP TABLE t (id int)", Habit.TEMPORARY);
        show("SELECT pg_advisory_lock(1)", Habit.ADVISORY_LOCK);
        show("SELECT pg_try_advisory_lock_shared(1)", Habit.ADVISORY_LOCK);
        show("listen News", Habit.LISTEN);
        show("PREPARE p AS SELECT 1", Habit.PREPARED);
        show("PREPARE TRANSACTION 'x'");
        show("DECLARE c NO SCROLL CURSOR WITH HOLD FOR SELECT 1", Habit.HELD_CURSOR);
        show("DECLARE c CURSOR FOR SELECT 1");
        show("COPY t FROM STDIN", Habit.COPY);
        show("COPY (SELECT 1) TO STDOUT", Habit.COPY);
    }

    @Test
    void whatNoResetUndoes_isTold() {
        show("DO $$ BEGIN NULL; END $$", Habit.UNKNOWN);
        show("SELECT setseed(0.5)", Habit.UNKNOWN);
        show("LOAD 'auto_explain'", Habit.UNKNOWN);
    }

    @Test
    void functionsOfTheApplicationsOwn_areForTheCatalogue() {
        show("SELECT my_function(1), lower('x')", Habit.FUNCTION);
    }

    @Test
    void text_isReadOnce() {
        String sql = "SET ROLE a";
        assertSame(habits.of(sql), habits.of(sql));
    }
}
