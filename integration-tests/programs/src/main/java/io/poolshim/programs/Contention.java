package io.poolshim.programs;

import java.sql.Connection;
import java.util.Map;

/** Transactions that are in each other's way. */
final class Contention {
    private Contention() {}

    static void addTo(Map<String, TwinProgram> all) {
        all.put("transactions.deadlock", Contention::deadlock);
        all.put("transactions.lock-time-out", Contention::lockTimeout);
        all.put("transactions.row-lock-not-waited-for", Contention::rowLockNotWaitedFor);
        all.put("transactions.idle-too-long", Contention::idleTooLong);
        all.put("transactions.advisory-lock-of-a-transaction", Contention::advisoryLockOfATransaction);
        all.put("transactions.ddl", Contention::ddl);
        all.put("transactions.commit-fails", Contention::commitFails);
    }

    /** Only the second looks for deadlocks, so it is the one that is chosen. */
    static void deadlock(Env env) throws Exception {
        env.setup("CREATE TABLE dead (id int)", "INSERT INTO dead VALUES (1), (2)");
        for (int i = 0; i < 2; i++) {
            try (Connection a = env.connectAsAdmin();
                    Connection b = env.connectAsAdmin()) {
                a.setAutoCommit(false);
                b.setAutoCommit(false);
                env.execute(a, "SET LOCAL deadlock_timeout = '10min'", "UPDATE dead SET id = id WHERE id = 1");
                env.execute(b, "SET LOCAL deadlock_timeout = '50ms'", "UPDATE dead SET id = id WHERE id = 2");
                Concurrently.Running first =
                        Concurrently.start(() -> env.execute(a, "UPDATE dead SET id = id WHERE id = 2"));
                try (Connection watcher = env.connect()) {
                    String waiting = "SELECT count(*) FROM pg_locks WHERE NOT granted";
                    Concurrently.until(() -> env.query(watcher, waiting).equals("1"));
                }
                env.print("b", Failures.kind(failure(() -> env.execute(b, "UPDATE dead SET id = id WHERE id = 1"))));
                b.rollback();
                env.print("a", first.outcome());
                a.commit();
            }
        }
    }

    private static Throwable failure(Env.Task task) {
        try {
            task.run();
            return new IllegalStateException("no failure");
        } catch (Exception e) {
            return e;
        }
    }

    static void lockTimeout(Env env) throws Exception {
        env.setup("CREATE TABLE lock_wait (id int)", "INSERT INTO lock_wait VALUES (1)");
        for (int i = 0; i < 3; i++) {
            try (Connection holder = env.connect();
                    Connection waiter = env.connect()) {
                holder.setAutoCommit(false);
                env.execute(holder, "UPDATE lock_wait SET id = 2");
                env.execute(waiter, "SET lock_timeout = '50ms'");
                env.attempt("waits", () -> env.execute(waiter, "UPDATE lock_wait SET id = 3"));
            }
            try (Connection next = env.connect()) {
                env.print("time-out", env.query(next, "SHOW lock_timeout"));
                env.execute(next, "SET lock_timeout = '20s'"); // the holder's session may take a moment to end
                env.print("free", env.query(next, "SELECT id FROM lock_wait FOR UPDATE"));
            }
        }
    }

    static void rowLockNotWaitedFor(Env env) throws Exception {
        env.setup("CREATE TABLE no_wait (id int)", "INSERT INTO no_wait VALUES (1), (2)");
        for (int i = 0; i < 3; i++) {
            Connection holder = env.connect();
            holder.setAutoCommit(false);
            env.print("locked", env.query(holder, "SELECT id FROM no_wait WHERE id = 1 FOR UPDATE"));
            env.show("nowait", () -> env.query("SELECT id FROM no_wait WHERE id = 1 FOR UPDATE NOWAIT"));
            env.print("skipped", env.query("SELECT id FROM no_wait ORDER BY id FOR UPDATE SKIP LOCKED"));
            holder.close();
            try (Connection c = env.connect()) {
                env.execute(c, "SET lock_timeout = '20s'");
                env.print("free", env.query(c, "SELECT id FROM no_wait WHERE id = 1 FOR UPDATE"));
            }
        }
    }

    static void idleTooLong(Env env) throws Exception {
        for (int i = 0; i < 2; i++) {
            Connection c = env.connect();
            c.setAutoCommit(false);
            String pid = env.query(c, "SELECT pg_backend_pid()");
            env.execute(c, "SET idle_in_transaction_session_timeout = '100ms'");
            try (Connection watcher = env.connectAsAdmin()) {
                String alive = "SELECT count(*) FROM pg_stat_activity WHERE pid = " + pid;
                Concurrently.until(() -> env.query(watcher, alive).equals("0"));
            }
            env.show("use", () -> env.query(c, "SELECT 1"));
            env.print("closed", c.isClosed());
            env.attempt("rollback", c::rollback);
            env.attempt("close", c::close);
            env.print("next", env.query("SHOW idle_in_transaction_session_timeout"));
        }
    }

    static void advisoryLockOfATransaction(Env env) throws Exception {
        for (int i = 0; i < 3; i++) {
            Connection c = env.connect();
            c.setAutoCommit(false);
            env.execute(c, "SELECT pg_advisory_xact_lock(99)");
            env.print("held", env.query("SELECT pg_try_advisory_lock(99)"));
            c.commit();
            env.print("free", env.query("SELECT pg_try_advisory_xact_lock(99)"));
            c.close();
        }
    }

    static void ddl(Env env) throws Exception {
        for (int i = 0; i < 3; i++) {
            Connection c = env.connect();
            c.setAutoCommit(false);
            env.execute(c, "CREATE TABLE tx_ddl (id int)", "CREATE TYPE tx_mood AS ENUM ('ok')");
            env.print("inside", env.query(c, "SELECT 'ok'::tx_mood, count(*) FROM tx_ddl"));
            c.close();
            env.show("gone", () -> env.query("SELECT * FROM tx_ddl"));
            env.show("gone", () -> env.query("SELECT 'ok'::tx_mood"));
        }
    }

    static void commitFails(Env env) throws Exception {
        env.setup(
                "CREATE TABLE tx_late (id int UNIQUE DEFERRABLE INITIALLY DEFERRED)", "INSERT INTO tx_late VALUES (1)");
        for (int i = 0; i < 3; i++) {
            try (Connection c = env.connect()) {
                c.setAutoCommit(false);
                env.execute(c, "INSERT INTO tx_late VALUES (1)");
                env.attempt("commit", c::commit);
                env.print("goes on", env.query(c, "SELECT count(*) FROM tx_late"));
                env.execute(c, "INSERT INTO tx_late VALUES (1)");
                env.attempt("auto-commit", () -> c.setAutoCommit(true));
                env.print("now", c.getAutoCommit());
            }
        }
    }
}
