package io.poolshim.programs;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Threads that use a connection about once in twenty milliseconds, just when the agent sends a reset by itself for which
 * there was no statement to go out with; and check every answer.
 */
public final class LateResets {
    private static final int THREADS = 6;
    private static final int TIMES = 150;

    private LateResets() {}

    public static void main(String[] args) throws Exception {
        Env env = new Env(System.out);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        List<Callable<Integer>> tasks = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            Random random = new Random(i);
            tasks.add(() -> work(env, random));
        }
        int right = 0;
        for (Future<Integer> result : threads.invokeAll(tasks)) {
            right += result.get();
        }
        threads.shutdown();
        env.print("right answers", right);
    }

    private static int work(Env env, Random random) throws Exception {
        int right = 0;
        for (int i = 0; i < TIMES; i++) {
            int expected = random.nextInt();
            try (Connection c = env.connect();
                    PreparedStatement p = c.prepareStatement("SELECT ?::int")) {
                if (i % 2 == 0) {
                    c.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
                }
                p.setInt(1, expected);
                try (ResultSet row = p.executeQuery()) {
                    right += row.next() && row.getInt(1) == expected ? 1 : 0;
                }
            }
            TimeUnit.MICROSECONDS.sleep(19_000 + random.nextInt(2_000)); // what is tried here is a moment in time
        }
        return right;
    }
}
