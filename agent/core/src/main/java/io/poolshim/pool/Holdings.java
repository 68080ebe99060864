package io.poolshim.pool;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

/**
 * How many connections one thread has borrowed and not returned, over all pools. Only that thread borrows; any thread may
 * return. Counts, not a list: a long-lived object that is given a new one at each borrow costs the garbage collector.
 */
class Holdings extends Apart {
    private static final ThreadLocal<Holdings> CURRENT = ThreadLocal.withInitial(Alone::new);
    private static final AtomicIntegerFieldUpdater<Holdings> BORROWED =
            AtomicIntegerFieldUpdater.newUpdater(Holdings.class, "borrowed");
    private static final AtomicIntegerFieldUpdater<Holdings> RETURNED =
            AtomicIntegerFieldUpdater.newUpdater(Holdings.class, "returned");
    private static final AtomicIntegerFieldUpdater<Holdings> RETURNED_BY_OTHERS =
            AtomicIntegerFieldUpdater.newUpdater(Holdings.class, "returnedByOthers");

    static final int SAMPLE = 16; // a power of two

    private final Thread thread = Thread.currentThread();
    private volatile int borrowed; // the thread itself writes it, and the next one
    private volatile int returned;
    private volatile int returnedByOthers;

    private Holdings() {}

    @SuppressWarnings({"unused", "UnusedVariable"}) // see Apart
    private static final class Alone extends Holdings {
        private long a0, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13, a14, a15;
    }

    static Holdings ofThisThread() {
        return CURRENT.get();
    }

    /** True for one of a thread's borrows in so many, the first one included; after {@link #borrow}. */
    boolean isSample() {
        return (borrowed & SAMPLE - 1) == 1;
    }

    Thread thread() {
        return thread;
    }

    /** By the thread itself. */
    void borrow() {
        BORROWED.lazySet(this, borrowed + 1);
    }

    /** Once for each borrow. */
    void giveBack() {
        if (Thread.currentThread() == thread) {
            RETURNED.lazySet(this, returned + 1);
        } else {
            RETURNED_BY_OTHERS.incrementAndGet(this);
        }
    }

    boolean isEmpty() {
        return borrowed - returned == returnedByOthers;
    }
}
