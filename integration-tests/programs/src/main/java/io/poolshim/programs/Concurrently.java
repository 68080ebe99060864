package io.poolshim.programs;

import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;

/** Threads that meet at a certain point instead of at a certain time. */
final class Concurrently {
    private static final long DEADLINE_NANOS = 20_000_000_000L;

    private Concurrently() {}

    /** Runs the task in a thread of its own; what it prints and how it fails is had from the result. */
    static Running start(Env.Task task) {
        FutureTask<String> outcome = new FutureTask<>(outcome(task));
        Thread thread = new Thread(outcome, "helper");
        thread.setDaemon(true);
        thread.start();
        return new Running(thread, outcome);
    }

    private static Callable<String> outcome(Env.Task task) {
        return () -> {
            try {
                task.run();
                return "ok";
            } catch (Throwable failure) {
                return Failures.kind(failure);
            }
        };
    }

    /** Waits until it is so; gives up after 20 s. */
    static void until(Condition condition) throws Exception {
        long end = System.nanoTime() + DEADLINE_NANOS;
        while (!condition.isMet()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("has not happened in time");
            }
            Thread.yield();
        }
    }

    /** Waits until the server executes {@code pg_sleep} for a statement with this marker in it. */
    static void untilAsleep(Env env, String marker) throws Exception {
        String sql = "SELECT count(*) > 0 FROM pg_stat_activity WHERE wait_event = 'PgSleep'" + " AND query LIKE '%"
                + marker + "%' AND pid <> pg_backend_pid()";
        try (java.sql.Connection watcher = env.connect()) {
            until(() -> env.query(watcher, sql).equals("t"));
        }
    }

    /** Something that will be so, sooner or later. */
    interface Condition {
        boolean isMet() throws Exception;
    }

    /** A task that runs in a thread of its own. */
    static final class Running {
        final Thread thread;
        private final FutureTask<String> outcome;

        private Running(Thread thread, FutureTask<String> outcome) {
            this.thread = thread;
            this.outcome = outcome;
        }

        /** "ok", or the class and SQLState of its failure: which of two ends of a socket noticed first is a matter of the moment. */
        String outcome() throws Exception {
            return outcome.get();
        }

        /** Waits until the thread reads from a socket. */
        void untilReading() throws Exception {
            until(this::isReading);
        }

        private boolean isReading() {
            for (StackTraceElement frame : thread.getStackTrace()) {
                if (frame.getClassName().contains("SocketInputStream")
                        || frame.getClassName().equals("sun.nio.ch.NioSocketImpl")) {
                    return true;
                }
            }
            return outcome.isDone();
        }
    }
}
