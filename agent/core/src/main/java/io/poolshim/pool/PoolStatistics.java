package io.poolshim.pool;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntSupplier;

/** What a pool counts over its life. */
public final class PoolStatistics {
    public final LongAdder opened = new LongAdder();
    public final LongAdder overflow = new LongAdder();
    public final LongAdder own = new LongAdder();
    public final LongAdder evicted = new LongAdder();
    public final LongAdder timedOut = new LongAdder();
    public final LongAdder longHeld = new LongAdder();
    /** Connections that were dropped without close(). */
    public final LongAdder reclaimed = new LongAdder();
    /** Waits of borrows that found a free place and an idle connection at once. */
    public final WaitHistogram idleWaits = new WaitHistogram();
    /** Waits of all other borrows, opening a connection included. */
    public final WaitHistogram otherWaits = new WaitHistogram();

    /** Borrows that waited, and then found an idle connection. */
    private final LongAdder reusedAfterWait = new LongAdder();

    private final String name;
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger peak = new AtomicInteger();
    volatile IntSupplier used = () -> 0;

    PoolStatistics(String name) {
        this.name = name;
    }

    /** The pool's name. */
    public String name() {
        return name;
    }

    void borrowed(boolean atOnce, boolean wasIdle, long wait) {
        if (atOnce && wasIdle) {
            idleWaits.record(wait);
        } else {
            otherWaits.record(wait);
            if (wasIdle) {
                reusedAfterWait.increment();
            }
        }
    }

    public long borrows() {
        return idleWaits.count() + otherWaits.count();
    }

    /** Borrows that found an idle connection. */
    public long reused() {
        return idleWaits.count() + reusedAfterWait.sum();
    }

    void openedOne() {
        opened.increment();
        int now = open.incrementAndGet();
        if (now > peak.get()) {
            peak.accumulateAndGet(now, Math::max);
        }
    }

    void closedOne() {
        open.decrementAndGet();
    }

    /** Connections open now, idle and used. */
    public int open() {
        return open.get();
    }

    /** Places taken now: when nobody has a connection there must be none. */
    public int used() {
        return used.getAsInt();
    }

    /** The most connections that were open at once. */
    public int peak() {
        return peak.get();
    }
}
