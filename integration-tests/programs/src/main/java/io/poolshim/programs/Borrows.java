package io.poolshim.programs;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Who holds how many connections, and for how long. */
final class Borrows {
    private static final List<Connection> FORGOTTEN = new ArrayList<>();

    private Borrows() {}

    static void addTo(Map<String, TwinProgram> all) {
        all.put("borrows.nested-two-deep", Borrows::nestedTwoDeep);
        all.put("borrows.nested-three-deep", Borrows::nestedThreeDeep);
        all.put("borrows.nested-sees-only-committed", Borrows::nestedSeesOnlyCommitted);
        all.put("borrows.threads-that-nest", Borrows::threadsThatNest);
        all.put("borrows.threads-each-with-its-own-session", Borrows::threadsEachWithItsOwnSession);
        all.put("borrows.many-kept-open", Borrows::manyKeptOpen);
        all.put("borrows.hand-written-pool", Borrows::handWrittenPool);
    }

    static void nestedTwoDeep(Env env) throws Exception {
        env.setup("CREATE TABLE nested2 (id int, parent int)", "INSERT INTO nested2 VALUES (1, 0), (2, 1), (3, 1)");
        try (Connection outer = env.connect();
                Statement s = outer.createStatement();
                ResultSet parents = s.executeQuery("SELECT DISTINCT parent FROM nested2 ORDER BY 1")) {
            while (parents.next()) {
                try (Connection inner = env.connect()) {
                    String sql = "SELECT id FROM nested2 WHERE parent = " + parents.getInt(1) + " ORDER BY id";
                    env.print("children of " + parents.getInt(1), env.query(inner, sql));
                    env.print("another one", inner != outer);
                }
            }
        }
    }

    static void nestedThreeDeep(Env env) throws Exception {
        for (int i = 0; i < 5; i++) {
            try (Connection a = env.connect();
                    Connection b = env.connect();
                    Connection c = env.connect()) {
                String pid = "SELECT pg_backend_pid()";
                boolean different = !env.query(a, pid).equals(env.query(b, pid))
                        && !env.query(b, pid).equals(env.query(c, pid))
                        && !env.query(a, pid).equals(env.query(c, pid));
                env.print("three sessions", different);
            }
        }
    }

    static void nestedSeesOnlyCommitted(Env env) throws Exception {
        env.setup("CREATE TABLE nested_tx (id int)");
        try (Connection outer = env.connect()) {
            outer.setAutoCommit(false);
            env.execute(outer, "INSERT INTO nested_tx VALUES (1)");
            try (Connection inner = env.connect()) {
                env.print("inner, before", env.query(inner, "SELECT count(*) FROM nested_tx"));
                env.print("inner commits by itself", inner.getAutoCommit());
                outer.commit();
                env.print("inner, after", env.query(inner, "SELECT count(*) FROM nested_tx"));
            }
            env.print("outer goes on", env.query(outer, "SELECT count(*) FROM nested_tx"));
        }
    }

    static void threadsThatNest(Env env) throws Exception {
        env.setup("CREATE TABLE thread_log (worker int, step int)");
        env.print("done", inThreads(8, worker -> {
            for (int step = 0; step < 10; step++) {
                try (Connection outer = env.connect();
                        PreparedStatement p = outer.prepareStatement("INSERT INTO thread_log VALUES (?, ?)")) {
                    p.setInt(1, worker);
                    p.setInt(2, step);
                    try (Connection inner = env.connect()) {
                        env.query(inner, "SELECT count(*) FROM thread_log");
                    }
                    p.executeUpdate();
                }
            }
            return 1;
        }));
        env.print("rows", env.query("SELECT worker, count(*), sum(step) FROM thread_log GROUP BY 1 ORDER BY 1"));
    }

    static void threadsEachWithItsOwnSession(Env env) throws Exception {
        env.print("mixed up", inThreads(10, worker -> {
            int mixedUp = 0;
            for (int i = 0; i < 10; i++) {
                try (Connection c = env.connect()) {
                    env.execute(c, "SET application_name = 'worker " + worker + "'");
                    String name = env.query(c, "SELECT current_setting('application_name')");
                    mixedUp += name.equals("worker " + worker) ? 0 : 1;
                }
            }
            return mixedUp;
        }));
    }

    private interface Worker {
        int work(int number) throws Exception;
    }

    private static int inThreads(int count, Worker worker) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(count);
        try {
            List<Callable<Integer>> tasks = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                int number = i;
                tasks.add(() -> worker.work(number));
            }
            int sum = 0;
            for (Future<Integer> result : threads.invokeAll(tasks)) {
                sum += result.get();
            }
            return sum;
        } finally {
            threads.shutdown();
        }
    }

    static void manyKeptOpen(Env env) throws Exception {
        List<Connection> kept = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            kept.add(env.connect());
        }
        for (int round = 0; round < 3; round++) {
            int sum = 0;
            for (Connection c : kept) {
                sum += Integer.parseInt(env.query(c, "SELECT 1"));
            }
            env.print("round " + round, sum);
        }
        for (Connection c : kept) {
            c.close();
        }
        env.print("afterwards", env.query("SELECT 'ok'"));
    }

    static void handWrittenPool(Env env) throws Exception {
        Deque<Connection> idle = new ArrayDeque<>();
        for (int i = 0; i < 5; i++) {
            idle.push(env.connect());
        }
        for (int i = 0; i < 20; i++) {
            Connection c = idle.pop();
            if (c.isClosed() || !c.isValid(5)) {
                c = env.connect();
            }
            env.execute(c, "SET application_name = 'pooled'");
            env.print("use " + i, env.query(c, "SELECT " + i));
            if (i % 7 == 6) {
                c.close();
            }
            idle.addLast(c);
        }
        for (Connection c : idle) {
            c.close();
        }
        env.print("not ours", env.query("SELECT current_setting('application_name') = 'pooled'"));
    }

    /** The last one to run: nobody ever closes these. */
    static void leak(Env env) throws Exception {
        for (int i = 0; i < 15; i++) {
            Connection c = env.connect();
            FORGOTTEN.add(c);
            env.print("forgotten", env.query(c, "SELECT " + i));
        }
        for (int i = 0; i < 10; i++) {
            env.print("goes on", env.query("SELECT " + i));
        }
        env.print("forgotten ones work", env.query(FORGOTTEN.get(3), "SELECT 'still'"));
    }
}
