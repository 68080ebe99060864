package io.poolshim.pool;

/** Two listeners, told one after the other. */
public final class Listeners implements PoolListener {
    private final PoolListener first;
    private final PoolListener second;

    public Listeners(PoolListener first, PoolListener second) {
        this.first = first;
        this.second = second;
    }

    @Override
    public void created(ConnectionPool pool) {
        first.created(pool);
        second.created(pool);
    }

    @Override
    public void borrowed(BorrowRecord record, long startNanos) {
        first.borrowed(record, startNanos);
        second.borrowed(record, startNanos);
    }

    @Override
    public void openFailed(ConnectionPool pool, long startNanos, Throwable thrown) {
        first.openFailed(pool, startNanos, thrown);
        second.openFailed(pool, startNanos, thrown);
    }

    @Override
    public void pending(ConnectionPool pool) {
        first.pending(pool);
        second.pending(pool);
    }

    @Override
    public void returned(BorrowRecord record, boolean evicted) {
        first.returned(record, evicted);
        second.returned(record, evicted);
    }
}
