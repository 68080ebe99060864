package io.poolshim.pool;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What one thread has borrowed and not returned, over all pools. Only that thread adds; any thread may return. Most
 * threads hold one connection at a time, and that one costs no lock.
 */
final class Holdings {
    private static final ThreadLocal<Holdings> CURRENT = ThreadLocal.withInitial(Holdings::new);
    private static final AtomicReferenceFieldUpdater<Holdings, BorrowRecord> ONE =
            AtomicReferenceFieldUpdater.newUpdater(Holdings.class, BorrowRecord.class, "one");

    static final int SAMPLE = 16; // a power of two

    private int asked; // how often it asked whether a borrow is a sample
    private final Thread thread = Thread.currentThread();
    private volatile @Nullable BorrowRecord one;
    private volatile int more; // the size of others
    private final List<BorrowRecord> others = new ArrayList<>(2);

    static Holdings ofThisThread() {
        return CURRENT.get();
    }

    /** True for one of a thread's borrows in so many, the first one included. */
    boolean isSample() {
        return (asked++ & SAMPLE - 1) == 0;
    }

    Thread thread() {
        return thread;
    }

    void add(BorrowRecord record) {
        if (one == null) {
            one = record;
            return;
        }
        synchronized (others) {
            others.add(record);
            more = others.size();
        }
    }

    void remove(BorrowRecord record) {
        if (!ONE.compareAndSet(this, record, null)) {
            synchronized (others) {
                others.remove(record);
                more = others.size();
            }
        }
    }

    boolean isEmpty() {
        return one == null && more == 0;
    }

    /** How many places of this pool the thread holds. */
    int placesIn(ConnectionPool pool) {
        int[] places = {0};
        forEach(record -> places[0] += record.pool() == pool && record.grant() != Grant.OWN ? 1 : 0);
        return places[0];
    }

    private void forEach(Consumer<BorrowRecord> action) {
        BorrowRecord first = one;
        if (first != null) {
            action.accept(first);
        }
        synchronized (others) {
            others.forEach(action);
        }
    }
}
