package io.poolshim.pool;

import java.util.ArrayList;
import java.util.List;

/** What one thread has borrowed and not returned, over all pools; a connection may be returned by another thread. */
final class Holdings {
    private static final ThreadLocal<Holdings> CURRENT = ThreadLocal.withInitial(Holdings::new);

    private final List<BorrowRecord> records = new ArrayList<>(2);

    static Holdings ofThisThread() {
        return CURRENT.get();
    }

    synchronized void add(BorrowRecord record) {
        records.add(record);
    }

    synchronized void remove(BorrowRecord record) {
        records.remove(record);
    }

    synchronized boolean isEmpty() {
        return records.isEmpty();
    }

    /** How many places of this pool the thread holds. */
    synchronized int placesIn(ConnectionPool pool) {
        int places = 0;
        for (BorrowRecord record : records) {
            if (record.pool() == pool && record.grant() != Grant.OWN) {
                places++;
            }
        }
        return places;
    }
}
