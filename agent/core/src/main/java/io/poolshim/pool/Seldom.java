package io.poolshim.pool;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Lets one through of those that come in a period, by whichever threads; the very first one at once. */
final class Seldom {
    private final long period;
    private final AtomicLong last;

    /** {@code millis}: the period. */
    Seldom(long millis) {
        this.period = TimeUnit.MILLISECONDS.toNanos(millis);
        this.last = new AtomicLong(System.nanoTime() - period);
    }

    boolean isDue() {
        long before = last.get();
        long now = System.nanoTime();
        return now - before >= period && last.compareAndSet(before, now);
    }
}
