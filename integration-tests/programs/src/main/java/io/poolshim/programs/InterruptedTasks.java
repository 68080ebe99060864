package io.poolshim.programs;

import java.sql.Connection;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Interrupts as executors send them. */
final class InterruptedTasks {
    private InterruptedTasks() {}

    static void addTo(Map<String, TwinProgram> all) {
        all.put("interrupts.before-close", InterruptedTasks::beforeClose);
        all.put("interrupts.in-a-transaction", InterruptedTasks::inATransaction);
        all.put("interrupts.cancelled-future", InterruptedTasks::cancelledFuture);
        all.put("interrupts.shutdown-now", InterruptedTasks::shutdownNow);
        all.put("interrupts.while-waiting-for-a-lock", InterruptedTasks::whileWaitingForALock);
        all.put("interrupts.nested-borrows", InterruptedTasks::nestedBorrows);
    }

    static void beforeClose(Env env) throws Exception {
        for (int i = 0; i < 4; i++) {
            Connection c = env.connect();
            c.setAutoCommit(false);
            env.execute(c, "CREATE TEMP TABLE cut_short (id int)");
            Thread.currentThread().interrupt();
            env.attempt("close", c::close);
            env.print("flag", Thread.interrupted());
            env.show("gone", () -> env.query("SELECT * FROM cut_short"));
        }
    }

    static void inATransaction(Env env) throws Exception {
        env.setup("CREATE TABLE interrupted_tx (id int)");
        for (int i = 0; i < 3; i++) {
            try (Connection c = env.connect()) {
                c.setAutoCommit(false);
                env.execute(c, "INSERT INTO interrupted_tx VALUES (1)");
                Thread.currentThread().interrupt();
                env.attempt("commit", c::commit);
                env.execute(c, "INSERT INTO interrupted_tx VALUES (2)");
                env.attempt("rollback", c::rollback);
            }
            env.print("flag", Thread.interrupted());
            env.print("rows", env.query("SELECT count(*) FROM interrupted_tx"));
        }
    }

    static void cancelledFuture(Env env) throws Exception {
        ExecutorService threads = Executors.newSingleThreadExecutor();
        for (int i = 0; i < 3; i++) {
            CountDownLatch done = new CountDownLatch(1);
            String sleep = "SELECT 'slept' FROM pg_sleep(0.4) /* f" + i + " */";
            Future<?> task = threads.submit(() -> {
                try {
                    env.show("task", () -> env.query(sleep));
                    env.print("flag", Thread.currentThread().isInterrupted());
                    env.show("one more", () -> env.query("SELECT 'interrupted'"));
                } finally {
                    done.countDown();
                }
            });
            Concurrently.untilAsleep(env, "/* f" + i);
            env.print("cancelled", task.cancel(true));
            done.await();
        }
        threads.shutdown();
    }

    static void shutdownNow(Env env) throws Exception {
        for (int i = 0; i < 3; i++) {
            ExecutorService threads = Executors.newFixedThreadPool(3);
            CountDownLatch connected = new CountDownLatch(3);
            CountDownLatch never = new CountDownLatch(1);
            for (int t = 0; t < 3; t++) {
                threads.submit(() -> {
                    try (Connection c = env.connect()) {
                        env.execute(c, "SET application_name = 'shut down'");
                        connected.countDown();
                        never.await();
                    }
                    return null;
                });
            }
            connected.await();
            env.print("not begun", threads.shutdownNow().size());
            Concurrently.until(threads::isTerminated);
            env.print("next", env.query("SELECT current_setting('application_name') <> 'shut down'"));
        }
    }

    static void whileWaitingForALock(Env env) throws Exception {
        for (int i = 0; i < 2; i++) {
            Connection holder = env.connect();
            env.execute(holder, "SELECT pg_advisory_lock(815)");
            Concurrently.Running waiter = Concurrently.start(() -> {
                try (Connection c = env.connect()) {
                    env.execute(c, "SELECT pg_advisory_lock(815)");
                }
                env.print("flag", Thread.currentThread().isInterrupted());
            });
            String waiting = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted";
            Concurrently.until(() -> env.query(holder, waiting).equals("1"));
            waiter.thread.interrupt();
            holder.close();
            env.print("waiter", waiter.outcome());
        }
    }

    static void nestedBorrows(Env env) throws Exception {
        for (int i = 0; i < 3; i++) {
            try (Connection outer = env.connect()) {
                Thread.currentThread().interrupt();
                try (Connection inner = env.connect()) {
                    env.print("inner", env.query(inner, "SELECT 'inner'"));
                }
                env.print("outer", env.query(outer, "SELECT 'outer'"));
            }
            env.print("flag", Thread.interrupted());
        }
    }
}
