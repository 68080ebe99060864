package io.poolshim.pool;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/** What a pool counts over its life. */
public final class PoolStatistics {
    public final LongAdder opened = new LongAdder();
    public final LongAdder overflow = new LongAdder();
    /** Borrows that found no place free. */
    public final LongAdder waited = new LongAdder();

    public final LongAdder own = new LongAdder();
    public final LongAdder evicted = new LongAdder();
    public final LongAdder timedOut = new LongAdder();
    public final LongAdder longHeld = new LongAdder();
    /** Sessions that were used and yet as they had been, so that nothing was undone. */
    public final LongAdder notReset = new LongAdder();
    /** Sessions that were reset, as far as the settings let them be. */
    public final LongAdder reset = new LongAdder();
    /** Sessions that no reset would have made as they had been. */
    public final LongAdder unfit = new LongAdder();
    /** Connections that were dropped without close(). */
    public final LongAdder reclaimed = new LongAdder();
    /** Waits of borrows that found a free place and an idle connection at once: one in sixteen of each thread's. */
    public final WaitHistogram idleWaits = new WaitHistogram();
    /** Waits of all other borrows. */
    private final WaitHistogram otherWaits = new WaitHistogram();

    /** How long opening connections took. */
    public final WaitHistogram logins = new WaitHistogram();

    private final AtomicLong shortestLogin = new AtomicLong(Long.MAX_VALUE);
    private volatile long firstLoginEnded;
    private long savedNanos;

    private final LongAdder reusedAtOnce = new LongAdder(); // connections that are closed
    private final LongAdder reusedAfterWait = new LongAdder();

    private final String name;
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger peak = new AtomicInteger();
    volatile IntSupplier used = () -> 0;
    volatile LongSupplier reusedAtOnceOfOpen = () -> 0;

    PoolStatistics(String name) {
        this.name = name;
    }

    /** The pool's name. */
    public String name() {
        return name;
    }

    /** Borrows that found a place and an idle connection at once; each connection counts its own. */
    private long reusedAtOnce() {
        return reusedAtOnce.sum() + reusedAtOnceOfOpen.getAsLong();
    }

    /** Any other borrow, after a wait in nanoseconds. */
    void borrowed(boolean wasIdle, long wait) {
        otherWaits.record(wait);
        if (wasIdle) {
            reusedAfterWait.increment();
        }
    }

    /** Waits of all borrows, opening a connection included. */
    public WaitHistogram waits() {
        return otherWaits.and(idleWaits, Holdings.SAMPLE);
    }

    public long borrows() {
        return reusedAtOnce() + otherWaits.count();
    }

    /** Borrows that found an idle connection. */
    public long reused() {
        return reusedAtOnce() + reusedAfterWait.sum();
    }

    /**
     * What the logins would have taken that were not needed, at least: each as the shortest of those that began after the
     * pool's first one had ended. The first ones also load classes, compete for the processor and take many times as long as
     * any later one, and hardly any follow where pooling works, so a mean would tell of little else. It is 0 until there is
     * such a login, and never becomes less.
     */
    public synchronized long savedNanos() {
        long shortest = shortestLogin.get();
        if (shortest < Long.MAX_VALUE) {
            savedNanos = Math.max(savedNanos, reused() * shortest);
        }
        return savedNanos;
    }

    void openedOne(long nanos) {
        long now = System.nanoTime();
        if (firstLoginEnded == 0) {
            firstLoginEnded = now; // of two at once, either
        } else if (now - nanos - firstLoginEnded > 0 && nanos < shortestLogin.get()) {
            shortestLogin.accumulateAndGet(nanos, Math::min);
        }
        logins.record(nanos);
        opened.increment();
        int openNow = open.incrementAndGet();
        if (openNow > peak.get()) {
            peak.accumulateAndGet(openNow, Math::max);
        }
    }

    /** With so many borrows that found it at once. */
    void closedOne(int borrowsAtOnce) {
        reusedAtOnce.add(borrowsAtOnce);
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
