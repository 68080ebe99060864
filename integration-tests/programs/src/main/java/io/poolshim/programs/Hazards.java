package io.poolshim.programs;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.postgresql.PGConnection;

/** What one owner of a physical connection could do to the next, if someone let it. */
final class Hazards {
    private Hazards() {}

    static void addTo(Map<String, TwinProgram> all) {
        all.put("ownership.prepared-in-transactions", Hazards::preparedInTransactions);
        all.put("ownership.same-text-other-tenant", Hazards::sameTextOtherTenant);
        all.put("ownership.same-text-other-temp-table", Hazards::sameTextOtherTempTable);
        all.put("ownership.cancel-of-another-life", Hazards::cancelOfAnotherLife);
        all.put("ownership.timer-of-another-life", Hazards::timerOfAnotherLife);
        all.put("ownership.close-while-querying", Hazards::closeWhileQuerying);
        all.put("leaks.only-the-result-set-is-kept", Hazards::onlyTheResultSetIsKept);
        all.put("ownership.borrow-here-return-there", Hazards::borrowHereReturnThere);
        all.put("ownership.close-twice-around-a-new-borrow", Hazards::closeTwiceAroundANewBorrow);
        all.put("ownership.waiting-for-notifications-when-closed", Hazards::waitingForNotificationsWhenClosed);
        all.put("ownership.deferred-constraint-at-close", Hazards::deferredConstraintAtClose);
        all.put("ownership.copy-of-another-life", Hazards::copyOfAnotherLife);
    }

    static void preparedInTransactions(Env env) throws Exception {
        env.setup(
                "CREATE TABLE hot (id int, name text)",
                "INSERT INTO hot SELECT g, 'n' || g FROM generate_series(1, 9) g");
        for (int borrow = 0; borrow < 4; borrow++) {
            try (Connection c = env.connect();
                    PreparedStatement p = c.prepareStatement("SELECT name FROM hot WHERE id = ?")) {
                c.setAutoCommit(false);
                StringBuilder names = new StringBuilder();
                for (int i = 1; i <= 9; i++) {
                    p.setInt(1, i);
                    names.append(Env.text(p.executeQuery())).append(' ');
                }
                c.commit();
                env.print("borrow " + borrow, names);
            }
        }
    }

    static void sameTextOtherTenant(Env env) throws Exception {
        env.setup(
                "CREATE SCHEMA hazard_a",
                "CREATE SCHEMA hazard_b",
                "CREATE TABLE hazard_a.item (name text)",
                "CREATE TABLE hazard_b.item (id int, name text)",
                "INSERT INTO hazard_a.item VALUES ('a')",
                "INSERT INTO hazard_b.item VALUES (7, 'b')");
        for (int i = 0; i < 14; i++) {
            try (Connection c = env.connect()) {
                c.setSchema(i % 2 == 0 ? "hazard_a" : "hazard_b");
                try (PreparedStatement p = c.prepareStatement("SELECT * FROM item")) {
                    env.print("borrow " + i, Env.text(p.executeQuery()));
                }
            }
        }
    }

    static void sameTextOtherTempTable(Env env) throws Exception {
        for (int i = 0; i < 8; i++) {
            try (Connection c = env.connect()) {
                c.setAutoCommit(false);
                env.execute(c, "CREATE TEMP TABLE scratch AS SELECT " + (i % 2 == 0 ? "1 AS n" : "'x' AS t, 2 AS n"));
                try (PreparedStatement p = c.prepareStatement("SELECT * FROM scratch")) {
                    env.print("borrow " + i, Env.text(p.executeQuery()));
                }
                c.commit();
            }
        }
    }

    static void cancelOfAnotherLife(Env env) throws Exception {
        for (int i = 0; i < 3; i++) {
            Connection old = env.connect();
            Statement stale = old.createStatement();
            stale.executeQuery("SELECT 1");
            old.close();
            try (Connection next = env.connect()) {
                CountDownLatch done = new CountDownLatch(1);
                Thread canceller = new Thread(() -> {
                    while (done.getCount() > 0) {
                        try {
                            stale.cancel();
                        } catch (Exception closed) {
                            // a stale statement may refuse; what counts is that nobody else is hit
                        }
                        Thread.yield();
                    }
                });
                canceller.start();
                env.show("undisturbed", () -> env.query(next, "SELECT 'slept' FROM pg_sleep(0.3)"));
                done.countDown();
                canceller.join();
            }
        }
    }

    static void timerOfAnotherLife(Env env) throws Exception {
        for (int i = 0; i < 2; i++) {
            try (Connection c = env.connect();
                    Statement s = c.createStatement()) {
                s.setQueryTimeout(1);
                env.print("quick", Env.text(s.executeQuery("SELECT 'quick'")));
            }
            env.show("slow", () -> env.query("SELECT 'slow' FROM pg_sleep(1.3)"));
        }
    }

