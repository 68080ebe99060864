package io.poolshim.journal;

import io.poolshim.pool.BorrowRecord;
import io.poolshim.pool.ConnectionPool;
import io.poolshim.pool.Eviction;
import io.poolshim.pool.PoolListener;
import io.poolshim.wrap.QueryListener;
import org.jspecify.annotations.Nullable;

/** Hears everything and passes it on to the listener behind it. */
public class Relay implements PoolListener, QueryListener {
    private final PoolListener pools;
    private final QueryListener queries;

    protected <T extends PoolListener & QueryListener> Relay(T next) {
        this.pools = next;
        this.queries = next;
    }

    @Override
    public void created(ConnectionPool pool) {
        pools.created(pool);
    }

    @Override
    public void retired(ConnectionPool pool) {
        pools.retired(pool);
    }

    @Override
    public void opened(ConnectionPool pool, long nanos) {
        pools.opened(pool, nanos);
    }

    @Override
    public void borrowed(BorrowRecord record, long startNanos) {
        pools.borrowed(record, startNanos);
    }

    @Override
    public void waited(BorrowRecord record, long nanos) {
        pools.waited(record, nanos);
    }

    @Override
    public void borrowFailed(BorrowRecord record, long startNanos, Throwable thrown) {
        pools.borrowFailed(record, startNanos, thrown);
    }

    @Override
    public void timedOut(BorrowRecord record, long startNanos) {
        pools.timedOut(record, startNanos);
    }

    @Override
    public void reclaimed(BorrowRecord record) {
        pools.reclaimed(record);
    }

    @Override
    public void evicted(ConnectionPool pool, Eviction why) {
        pools.evicted(pool, why);
    }

    @Override
    public void serverFailed(ConnectionPool pool, Throwable thrown) {
        pools.serverFailed(pool, thrown);
    }

    @Override
    public void breakerOpened(ConnectionPool pool, Throwable cause) {
        pools.breakerOpened(pool, cause);
    }

    @Override
    public void controlled(ConnectionPool pool, String action) {
        pools.controlled(pool, action);
    }

    @Override
    public void returned(BorrowRecord record, boolean evicted) {
        pools.returned(record, evicted);
    }

    @Override
    public @Nullable Object started(BorrowRecord record, String sql, int batchSize) {
        return queries.started(record, sql, batchSize);
    }

    @Override
    public void sent(BorrowRecord record, String sql) {
        queries.sent(record, sql);
    }

    @Override
    public @Nullable Object fetching(BorrowRecord record) {
        return queries.fetching(record);
    }

    @Override
    public @Nullable Object ending(BorrowRecord record, boolean commit, long sinceNanos) {
        return queries.ending(record, commit, sinceNanos);
    }

    @Override
    public void ended(Object token, @Nullable Throwable thrown) {
        queries.ended(token, thrown);
    }
}
