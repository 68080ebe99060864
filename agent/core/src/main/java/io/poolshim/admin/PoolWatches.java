package io.poolshim.admin;

import io.poolshim.journal.Relay;
import io.poolshim.log.Log;
import io.poolshim.pool.BorrowRecord;
import io.poolshim.pool.ConnectionPool;
import io.poolshim.pool.Eviction;
import io.poolshim.pool.PoolListener;
import io.poolshim.wrap.QueryListener;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Hears of all pools and statements for the admin port, and passes everything on. */
public final class PoolWatches extends Relay {
    private static final int MOST_HISTORIES = 64; // pools

    private final Map<ConnectionPool, PoolWatch> watches = new ConcurrentHashMap<>();
    private final boolean probes;
    private final SlowStatements slow;
    private final Events events;

    /** {@code probes}: whether pools are to be probed. */
    <T extends PoolListener & QueryListener> PoolWatches(T next, boolean probes, SlowStatements slow, Events events) {
        super(next);
        this.probes = probes;
        this.slow = slow;
        this.events = events;
    }

    /** By the names of the pools. */
    List<PoolWatch> all() {
        watches.values().removeIf(PoolWatch::isOver);
        List<PoolWatch> all = new ArrayList<>(watches.values());
        all.removeIf(watch -> !watch.isOfUse());
        all.sort(Comparator.comparing(watch -> watch.pool.name()));
        return all;
    }

    private @Nullable PoolWatch of(ConnectionPool pool) {
        return watches.get(pool);
    }

    @Override
    public void created(ConnectionPool pool) {
        watches.values().removeIf(old -> old.isRetired() && old.pool.name().equals(pool.name()));
        watches.put(pool, new PoolWatch(pool, watches.size() < MOST_HISTORIES ? new History() : null));
        super.created(pool);
    }

    /** A pool that was ill when nobody used it any more is remembered: health must not get better by forgetting. */
    @Override
    public void retired(ConnectionPool pool) {
        PoolWatch watch = of(pool);
        if (watch == null || pool.isEnded() || !watch.retire()) {
            watches.remove(pool);
        }
        super.retired(pool);
    }

    @Override
    public void borrowed(BorrowRecord record, long startNanos) {
        PoolWatch watch = of(record.pool());
        if (watch != null) {
            watch.borrowed(record, probes);
        }
        super.borrowed(record, startNanos);
    }

    @Override
    public void borrowFailed(BorrowRecord record, long startNanos, Throwable thrown) {
        PoolWatch watch = of(record.pool());
        if (watch != null && !record.hasTimedOut()) {
            watch.failed(thrown);
        }
        super.borrowFailed(record, startNanos, thrown);
    }

    @Override
    public void evicted(ConnectionPool pool, Eviction why) {
        PoolWatch watch = of(pool);
        if (watch != null) {
            watch.evicted(why);
        }
        super.evicted(pool, why);
    }

    @Override
    public void controlled(ConnectionPool pool, String action) {
        events.add("control", pool.name(), action, 1);
        super.controlled(pool, action);
    }

    /** A statement that runs, and what the listener behind calls it. */
    private static final class Running {
        final BorrowRecord record;
        final String sql;
        final @Nullable Object next;
        final long start = System.nanoTime();

        Running(BorrowRecord record, String sql, @Nullable Object next) {
            this.record = record;
            this.sql = sql;
            this.next = next;
        }
    }

    @Override
    public Object started(BorrowRecord record, String sql, int batchSize) {
        count(record);
        return new Running(record, sql, super.started(record, sql, batchSize));
    }

    private void count(BorrowRecord record) {
        PoolWatch watch = of(record.pool());
        if (watch != null) {
            watch.statements.increment();
        }
    }

    @Override
    public void sent(BorrowRecord record, String sql) {
        count(record);
        super.sent(record, sql);
    }

    @Override
    public Object fetching(BorrowRecord record) {
        return new Running(record, "FETCH", super.fetching(record));
    }

    @Override
    public Object ending(BorrowRecord record, boolean commit, long sinceNanos) {
        return new Running(record, commit ? "COMMIT" : "ROLLBACK", super.ending(record, commit, sinceNanos));
    }

    @Override
    public void ended(Object token, @Nullable Throwable thrown) {
        Running running = (Running) token;
        long nanos = System.nanoTime() - running.start;
        if (running.next != null) {
            super.ended(running.next, thrown);
        }
        try {
            PoolWatch watch = thrown == null ? null : of(running.record.pool());
            if (watch != null && thrown != null) {
                watch.statementFailed(thrown);
            }
            slow.ended(running.record, running.sql, nanos);
        } catch (RuntimeException | LinkageError e) {
            Log.swallowed("looking at a statement for the admin port", e);
        }
    }
}
