package io.poolshim.programs;

import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A load whose overlap is known: in each round five threads hold a connection at the same time, and in one round in the
 * middle six do. That one is less than a thousandth of all borrows.
 */
public final class Rounds {
    public static final int USUAL = 5;
    public static final int PEAK = USUAL + 1;
    private static final int ROUNDS = 200;

    private final Env env = new Env(System.out);
    private final ExecutorService threads = Executors.newFixedThreadPool(PEAK);

    private Rounds() {}

    public static void main(String[] args) throws Exception {
        Rounds rounds = new Rounds();
        int answers = 0;
        for (int i = 0; i < ROUNDS; i++) {
            answers += rounds.round(USUAL);
            if (i == ROUNDS / 2) {
                answers += rounds.round(PEAK);
            }
        }
        rounds.threads.shutdown();
        rounds.env.print("answers", answers);
    }

    /** All hold theirs before any closes it. */
    private int round(int users) throws Exception {
        CyclicBarrier allHold = new CyclicBarrier(users);
        List<Future<Integer>> answers = new ArrayList<>();
        for (int user = 0; user < users; user++) {
            answers.add(threads.submit(() -> {
                try (Connection c = env.connect()) {
                    int answer = Integer.parseInt(env.query(c, "SELECT 1"));
                    allHold.await();
                    return answer;
                }
            }));
        }
        int sum = 0;
        for (Future<Integer> answer : answers) {
            sum += answer.get();
        }
        return sum;
    }
}
