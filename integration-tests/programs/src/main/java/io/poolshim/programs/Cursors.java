package io.poolshim.programs;

import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.sql.Types;
import java.util.Map;

/** Rows that come in portions. */
final class Cursors {
    private static final String NUMBERS = "SELECT generate_series(1, 100)";

    private Cursors() {}

    static void addTo(Map<String, TwinProgram> all) {
        all.put("cursors.in-portions", Cursors::inPortions);
        all.put("cursors.interleaved", Cursors::interleaved);
        all.put("cursors.over-commit", Cursors::overCommit);
        all.put("cursors.in-auto-commit", Cursors::inAutoCommit);
        all.put("cursors.portion-of-the-url", Cursors::portionOfTheUrl);
        all.put("cursors.returned-by-functions", Cursors::returnedByFunctions);
        all.put("cursors.closed-before-the-end", Cursors::closedBeforeTheEnd);
        all.put("cursors.scrolled", Cursors::scrolled);
        all.put("cursors.positioned-by-sql", Cursors::positionedBySql);
    }

    private static int sum(ResultSet rows) throws Exception {
        int sum = 0;
        while (rows.next()) {
            sum += rows.getInt(1);
        }
        return sum;
    }

    private static Throwable failure(Env.Task task) {
        try {
            task.run();
            return new IllegalStateException("no failure");
        } catch (Exception e) {
            return e;
        }
    }

    static void inPortions(Env env) throws Exception {
        for (int size : new int[] {1, 7, 100, 1000, 0, 7}) {
            try (Connection c = env.connect();
                    Statement s = c.createStatement()) {
                c.setAutoCommit(false);
                s.setFetchSize(size);
                try (ResultSet r = s.executeQuery(NUMBERS)) {
                    env.print("sum by " + r.getFetchSize(), sum(r));
                }
                env.print("portals", env.query(c, "SELECT count(*) FROM pg_cursors WHERE name <> ''"));
            }
        }
    }

    static void interleaved(Env env) throws Exception {
        for (int i = 0; i < 3; i++) {
            try (Connection c = env.connect();
                    Statement one = c.createStatement();
                    Statement two = c.createStatement()) {
                c.setAutoCommit(false);
                one.setFetchSize(3);
                two.setFetchSize(5);
                ResultSet a = one.executeQuery(NUMBERS);
                ResultSet b = two.executeQuery("SELECT -generate_series(1, 100)");
                int sum = 0;
                while (a.next() && b.next()) {
                    sum += a.getInt(1) * 2 + b.getInt(1);
                    a.setFetchSize(4);
                }
                env.print("sum", sum);
            }
        }
    }

    static void overCommit(Env env) throws Exception {
        for (int i = 0; i < 3; i++) {
            try (Connection c = env.connect();
                    Statement plain = c.createStatement();
                    Statement holding = c.createStatement(
                            ResultSet.TYPE_FORWARD_ONLY,
                            ResultSet.CONCUR_READ_ONLY,
                            ResultSet.HOLD_CURSORS_OVER_COMMIT)) {
                c.setAutoCommit(false);
                plain.setFetchSize(10);
                holding.setFetchSize(10);
                ResultSet r = plain.executeQuery(NUMBERS);
                ResultSet held = holding.executeQuery(NUMBERS);
                r.next();
                held.next();
                c.commit();
                env.print("plain", Failures.kind(failure(() -> sum(r))));
                env.show("held", () -> sum(held));
            }
        }
    }

    static void inAutoCommit(Env env) throws Exception {
        for (int i = 0; i < 3; i++) {
            Connection c = env.connect();
            Statement s = c.createStatement();
            s.setFetchSize(10);
            ResultSet r = s.executeQuery(NUMBERS);
            r.next();
            env.print("another in between", env.query(c, "SELECT 'works'"));
            env.print("all there", sum(r));
            c.close();
        }
    }

    static void portionOfTheUrl(Env env) throws Exception {
        String url = env.urlWith("defaultRowFetchSize=6");
        for (int i = 0; i < 3; i++) {
            try (Connection c = DriverManager.getConnection(url, env.login());
                    Statement s = c.createStatement()) {
                c.setAutoCommit(false);
                env.print("size", s.getFetchSize());
                ResultSet r = s.executeQuery(NUMBERS);
                r.next();
                env.print("portal", env.query(c, "SELECT count(*) > 0 FROM pg_cursors"));
                env.print("sum", sum(r));
            }
        }
    }

    static void returnedByFunctions(Env env) throws Exception {
        env.setup("CREATE FUNCTION cursor_of(n int) RETURNS refcursor LANGUAGE plpgsql AS $$ DECLARE c refcursor;"
                + " BEGIN OPEN c FOR SELECT generate_series(1, n); RETURN c; END $$");
        for (int i = 0; i < 3; i++) {
            try (Connection c = env.connect();
                    CallableStatement f = c.prepareCall("{? = call cursor_of(?)}")) {
                c.setAutoCommit(false);
                f.registerOutParameter(1, Types.REF_CURSOR);
                f.setInt(2, 10 + i);
                f.execute();
                try (ResultSet r = (ResultSet) f.getObject(1)) {
                    env.print("sum", sum(r));
                }
            }
        }
    }

    static void closedBeforeTheEnd(Env env) throws Exception {
        for (int i = 0; i < 3; i++) {
            try (Connection c = env.connect();
                    Statement s = c.createStatement()) {
                c.setAutoCommit(false);
                s.setFetchSize(10);
                ResultSet r = s.executeQuery(NUMBERS);
                r.next();
                r.close();
                env.show("after close", r::next);
                r = s.executeQuery(NUMBERS);
                r.next();
                c.rollback();
                ResultSet gone = r;
                env.print("after rollback", Failures.kind(failure(() -> sum(gone))));
                env.print("goes on", env.query(c, "SELECT 1"));
            }
        }
    }

    static void scrolled(Env env) throws Exception {
        for (int i = 0; i < 3; i++) {
            try (Connection c = env.connect();
                    Statement s = c.createStatement(ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_READ_ONLY)) {
                c.setAutoCommit(false);
                s.setFetchSize(10);
                ResultSet r = s.executeQuery(NUMBERS);
                env.print("positions", r.last() + " " + r.getRow() + " " + r.absolute(-3) + " " + r.getInt(1));
                env.print("relative", r.relative(-20) + " " + r.getInt(1) + " " + r.previous() + " " + r.isAfterLast());
                env.show("too far", () -> r.absolute(500) + " " + r.getRow());
                env.attempt("type", () -> c.createStatement(1005, 1008).getResultSetType());
            }
        }
    }

    static void positionedBySql(Env env) throws Exception {
        env.setup("CREATE TABLE cursor_rows (id int)", "INSERT INTO cursor_rows SELECT generate_series(1, 5)");
        for (int i = 0; i < 2; i++) {
            try (Connection c = env.connect()) {
                c.setAutoCommit(false);
                env.execute(c, "DECLARE here CURSOR FOR SELECT id FROM cursor_rows ORDER BY id FOR UPDATE");
                env.print("fetched", env.query(c, "FETCH 2 FROM here"));
                env.execute(c, "UPDATE cursor_rows SET id = id + 10 WHERE CURRENT OF here");
                env.print("rows", env.query(c, "SELECT id FROM cursor_rows ORDER BY id"));
            }
            env.show("gone", () -> env.query("FETCH 1 FROM here"));
        }
    }
}