    static void closeWhileQuerying(Env env) throws Exception {
        for (int i = 0; i < 3; i++) {
            Connection c = env.connect();
            FutureTask<String> query = new FutureTask<>(() -> env.query(c, "SELECT pg_sleep(0.5) /* in flight */"));
            Thread thread = new Thread(query);
            try (Connection watcher = env.connect()) {
                thread.start();
                String running = "SELECT count(*) > 0 FROM pg_stat_activity WHERE wait_event = 'PgSleep'"
                        + " AND query LIKE '%in flight%'";
                while (!env.query(watcher, running).equals("t")) {
                    Thread.yield();
                }
                env.attempt("close", c::close);
            }
            thread.join();
            env.print("closed", c.isClosed());
            env.print("next", env.query("SELECT 'works'"));
        }
    }

    static void onlyTheResultSetIsKept(Env env) throws Exception {
        env.print("sum", sum(openResult(env)));
        env.print("next", env.query("SELECT 'works'"));
    }

    private static ResultSet openResult(Env env) throws Exception {
        Connection c = env.connect();
        c.setAutoCommit(false);
        Statement s = c.createStatement();
        s.setFetchSize(50);
        return s.executeQuery("SELECT generate_series(1, 500)");
    }

    /** Collections in between: whoever holds a result set still uses its connection. */
    private static int sum(ResultSet rows) throws Exception {
        int sum = 0;
        for (int row = 0; rows.next(); row++) {
            sum += rows.getInt(1);
            if (row % 200 == 0) {
                System.gc();
            }
        }
        rows.getStatement().getConnection().close();
        return sum;
    }

    static void borrowHereReturnThere(Env env) throws Exception {
        for (int i = 0; i < 4; i++) {
            Connection c = env.connect();
            c.setAutoCommit(false);
            FutureTask<String> work = new FutureTask<>(() -> {
                String text = env.query(c, "SELECT 'in another thread'");
                c.close();
                return text;
            });
            new Thread(work).start();
            env.print("work", work.get());
            env.print("closed", c.isClosed());
        }
    }

    static void closeTwiceAroundANewBorrow(Env env) throws Exception {
        for (int i = 0; i < 5; i++) {
            Connection first = env.connect();
            first.close();
            try (Connection second = env.connect()) {
                first.close();
                env.print("second is open", !second.isClosed());
                env.print("works", env.query(second, "SELECT 1"));
                try (Connection third = env.connect()) {
                    env.execute(third, "SET application_name = 'third'");
                    env.print(
                            "its own session",
                            !env.query(second, "SHOW application_name").equals("third"));
                }
            }
        }
    }

    static void waitingForNotificationsWhenClosed(Env env) throws Exception {
        for (int i = 0; i < 2; i++) {
            Connection c = env.connect();
            env.execute(c, "LISTEN nothing");
            CountDownLatch listening = new CountDownLatch(1);
            Thread listener = new Thread(() -> {
                listening.countDown();
                try {
                    ((PGConnection) c).getNotifications(700);
                } catch (Exception expectedOrNot) {
                    // the socket may be gone or not: unpooled it is a matter of the moment
                }
            });
            listener.start();
            listening.await();
            env.attempt("close", c::close);
            env.print("next", env.query("SELECT 'works'"));
            listener.join();
            env.print("next again", env.query("SELECT 'works'"));
        }
    }

    static void deferredConstraintAtClose(Env env) throws Exception {
        env.setup("CREATE TABLE deferred (id int PRIMARY KEY,"
                + " parent int REFERENCES deferred DEFERRABLE INITIALLY DEFERRED)");
        for (int i = 0; i < 3; i++) {
            Connection c = env.connect();
            c.setAutoCommit(false);
            env.execute(c, "INSERT INTO deferred VALUES (1, 99)");
            env.attempt("commit", c::commit);
            env.execute(c, "INSERT INTO deferred VALUES (2, 98)", "SET CONSTRAINTS ALL DEFERRED");
            env.attempt("close", c::close);
            env.print("rows", env.query("SELECT count(*) FROM deferred"));
        }
    }

    /** Whoever uses a connection after closing it must not meet the lock of somebody's COPY. */
    static void copyOfAnotherLife(Env env) throws Exception {
        env.setup("CREATE TABLE copied_halfway (id int)");
        try (Connection c = env.connect()) {
            c.unwrap(PGConnection.class).getCopyAPI().copyIn("COPY copied_halfway FROM STDIN");
        }
        ResultSet stale;
        try (Connection c = env.connect()) {
            c.setAutoCommit(false);
            Statement s = c.createStatement();
            s.setFetchSize(10);
            stale = s.executeQuery("SELECT generate_series(1, 100)");
            stale.next();
        }
        env.show("stale rows", () -> {
            int rows = 1;
            while (stale.next()) {
                rows++;
            }
            return rows;
        });
    }
}
