package io.poolshim.journal;

import io.poolshim.pool.BorrowRecord;
import io.poolshim.pool.ConnectionPool;
import io.poolshim.pool.Eviction;
import io.poolshim.pool.PoolListener;
import io.poolshim.wrap.QueryListener;
import java.util.ArrayList;
import java.util.List;

/** A listener that remembers what it heard. */
final class Heard implements PoolListener, QueryListener {
    final List<String> events = new ArrayList<>();

    @Override
    public void created(ConnectionPool pool) {
        events.add("created");
    }

    @Override
    public void retired(ConnectionPool pool) {
        events.add("retired");
    }

    @Override
    public void opened(ConnectionPool pool, long nanos) {
        events.add("opened");
    }

    @Override
    public void borrowed(BorrowRecord record, long startNanos) {
        record.attachment = "trace-1";
        events.add("borrowed");
    }

    @Override
    public void borrowFailed(BorrowRecord record, long startNanos, Throwable thrown) {
        events.add("borrowFailed");
    }

    @Override
    public void timedOut(BorrowRecord record, long startNanos) {
        events.add("timedOut");
    }

    @Override
    public void reclaimed(BorrowRecord record) {
        events.add("reclaimed");
    }

    @Override
    public void evicted(ConnectionPool pool, Eviction why) {
        events.add("evicted");
    }

    @Override
    public void returned(BorrowRecord record, boolean evicted) {
        record.attachment = null;
        events.add("returned");
    }

    @Override
    public Object started(BorrowRecord record, String sql, int batchSize) {
        events.add("started");
        return sql;
    }

    @Override
    public void sent(BorrowRecord record, String sql) {
        events.add("sent " + sql);
    }

    @Override
    public void ended(Object token, Throwable thrown) {
        events.add("ended " + token);
    }
}
