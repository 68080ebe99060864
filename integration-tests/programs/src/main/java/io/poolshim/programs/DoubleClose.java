package io.poolshim.programs;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;

/** Closing more than once, in odd orders, and by whoever happens to be there. */
final class DoubleClose {
    private DoubleClose() {}

    static void addTo(Map<String, TwinProgram> all) {
        all.put("ownership.closed-by-two-threads-at-once", DoubleClose::byTwoThreadsAtOnce);
        all.put("ownership.closed-in-a-transaction-by-another-thread", DoubleClose::inATransactionByAnotherThread);
        all.put("ownership.closed-out-of-order", DoubleClose::outOfOrder);
        all.put("ownership.closed-in-finally-and-by-try", DoubleClose::inFinallyAndByTry);
        all.put("ownership.closed-late-by-a-janitor", DoubleClose::lateByAJanitor);
        all.put("ownership.reopened-when-closed", DoubleClose::reopenedWhenClosed);
        all.put("ownership.close-fails-nowhere-after-the-server-is-gone", DoubleClose::afterTheServerIsGone);
    }

    static void byTwoThreadsAtOnce(Env env) throws Exception {
        for (int i = 0; i < 10; i++) {
            Connection c = env.connect();
            env.query(c, "SELECT 1");
            CyclicBarrier together = new CyclicBarrier(2);
            Env.Task close = () -> {
                together.await();
                c.close();
            };
            Concurrently.Running one = Concurrently.start(close);
            Concurrently.Running other = Concurrently.start(close);
            env.print("closes", one.outcome() + " " + other.outcome() + " " + c.isClosed());
            try (Connection a = env.connect();
                    Connection b = env.connect()) {
                String pid = "SELECT pg_backend_pid()";
                env.print(
                        "two sessions", !env.query(a, pid).equals(env.query(b, pid)) && !a.isClosed() && !b.isClosed());
            }
        }
    }

    static void inATransactionByAnotherThread(Env env) throws Exception {
        env.setup("CREATE TABLE closed_tx (id int)");
        for (int i = 0; i < 3; i++) {
            Connection c = env.connect();
            c.setAutoCommit(false);
            env.execute(c, "INSERT INTO closed_tx VALUES (1)");
            env.print("close", Concurrently.start(c::close).outcome());
            env.attempt("commit", c::commit);
            env.print("rows", env.query("SELECT count(*) FROM closed_tx"));
        }
    }

    static void outOfOrder(Env env) throws Exception {
        for (int i = 0; i < 3; i++) {
            Connection a = env.connect();
            Connection b = env.connect();
            Statement s = a.createStatement();
            ResultSet r = s.executeQuery("SELECT 1");
            a.close();
            env.print("b works", env.query(b, "SELECT 'b'"));
            env.attempt("result set", r::close);
            env.attempt("statement", s::close);
            b.close();
            env.attempt("a again", a::close);
            env.attempt("statement again", s::close);
            env.attempt("b again", b::close);
        }
    }

    static void inFinallyAndByTry(Env env) throws Exception {
        for (int i = 0; i < 3; i++) {
            try (Connection c = env.connect();
                    Statement s = c.createStatement()) {
                try {
                    s.executeQuery("SELECT 1/0");
                } finally {
                    s.close();
                    c.close();
                }
            } catch (java.sql.SQLException e) {
                env.print("thrown", Failures.describe(e));
            }
        }
    }

    static void lateByAJanitor(Env env) throws Exception {
        Connection[] old = new Connection[4];
        for (int i = 0; i < old.length; i++) {
            old[i] = env.connect();
            env.print("use", env.query(old[i], "SELECT " + i));
            old[i].close();
        }
        try (Connection current = env.connect()) {
            current.setAutoCommit(false);
            env.execute(current, "CREATE TEMP TABLE janitor (id int) ON COMMIT DROP");
            for (Connection c : old) {
                env.print("janitor", Concurrently.start(c::close).outcome());
            }
            env.print("still there", env.query(current, "SELECT count(*) FROM janitor"));
        }
    }

    /** The singleton of old: opened once, looked at before each use. */
    static void reopenedWhenClosed(Env env) throws Exception {
        Connection shared = null;
        for (int i = 0; i < 9; i++) {
            if (shared == null || shared.isClosed()) {
                env.print("opens", i);
                shared = env.connect();
            }
            env.print("use", env.query(shared, "SELECT " + i));
            if (i % 3 == 2) {
                shared.close();
            }
        }
    }

    static void afterTheServerIsGone(Env env) throws Exception {
        for (int i = 0; i < 3; i++) {
            Connection c = env.connect();
            c.setAutoCommit(false);
            String pid = env.query(c, "SELECT pg_backend_pid()");
            try (Connection admin = env.connectAsAdmin()) {
                env.print("ended", env.query(admin, "SELECT pg_terminate_backend(" + pid + ", 10000)"));
            }
            env.print("closed before", c.isClosed());
            env.attempt("close", c::close);
            env.attempt("again", c::close);
            env.print("closed", c.isClosed());
            env.print("next", env.query("SELECT 'works'"));
        }
    }
}
