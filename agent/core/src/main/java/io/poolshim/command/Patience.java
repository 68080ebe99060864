package io.poolshim.command;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A bound for what another JVM is asked: it may be stopped, and then never answers. */
final class Patience<T> {
    private final FutureTask<T> task;
    private final String pid;

    private Patience(String pid, FutureTask<T> task) {
        this.pid = pid;
        this.task = task;
    }

    /** Begins to ask. */
    static <T> Patience<T> with(String pid, Callable<T> question) {
        FutureTask<T> task = new FutureTask<>(question);
        Thread thread = new Thread(task, "asks " + pid);
        thread.setDaemon(true);
        thread.start();
        return new Patience<>(pid, task);
    }

    T answerWithin(long seconds) throws Trouble {
        try {
            return task.get(seconds, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new Trouble("process " + pid + " has not answered for " + seconds + " seconds: is it stopped?");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Trouble("interrupted");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Trouble
                    ? (Trouble) e.getCause()
                    : new Trouble("process " + pid + " could not be asked: " + e.getCause());
        }
    }
}
