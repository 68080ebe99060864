package io.poolshim.pool;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for conditions, with a deadline that only a failing test reaches. */
public final class Eventually {
    private static final long DEADLINE_SECONDS = 20;

    private Eventually() {}

    /** Returns once the condition holds. */
    public static void holds(String what, BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > TimeUnit.SECONDS.toNanos(DEADLINE_SECONDS)) {
                throw new AssertionError("did not happen: " + what);
            }
            LockSupport.parkNanos(50_000);
        }
    }

    /** Runs a task in a thread of its own, which holds no connection. */
    public static <T> FutureTask<T> inAnotherThread(Callable<T> task) {
        FutureTask<T> future = new FutureTask<>(task);
        new Thread(future, "another thread").start();
        return future;
    }

    /** The result of a task that is expected to end. */
    public static <T> T result(FutureTask<T> task) throws Exception {
        assertNotNull(task);
        try {
            return task.get(DEADLINE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("a thread hangs", e);
        }
    }
}
