package io.poolshim.pool;

import org.jspecify.annotations.Nullable;

/** Two listeners, told in this order. */
public final class Listeners implements PoolListener {
    private final PoolListener first;
    private final PoolListener second;

    private Listeners(PoolListener first, PoolListener second) {
        this.first = first;
        this.second = second;
    }

    /** Both, or the first one if there is no other. */
    public static PoolListener both(PoolListener first, @Nullable PoolListener second) {
        return second == null ? first : new Listeners(first, second);
    }

    @Override
    public void created(ConnectionPool pool) {
        first.created(pool);
        second.created(pool);
    }

    @Override
    public void retired(ConnectionPool pool) {
        first.retired(pool);
        second.retired(pool);
    }

    @Override
    public void opened(ConnectionPool pool, long nanos) {
        first.opened(pool, nanos);
        second.opened(pool, nanos);
    }

    @Override
    public void borrowed(BorrowRecord record, long startNanos) {
        first.borrowed(record, startNanos);
        second.borrowed(record, startNanos);
    }

    @Override
    public void waited(BorrowRecord record, long nanos) {
        first.waited(record, nanos);
        second.waited(record, nanos);
    }

    @Override
    public void borrowFailed(BorrowRecord record, long startNanos, Throwable thrown) {
        first.borrowFailed(record, startNanos, thrown);
        second.borrowFailed(record, startNanos, thrown);
    }

    @Override
    public void timedOut(BorrowRecord record, long startNanos) {
        first.timedOut(record, startNanos);
        second.timedOut(record, startNanos);
    }

    @Override
    public void reclaimed(BorrowRecord record) {
        first.reclaimed(record);
        second.reclaimed(record);
    }

    @Override
    public void evicted(ConnectionPool pool, Eviction why) {
        first.evicted(pool, why);
        second.evicted(pool, why);
    }

    @Override
    public void serverFailed(ConnectionPool pool, Throwable thrown) {
        first.serverFailed(pool, thrown);
        second.serverFailed(pool, thrown);
    }

    @Override
    public void breakerOpened(ConnectionPool pool, Throwable cause) {
        first.breakerOpened(pool, cause);
        second.breakerOpened(pool, cause);
    }

    @Override
    public void controlled(ConnectionPool pool, String action) {
        first.controlled(pool, action);
        second.controlled(pool, action);
    }

    @Override
    public void returned(BorrowRecord record, boolean evicted) {
        first.returned(record, evicted);
        second.returned(record, evicted);
    }
}
