package io.poolshim.programs;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.Map;
import org.postgresql.PGConnection;

/** Cancelling: in time, too early, and too late. */
final class Cancels {
    private Cancels() {}

    static void addTo(Map<String, TwinProgram> all) {
        all.put("timeouts.cancel-too-early", Cancels::tooEarly);
        all.put("timeouts.cancel-too-late", Cancels::tooLate);
        all.put("timeouts.cancel-after-the-statement-was-closed", Cancels::afterTheStatementWasClosed);
        all.put("timeouts.cancel-in-a-transaction", Cancels::inATransaction);
        all.put("timeouts.cancel-of-the-whole-connection", Cancels::ofTheWholeConnection);
        all.put("timeouts.cancel-by-sql", Cancels::bySql);
        all.put("ownership.cancel-that-arrives-late", Cancels::arrivesLate);
    }

    static void tooEarly(Env env) throws Exception {
        for (int i = 0; i < 3; i++) {
            try (Connection c = env.connect();
                    Statement s = c.createStatement();
                    PreparedStatement p = c.prepareStatement("SELECT 'prepared'")) {
                env.attempt("cancel", s::cancel);
                env.print("then", Env.text(s.executeQuery("SELECT 'runs'")));
                env.attempt("cancel prepared", p::cancel);
                env.print("then", Env.text(p.executeQuery()));
            }
        }
    }

    static void tooLate(Env env) throws Exception {
        for (int i = 0; i < 3; i++) {
            try (Connection c = env.connect();
                    Statement s = c.createStatement()) {
                s.executeQuery("SELECT 1").close();
                env.attempt("cancel", s::cancel);
                env.print("next statement", env.query(c, "SELECT 'slept' FROM pg_sleep(0.2)"));
            }
            env.print("next borrow", env.query("SELECT 'slept' FROM pg_sleep(0.1)"));
        }
    }

    static void afterTheStatementWasClosed(Env env) throws Exception {
        try (Connection c = env.connect()) {
            Statement s = c.createStatement();
            s.executeQuery("SELECT 1");
            s.close();
            env.attempt("cancel", s::cancel);
            env.print("goes on", env.query(c, "SELECT 1"));
        }
    }

    static void inATransaction(Env env) throws Exception {
        env.setup("CREATE TABLE cancelled (id int)");
        for (int i = 0; i < 2; i++) {
            try (Connection c = env.connect();
                    Statement s = c.createStatement()) {
                c.setAutoCommit(false);
                s.executeUpdate("INSERT INTO cancelled VALUES (1)");
                Savepoint before = c.setSavepoint();
                String sql = "SELECT pg_sleep(30) /* c" + i + " */";
                Concurrently.Running query = Concurrently.start(() -> s.executeQuery(sql));
                Concurrently.untilAsleep(env, "/* c" + i);
                s.cancel();
                env.print("query", query.outcome());
                env.attempt("failed transaction", () -> env.execute(c, "SELECT 1"));
                c.rollback(before);
                c.commit();
            }
            env.print("rows", env.query("SELECT count(*) FROM cancelled"));
        }
    }

    static void ofTheWholeConnection(Env env) throws Exception {
        for (int i = 0; i < 2; i++) {
            try (Connection c = env.connect()) {
                String sql = "SELECT pg_sleep(30) /* w" + i + " */";
                Concurrently.Running query = Concurrently.start(() -> env.query(c, sql));
                Concurrently.untilAsleep(env, "/* w" + i);
                ((PGConnection) c).cancelQuery();
                env.print("query", query.outcome());
                env.print("goes on", env.query(c, "SELECT 'works'"));
            }
        }
    }

    static void bySql(Env env) throws Exception {
        for (int i = 0; i < 2; i++) {
            try (Connection c = env.connect();
                    Connection other = env.connect()) {
                String pid = env.query(c, "SELECT pg_backend_pid()");
                String sql = "SELECT pg_sleep(30) /* b" + i + " */";
                Concurrently.Running query = Concurrently.start(() -> env.query(c, sql));
                Concurrently.untilAsleep(env, "/* b" + i);
                env.print("cancel", env.query(other, "SELECT pg_cancel_backend(" + pid + ")"));
                env.print("thread", query.outcome());
                env.print("goes on", env.query(c, "SELECT 'works'"));
            }
        }
    }

    /** The statement has long ended and its connection is somebody else's when these come. */
    static void arrivesLate(Env env) throws Exception {
        for (int i = 0; i < 3; i++) {
            Connection old = env.connect();
            Statement stale = old.createStatement();
            PreparedStatement prepared = old.prepareStatement("SELECT 1");
            stale.executeQuery("SELECT 1");
            prepared.executeQuery();
            old.close();
            try (Connection next = env.connect()) {
                String sql = "SELECT 'slept' FROM pg_sleep(0.3) /* l" + i + " */";
                Concurrently.Running query = Concurrently.start(() -> env.print("query", env.query(next, sql)));
                Concurrently.untilAsleep(env, "/* l" + i);
                env.attempt("statement", stale::cancel);
                env.attempt("prepared", prepared::cancel);
                env.attempt("connection", ((PGConnection) old)::cancelQuery);
                env.print("thread", query.outcome());
            }
        }
    }
}
