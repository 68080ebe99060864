package io.poolshim.programs;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Several threads that borrow and query for a given time, and check every answer. */
public final class BusyApplication {
    private static final int THREADS = 4;
    private static final int LEAST_ROUNDS = 5;

    private BusyApplication() {}

    public static void main(String[] args) throws Exception {
        Env env = new Env(System.out);
        long end = System.nanoTime() + Long.parseLong(env.value("seconds")) * 1_000_000_000L;
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        List<Callable<Integer>> tasks = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            int worker = i;
            tasks.add(() -> work(env, worker, end));
        }
        int rounds = 0;
        for (Future<Integer> result : threads.invokeAll(tasks)) {
            rounds += result.get();
        }
        threads.shutdown();
        env.print("every answer was right", rounds > 0);
    }

    private static int work(Env env, int worker, long end) throws Exception {
        int rounds = 0;
        do {
            try (Connection c = env.connect();
                    PreparedStatement p = c.prepareStatement("SELECT ?::int, pg_backend_pid()")) {
                int expected = worker * 1_000_000 + rounds;
                p.setInt(1, expected);
                try (ResultSet r = p.executeQuery()) {
                    r.next();
                    check(r.getInt(1) == expected, "another borrower's row");
                    check(r.getStatement().getConnection() == c, "another connection behind the statement");
                    check(env.query(c, "SELECT pg_backend_pid()").equals(r.getString(2)), "another session");
                }
            }
            rounds++;
        } while (rounds < LEAST_ROUNDS || System.nanoTime() < end); // on a slow machine, too, connections are reused
        return rounds;
    }

    private static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException(otherwise);
        }
    }
}
