package io.poolshim.pool;

import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Sends what returned connections hold back for the next borrower's first statement, if there is none soon: the server
 * is to end what an unpooled session would have ended by itself.
 */
final class Flusher implements Runnable {
    private static final long MILLIS = 20;

    private final Iterable<PooledPhysical> physicals;
    private final ScheduledExecutorService scheduler;
    private final AtomicBoolean scheduled = new AtomicBoolean();

    Flusher(Iterable<PooledPhysical> physicals, ScheduledExecutorService scheduler) {
        this.physicals = physicals;
        this.scheduler = scheduler;
    }

    /** A connection is about to be handed on. */
    void returned(PooledPhysical physical) {
        if (!scheduled.get() && physical.physical().isUnsent()) {
            schedule();
        }
    }

    private void schedule() {
        if (scheduled.compareAndSet(false, true)) {
            try {
                Future<?> unused = scheduler.schedule(this, MILLIS, TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException ended) {
                scheduled.set(false);
            }
        }
    }

    @Override
    public void run() {
        scheduled.set(false); // whatever is returned from here on schedules the next run
        long now = System.nanoTime();
        boolean later = false;
        for (PooledPhysical physical : physicals) {
            if (TimeUnit.NANOSECONDS.toMillis(now - physical.lastUsed()) >= MILLIS) {
                physical.physical().flush();
            } else {
                later = true;
            }
        }
        if (later) {
            schedule();
        }
    }
}
