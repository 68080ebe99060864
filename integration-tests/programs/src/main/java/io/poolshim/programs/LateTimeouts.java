package io.poolshim.programs;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Threads that leave a session with a time-out so short that it passes while the session is reset, or just when that ends;
 * and ask for something in the next one, which has no time-out.
 */
public final class LateTimeouts {
    private static final int THREADS = 12;
    private static final int TIMES = 500;

    private LateTimeouts() {}

    public static void main(String[] args) throws Exception {
        Env env = new Env(System.out);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        List<Callable<Integer>> tasks = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            tasks.add(() -> work(env));
        }
        int failures = 0;
        for (Future<Integer> result : threads.invokeAll(tasks)) {
            failures += result.get();
        }
        threads.shutdown();
        env.print("failures", failures);
    }

    private static int work(Env env) {
        int failures = 0;
        for (int i = 0; i < TIMES; i++) {
            failures += succeeds(env, "SELECT 1") ? 0 : 1;
            boolean takesLonger = i % 3 == 0;
            succeeds(
                    env,
                    takesLonger ? "CREATE TEMP TABLE kept (id int PRIMARY KEY)" : "SELECT 1",
                    "SET statement_timeout = 1",
                    "SELECT 1");
        }
        return failures;
    }

    private static boolean succeeds(Env env, String... statements) {
        try (Connection c = env.connect();
                Statement s = c.createStatement()) {
            for (String sql : statements) {
                s.execute(sql);
            }
            return true;
        } catch (SQLException e) {
            return false;
        }
    }
}
