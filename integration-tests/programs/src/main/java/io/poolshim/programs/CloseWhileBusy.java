package io.poolshim.programs;

import java.io.IOException;
import java.io.Reader;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.postgresql.PGConnection;

/** Closing a connection while another thread is in the middle of something. */
final class CloseWhileBusy {
    private CloseWhileBusy() {}

    static void addTo(Map<String, TwinProgram> all) {
        all.put("ownership.closed-while-waiting-for-notifications", CloseWhileBusy::waitingForNotifications);
        all.put("ownership.closed-while-a-query-runs", CloseWhileBusy::queryRuns);
        all.put("ownership.closed-while-a-batch-runs", CloseWhileBusy::batchRuns);
        all.put("ownership.closed-while-a-transaction-runs", CloseWhileBusy::transactionRuns);
        all.put("ownership.closed-while-copying-in", CloseWhileBusy::copyingIn);
        all.put("ownership.closed-while-fetching", CloseWhileBusy::fetching);
        all.put("ownership.statement-closed-while-it-runs", CloseWhileBusy::statementClosedWhileItRuns);
    }

    static void waitingForNotifications(Env env) throws Exception {
        for (int i = 0; i < 3; i++) {
            Connection c = env.connect();
            env.execute(c, "LISTEN nobody_calls");
            Concurrently.Running listener = Concurrently.start(() -> ((PGConnection) c).getNotifications(60_000));
            listener.untilReading();
            env.attempt("close", c::close);
            env.print("listener", listener.outcome());
            env.print("closed", c.isClosed());
            env.print("next", env.query("SELECT count(*) FROM pg_listening_channels()"));
        }
    }

    static void queryRuns(Env env) throws Exception {
        for (int i = 0; i < 3; i++) {
            Connection c = env.connect();
            String sql = "SELECT pg_sleep(1) /* q" + i + " */";
            Concurrently.Running query = Concurrently.start(() -> env.query(c, sql));
            Concurrently.untilAsleep(env, "/* q" + i);
            env.attempt("close", c::close);
            env.print("query", query.outcome());
            env.print("next", env.query("SELECT 'works'"));
        }
    }

    static void batchRuns(Env env) throws Exception {
        env.setup("CREATE TABLE busy_batch (id int)");
        for (int i = 0; i < 2; i++) {
            Connection c = env.connect();
            PreparedStatement p = c.prepareStatement(
                    "INSERT INTO busy_batch SELECT 1 FROM pg_sleep(0.5) WHERE ? > 0 /* batch" + i + " */");
            for (int row = 0; row < 3; row++) {
                p.setInt(1, row + 1);
                p.addBatch();
            }
            Concurrently.Running batch = Concurrently.start(p::executeBatch);
            Concurrently.untilAsleep(env, "/* batch" + i);
            env.attempt("close", c::close);
            env.print("batch", batch.outcome());
            env.show("batch again", () -> p.executeBatch().length);
        }
    }

    static void transactionRuns(Env env) throws Exception {
        env.setup("CREATE TABLE busy_tx (id int)");
        for (int i = 0; i < 2; i++) {
            Connection c = env.connect();
            c.setAutoCommit(false);
            env.execute(c, "INSERT INTO busy_tx VALUES (1)");
            String sql = "SELECT pg_sleep(1) /* tx" + i + " */";
            Concurrently.Running query = Concurrently.start(() -> env.query(c, sql));
            Concurrently.untilAsleep(env, "/* tx" + i);
            env.attempt("close", c::close);
            env.print("query", query.outcome());
            env.attempt("commit", c::commit);
            env.print("rows", env.query("SELECT count(*) FROM busy_tx"));
        }
    }

    static void copyingIn(Env env) throws Exception {
        env.setup("CREATE TABLE busy_copy (id int)");
        for (int i = 0; i < 2; i++) {
            Connection c = env.connect();
            SlowRows rows = new SlowRows();
            Concurrently.Running copy =
                    Concurrently.start(() -> ((PGConnection) c).getCopyAPI().copyIn("COPY busy_copy FROM STDIN", rows));
            rows.asked.await();
            env.attempt("close", c::close);
            rows.ready.countDown();
            env.print("copy", copy.outcome());
            env.print("closed", c.isClosed());
            env.print("rows", env.query("SELECT count(*) FROM busy_copy"));
        }
    }

    /** One row, given when somebody else has done what is to be done in between. */
    private static final class SlowRows extends Reader {
        final CountDownLatch asked = new CountDownLatch(1);
        final CountDownLatch ready = new CountDownLatch(1);
        private boolean given;

        @Override
        public int read(char[] buffer, int offset, int length) throws IOException {
            asked.countDown();
            try {
                ready.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            if (given) {
                return -1;
            }
            given = true;
            buffer[offset] = '7';
            buffer[offset + 1] = '\n';
            return 2;
        }

        @Override
        public void close() {}
    }

    static void fetching(Env env) throws Exception {
        for (int i = 0; i < 3; i++) {
            Connection c = env.connect();
            c.setAutoCommit(false);
            Statement s = c.createStatement();
            s.setFetchSize(5);
            ResultSet r = s.executeQuery("SELECT generate_series(1, 100)");
            r.next();
            env.print("close", Concurrently.start(c::close).outcome());
            env.show("next row", r::next);
            env.show("column", () -> r.getInt(1));
            env.print("next", env.query("SELECT count(*) FROM pg_cursors"));
        }
    }

    static void statementClosedWhileItRuns(Env env) throws Exception {
        for (int i = 0; i < 2; i++) {
            try (Connection c = env.connect()) {
                Statement s = c.createStatement();
                String sql = "SELECT pg_sleep(30) /* s" + i + " */";
                Concurrently.Running query = Concurrently.start(() -> s.executeQuery(sql));
                Concurrently.untilAsleep(env, "/* s" + i);
                env.attempt("close", s::close);
                env.print("query", query.outcome());
                env.print("connection goes on", env.query(c, "SELECT 'works'"));
            }
        }
    }
}
