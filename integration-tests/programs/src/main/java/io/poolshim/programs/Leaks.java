package io.poolshim.programs;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Connections nobody ever closes. Each program has a pool of its own, so that those after it have all their places. */
final class Leaks {
    private Leaks() {}

    static void addTo(Map<String, TwinProgram> all) {
        all.put("leaks.statements-and-result-sets", Leaks::statementsAndResultSets);
        all.put("leaks.closed-late", Leaks::closedLate);
        all.put("leaks.dropped-thirty", Leaks::droppedThirty);
        all.put("leaks.dropped-by-threads-that-end", Leaks::droppedByThreadsThatEnd);
        all.put("leaks.dropped-dirty", Leaks::droppedDirty);
        all.put("leaks.dropped-and-collected", Leaks::droppedAndCollected);
        all.put("leaks.kept-for-ever", Borrows::leak);
    }

    private static Connection connect(Env env, String pool) throws SQLException {
        return DriverManager.getConnection(env.urlWith("ApplicationName=" + pool), env.login());
    }

    private static String query(Env env, String pool, String sql) throws SQLException {
        try (Connection c = connect(env, pool)) {
            return env.query(c, sql);
        }
    }

    static void statementsAndResultSets(Env env) throws Exception {
        for (int borrow = 0; borrow < 5; borrow++) {
            try (Connection c = env.connect()) {
                int sum = 0;
                for (int i = 0; i < 50; i++) {
                    PreparedStatement p = c.prepareStatement("SELECT " + i + " + ?::int");
                    p.setInt(1, borrow);
                    ResultSet r = p.executeQuery();
                    r.next();
                    sum += r.getInt(1);
                }
                env.print("sum", sum);
            }
            env.print("prepared", env.query("SELECT count(*) FROM pg_prepared_statements"));
        }
    }

    static void closedLate(Env env) throws Exception {
        List<Connection> kept = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            Connection c = connect(env, "late");
            env.execute(c, "CREATE TEMP TABLE late AS SELECT " + i + " AS n");
            kept.add(c);
            env.print("in between", query(env, "late", "SELECT " + i));
        }
        for (Connection c : kept) {
            env.print("late", env.query(c, "SELECT n FROM late"));
            c.close();
        }
        env.show("gone", () -> query(env, "late", "SELECT n FROM late"));
    }

    static void droppedThirty(Env env) throws Exception {
        for (int i = 0; i < 30; i++) {
            env.print("dropped", env.query(connect(env, "thirty"), "SELECT " + i));
        }
        for (int i = 0; i < 10; i++) {
            env.print("goes on", query(env, "thirty", "SELECT " + i));
        }
    }

    static void droppedByThreadsThatEnd(Env env) throws Exception {
        for (int i = 0; i < 6; i++) {
            int number = i;
            env.print(
                    "thread",
                    Concurrently.start(() -> env.query(connect(env, "threads"), "SELECT " + number))
                            .outcome());
            env.print("goes on", query(env, "threads", "SELECT " + i));
        }
    }

    /** What it left is its own: nobody else sees it, however long it stays. */
    static void droppedDirty(Env env) throws Exception {
        env.setup("CREATE TABLE dirty (id int)");
        for (int i = 0; i < 4; i++) {
            Connection c = connect(env, "dirty");
            c.setAutoCommit(false);
            env.execute(c, "SET statement_timeout = '7s'", "INSERT INTO dirty VALUES (1)", "LISTEN dirt");
            c = null;
            env.print("rows", query(env, "dirty", "SELECT count(*) FROM dirty"));
            env.print("setting", query(env, "dirty", "SHOW statement_timeout"));
            env.print("channels", query(env, "dirty", "SELECT count(*) FROM pg_listening_channels()"));
        }
    }

    /** Whether and when a dropped one is collected does not matter to those who come after it. */
    static void droppedAndCollected(Env env) throws Exception {
        for (int i = 0; i < 5; i++) {
            env.print("dropped", env.query(connect(env, "collected"), "SELECT " + i));
            System.gc();
            try (Connection a = connect(env, "collected");
                    Connection b = connect(env, "collected")) {
                String pid = "SELECT pg_backend_pid()";
                env.print("two sessions", !env.query(a, pid).equals(env.query(b, pid)));
                env.print("fresh", env.query(a, "SELECT count(*) FROM pg_prepared_statements"));
            }
        }
    }
}
