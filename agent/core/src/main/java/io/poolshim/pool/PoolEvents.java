package io.poolshim.pool;

import java.sql.SQLException;

/** What happens in a pool: counted, and told to whoever listens. */
final class PoolEvents implements Stock.Events {
    private final ConnectionPool pool;
    private final PoolStatistics statistics;
    private final PoolListener listener;

    PoolEvents(ConnectionPool pool, PoolStatistics statistics, PoolListener listener) {
        this.pool = pool;
        this.statistics = statistics;
        this.listener = listener;
    }

    void created() {
        listener.created(pool);
    }

    void retired() {
        listener.retired(pool);
    }

    @Override
    public void opened(long nanos) {
        listener.opened(pool, nanos);
    }

    @Override
    public void evicted(Eviction why) {
        statistics.evicted.increment();
        listener.evicted(pool, why);
    }

    @Override
    public void breakerOpened(Throwable cause) {
        listener.breakerOpened(pool, cause);
    }

    void serverFailed(Throwable thrown) {
        listener.serverFailed(pool, thrown);
    }

    void controlled(String action) {
        listener.controlled(pool, action);
    }

    /** {@code atOnce}: a place was free. */
    void borrowed(BorrowRecord record, boolean atOnce, Holdings holdings, long start) {
        count(record, atOnce, holdings, start);
        listener.borrowed(record, start);
    }

    /** Looking at the clock costs as much as all the rest of a borrow that waits for nothing. */
    private void count(BorrowRecord record, boolean atOnce, Holdings holdings, long start) {
        if (!atOnce || !record.isReused()) {
            statistics.borrowed(record.isReused(), System.nanoTime() - start);
            return;
        }
        record.pooled().borrowedAtOnce();
        if (holdings.isSample()) {
            statistics.idleWaits.record(System.nanoTime() - start);
        }
    }

    /** After {@link #borrowed}. */
    void waited(BorrowRecord record, long nanos) {
        listener.waited(record, nanos);
    }

    void timedOut(BorrowRecord record, long start) {
        statistics.timedOut.increment();
        record.timedOut();
        listener.timedOut(record, start);
    }

    /** No place was free in time, with the hard limit. */
    void borrowFailed(BorrowRecord record, long start, SQLException thrown) {
        listener.borrowFailed(record, start, thrown);
    }

    /** The login failed. */
    void refused(BorrowRecord record, long start, Throwable thrown) {
        record.refused(thrown);
        listener.borrowFailed(record, start, thrown);
    }

    void reclaimed(BorrowRecord record) {
        statistics.reclaimed.increment();
        record.dropped();
        listener.reclaimed(record);
    }

    void returned(BorrowRecord record, boolean kept) {
        listener.returned(record, !kept);
    }
}
