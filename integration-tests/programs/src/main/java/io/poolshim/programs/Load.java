package io.poolshim.programs;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** Threads that do the same request again and again, each with a connection of its own, until they are told to stop. */
final class Load {
    private final Env env;
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final AtomicReference<String> firstFailure = new AtomicReference<>("none");
    private volatile boolean over;

    Load(Env env) {
        this.env = env;
    }

    void start(int count) {
        for (int i = 0; i < count; i++) {
            Thread thread = new Thread(this::work, "load " + i);
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }
    }

    private void work() {
        while (!over) {
            try {
                String answer = env.query("SELECT 42");
                if (!answer.equals("42")) {
                    throw new IllegalStateException("wrong answer: " + answer);
                }
            } catch (Exception e) {
                failed.incrementAndGet();
                firstFailure.compareAndSet("none", Failures.describe(e));
            }
            requests.incrementAndGet();
        }
    }

    /** How many are done. */
    long requests() {
        return requests.get();
    }

    /** How many failed, and how the first did. */
    String stop() throws InterruptedException {
        over = true;
        for (Thread thread : threads) {
            thread.join();
        }
        return failed + " failed of " + requests + ", the first with: " + firstFailure;
    }
}
