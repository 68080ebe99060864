package io.poolshim.programs;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

/** {@code Connection.abort}, with all sorts of executors. */
final class Aborts {
    private static final Executor DIRECT = Runnable::run;

    private Aborts() {}

    static void addTo(Map<String, TwinProgram> all) {
        all.put("ownership.abort-deferred-until-after-close", Aborts::deferredUntilAfterClose);
        all.put("ownership.abort-rejected", Aborts::rejected);
        all.put("ownership.abort-in-another-thread", Aborts::inAnotherThread);
        all.put("ownership.abort-while-a-query-runs", Aborts::whileAQueryRuns);
        all.put("ownership.abort-in-a-transaction", Aborts::inATransaction);
        all.put("ownership.abort-after-close", Aborts::afterClose);
    }

    static void deferredUntilAfterClose(Env env) throws Exception {
        for (int i = 0; i < 3; i++) {
            Connection c = env.connect();
            List<Runnable> later = new ArrayList<>();
            c.abort(later::add);
            env.attempt("close", c::close);
            try (Connection next = env.connect();
                    PreparedStatement p = next.prepareStatement("SELECT ?::int")) {
                next.setAutoCommit(false);
                p.setInt(1, i);
                env.print("before", Env.text(p.executeQuery()));
                later.forEach(Runnable::run);
                env.print("undisturbed", Env.text(p.executeQuery()));
            }
        }
    }

    static void rejected(Env env) throws Exception {
        Executor refuses = task -> {
            throw new RejectedExecutionException("not now");
        };
        for (int i = 0; i < 3; i++) {
            Connection c = env.connect();
            env.attempt("abort", () -> c.abort(refuses));
            env.print("closed", c.isClosed());
            env.show("use", () -> env.query(c, "SELECT 1"));
            env.attempt("close", c::close);
            env.print("next", env.query("SELECT 'works'"));
        }
    }

    static void inAnotherThread(Env env) throws Exception {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        for (int i = 0; i < 4; i++) {
            Connection c = env.connect();
            env.query(c, "SELECT 1");
            env.attempt("abort", () -> c.abort(thread));
            thread.submit(() -> {}).get();
            env.print("closed", c.isClosed());
            env.show("use", () -> env.query(c, "SELECT 1"));
            env.print("next", env.query("SELECT 'works'"));
        }
        thread.shutdown();
    }

    static void whileAQueryRuns(Env env) throws Exception {
        for (int i = 0; i < 3; i++) {
            Connection c = env.connect();
            String sql = "SELECT pg_sleep(1) /* a" + i + " */";
            Concurrently.Running query = Concurrently.start(() -> env.query(c, sql));
            Concurrently.untilAsleep(env, "/* a" + i);
            env.attempt("abort", () -> c.abort(DIRECT));
            env.print("query", query.outcome());
            env.print("closed", c.isClosed());
            env.attempt("close", c::close);
            env.print("next", env.query("SELECT 'works'"));
        }
    }

    static void inATransaction(Env env) throws Exception {
        env.setup("CREATE TABLE aborted (id int PRIMARY KEY)");
        for (int i = 0; i < 3; i++) {
            Connection c = env.connect();
            c.setAutoCommit(false);
            env.execute(c, "INSERT INTO aborted VALUES (1)");
            c.abort(DIRECT);
            env.attempt("commit", c::commit);
            try (Connection next = env.connect()) {
                next.setAutoCommit(false);
                env.execute(next, "SET LOCAL lock_timeout = '20s'", "INSERT INTO aborted VALUES (1)");
                env.print("free at last", env.query(next, "SELECT count(*) FROM aborted"));
            }
        }
    }

    static void afterClose(Env env) throws Exception {
        for (int i = 0; i < 4; i++) {
            Connection stale = env.connect();
            stale.close();
            try (Connection next = env.connect()) {
                List<Runnable> later = new ArrayList<>();
                env.attempt("abort", () -> stale.abort(DIRECT));
                env.attempt("deferred", () -> stale.abort(later::add));
                later.forEach(Runnable::run);
                env.attempt("without executor", () -> stale.abort(null));
                env.print("undisturbed", env.query(next, "SELECT 'works'") + " " + next.isClosed());
            }
        }
    }
}
