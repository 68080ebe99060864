package io.poolshim.programs.stress;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.LockSupport;

/** Threads that meddle with the connections of others. */
final class Companions {
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "companion");
        thread.setDaemon(true);
        return thread;
    });

    /** Begins at once and says so before it goes on; then waits for that many microseconds. */
    Future<Exception> start(long micros, Task task) {
        CountDownLatch begun = new CountDownLatch(1);
        Future<Exception> running = threads.submit(() -> {
            begun.countDown();
            LockSupport.parkNanos(micros * 1_000);
            return outcome(task);
        });
        uninterrupted(() -> {
            begun.await();
            return null;
        });
        return running;
    }

    /** How it ended: with what it threw, or null. */
    static Exception await(Future<Exception> running) {
        return uninterrupted(running::get);
    }

    /** Interrupts are meant for the driver and the agent; here they only have to be kept. */
    private static <T> T uninterrupted(Callable<T> wait) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return wait.call();
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static Exception outcome(Task task) {
        try {
            task.run();
            return null;
        } catch (Exception e) {
            return e;
        }
    }

    /** In a thread that is gone when this returns. */
    static <T> T inADyingThread(Callable<T> task) throws Exception {
        FutureTask<T> work = new FutureTask<>(task);
        Thread thread = new Thread(work, "dying");
        thread.setDaemon(true);
        thread.start();
        uninterrupted(() -> {
            thread.join();
            return null;
        });
        try {
            return work.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception ? (Exception) e.getCause() : e;
        }
    }

    /** Something to do that may fail. */
    interface Task {
        void run() throws Exception;
    }
}
