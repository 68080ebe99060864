package io.poolshim.telemetry;

import io.poolshim.pool.BorrowRecord;
import io.poolshim.pool.ConnectionPool;
import io.poolshim.pool.Eviction;
import io.poolshim.session.PhysicalConnection;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Metrics by the semantic conventions for database clients and their connection pools, and some of our own, beside the
 * spans. Each goes where those of its pool go, see {@link Home}.
 */
final class MetricTelemetry implements Telemetry {
    private static final double NANOS = 1e9;

    private final Telemetry spans;
    private final Measures own;
    private final @Nullable Function<@Nullable Class<?>, @Nullable Measures> applications;

    /** What runs, the histogram of how long it takes, and the token of its span. */
    private static final class Operation {
        final Measures measures;
        final Metering.Recorder durations;
        final long start;
        final Object attributes;
        final @Nullable Object span;

        Operation(
                Measures measures, Metering.Recorder durations, long start, Object attributes, @Nullable Object span) {
            this.measures = measures;
            this.durations = durations;
            this.start = start;
            this.attributes = attributes;
            this.span = span;
        }
    }

    private MetricTelemetry(
            Telemetry spans, Measures own, @Nullable Function<@Nullable Class<?>, @Nullable Measures> applications) {
        this.spans = spans;
        this.own = own;
        this.applications = applications;
    }

    /**
     * Metrics and these spans; only the spans if nobody can read metrics.
     *
     * @param own the agent's
     * @param applications those of a caller's application, if it has any; null if they are not looked for
     */
    static Telemetry beside(
            Telemetry spans, Measures own, @Nullable Function<@Nullable Class<?>, @Nullable Measures> applications) {
        return own.isOff() && applications == null ? spans : new MetricTelemetry(spans, own, applications);
    }

    private Home home(ConnectionPool pool) {
        Home known = (Home) pool.attributes;
        return known != null ? known : make(pool);
    }

    private synchronized Home make(ConnectionPool pool) {
        Home known = (Home) pool.attributes;
        if (known == null) {
            pool.attributes = known = new Home(own);
            if (applications == null) {
                known.borrowed(pool, own);
            }
        }
        return known;
    }

    private PoolMeasures measures(BorrowRecord record) {
        return home(record.pool()).now(record.pool());
    }

    /** A connection of the pool was opened, which took so long. */
    static void created(PoolMeasures pool, long nanos) {
        pool.measures.creations.record(nanos / NANOS, pool.attributes);
    }

    @Override
    public void opened(ConnectionPool pool, long nanos) {
        home(pool).opened(pool, nanos);
        spans.opened(pool, nanos);
    }

    @Override
    public void retired(ConnectionPool pool) {
        home(pool).now(pool).measures.pools.retire(pool);
        spans.retired(pool);
    }

    @Override
    public void borrowed(BorrowRecord record, long startNanos) {
        Measures theirs = applications == null ? null : applications.apply(record.caller());
        PoolMeasures pool = home(record.pool()).borrowed(record.pool(), theirs == null ? own : theirs);
        pool.measures.waits.record((System.nanoTime() - startNanos) / NANOS, pool.attributes);
        spans.borrowed(record, startNanos);
    }

    @Override
    public void borrowFailed(BorrowRecord record, long startNanos, Throwable thrown) {
        spans.borrowFailed(record, startNanos, thrown);
    }

    @Override
    public void timedOut(BorrowRecord record, long startNanos) {
        spans.timedOut(record, startNanos);
    }

    @Override
    public void reclaimed(BorrowRecord record) {
        spans.reclaimed(record);
    }

    @Override
    public void evicted(ConnectionPool pool, Eviction why) {
        PoolMeasures measures = home(pool).now(pool);
        measures.measures.evicted(measures, why.reason());
        spans.evicted(pool, why);
    }

    @Override
    public @Nullable String traceId(BorrowRecord record) {
        return spans.traceId(record);
    }

    @Override
    public void returned(BorrowRecord record, boolean evicted) {
        PoolMeasures pool = measures(record);
        pool.measures.uses.record(record.heldNanos() / NANOS, pool.attributes);
        spans.returned(record, evicted);
    }

    @Override
    public @Nullable Object started(BorrowRecord record, String sql, int batchSize) {
        Measures measures = measures(record).measures;
        Object span = spans.started(record, sql, batchSize);
        if (measures.isOff()) {
            return span;
        }
        ServerMeasures server = measures.of(((PhysicalConnection) record.physical()).address());
        return new Operation(measures, measures.operations, System.nanoTime(), measures.of(sql, server), span);
    }

    @Override
    public @Nullable Object fetching(BorrowRecord record) {
        Measures measures = measures(record).measures;
        Object span = spans.fetching(record);
        if (measures.isOff()) {
            return span;
        }
        ServerMeasures server = measures.of(((PhysicalConnection) record.physical()).address());
        return new Operation(measures, measures.operations, System.nanoTime(), server.fetch, span);
    }

    @Override
    public @Nullable Object ending(BorrowRecord record, boolean commit, long sinceNanos) {
        PoolMeasures pool = measures(record);
        Object span = spans.ending(record, commit, sinceNanos);
        if (pool.measures.isOff()) {
            return span;
        }
        Object outcome = commit ? pool.committed : pool.rolledBack;
        return new Operation(pool.measures, pool.measures.transactions, sinceNanos, outcome, span);
    }

    @Override
    public void ended(Object token, @Nullable Throwable thrown) {
        if (!(token instanceof Operation)) {
            spans.ended(token, thrown);
            return;
        }
        Operation operation = (Operation) token;
        double seconds = (System.nanoTime() - operation.start) / NANOS;
        Object attributes = operation.attributes;
        operation.durations.record(
                seconds, thrown == null ? attributes : operation.measures.failed(attributes, thrown));
        if (operation.span != null) {
            spans.ended(operation.span, thrown);
        }
    }

    @Override
    public void shutdown(long time, TimeUnit unit) {
        spans.shutdown(time, unit);
    }
}
