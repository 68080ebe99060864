package io.poolshim.telemetry;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.incubator.metrics.ExtendedDoubleHistogram;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.LongCounterBuilder;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.metrics.ObservableLongMeasurement;
import io.poolshim.log.Log;
import io.poolshim.pool.BorrowRecord;
import io.poolshim.pool.ConnectionPool;
import io.poolshim.pool.Eviction;
import io.poolshim.session.PhysicalConnection;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Metrics by the semantic conventions for database clients and their connection pools, and some of our own, beside the
 * spans. What pools count anyway is read when metrics are collected.
 */
final class MetricTelemetry implements Telemetry {
    private static final double NANOS = 1e9;

    /** By the conventions, in seconds. */
    private static final List<Double> OPERATION_BOUNDS =
            Collections.unmodifiableList(Arrays.asList(0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1.0, 5.0, 10.0));

    /** A wait may be of microseconds. */
    private static final List<Double> CONNECTION_BOUNDS = Collections.unmodifiableList(
            Arrays.asList(0.00001, 0.0001, 0.0005, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1.0, 5.0, 10.0, 30.0));

    private final Telemetry spans;
    private final KnownQueries queries;
    private final Names names = new Names();
    private final Pools pools;
    private final Meter meter;
    private final DoubleHistogram operations;
    private final DoubleHistogram creations;
    private final DoubleHistogram waits;
    private final DoubleHistogram uses;
    private final DoubleHistogram transactions;
    private final LongCounter evictions;

    /** What runs, the histogram of how long it takes, and the token of its span. */
    private static final class Operation {
        final DoubleHistogram durations;
        final long start;
        final Attributes attributes;
        final @Nullable Object span;

        Operation(DoubleHistogram durations, long start, Attributes attributes, @Nullable Object span) {
            this.durations = durations;
            this.start = start;
            this.attributes = attributes;
            this.span = span;
        }
    }

    private MetricTelemetry(
            Meter meter,
            Telemetry spans,
            KnownQueries queries,
            Pools pools,
            Supplier<Map<String, Long>> passThroughs,
            boolean oldNames) {
        this.spans = spans;
        this.queries = queries;
        this.pools = pools;
        this.meter = meter;
        operations = seconds("db.client.operation.duration", "How long statements and batches took.", OPERATION_BOUNDS);
        creations = seconds(
                "db.client.connection.create_time", "How long it took to open a connection.", CONNECTION_BOUNDS);
        waits = seconds(
                "db.client.connection.wait_time",
                "How long callers waited for a connection, opening one included.",
                CONNECTION_BOUNDS);
        uses = seconds("db.client.connection.use_time", "How long connections were borrowed.", CONNECTION_BOUNDS);
        transactions = seconds(
                "poolshim.transaction.duration",
                "From a transaction's first statement to the end of commit() or rollback().",
                OPERATION_BOUNDS);
        evictions = meter.counterBuilder("poolshim.connection.evictions")
                .setUnit("{connection}")
                .setDescription("Connections that were really closed, and why.")
                .build();
        observePools(oldNames);
        observeAgent(passThroughs);
    }

    /**
     * Metrics and these spans; only the spans if nobody reads metrics.
     *
     * @param oldNames whether what has a new name is to come under its old one, too
     */
    static Telemetry beside(
            Telemetry spans,
            Meter meter,
            KnownQueries queries,
            Pools pools,
            Supplier<Map<String, Long>> passThroughs,
            boolean oldNames) {
        DoubleHistogram probe = meter.histogramBuilder("poolshim.probe").build();
        boolean off = probe instanceof ExtendedDoubleHistogram && !((ExtendedDoubleHistogram) probe).isEnabled();
        return off ? spans : new MetricTelemetry(meter, spans, queries, pools, passThroughs, oldNames);
    }

    private DoubleHistogram seconds(String name, String description, List<Double> bounds) {
        return meter.histogramBuilder(name)
                .setUnit("s")
                .setDescription(description)
                .setExplicitBucketBoundariesAdvice(bounds)
                .build();
    }

    private void observePools(boolean oldNames) {
        upDownCounter("db.client.connection.count", "{connection}", "Connections that are open.", measurement -> {
            record(measurement, withState("used", pool -> pool.statistics().used()));
            record(measurement, withState("idle", ConnectionPool::idle));
        });
        level("db.client.connection.limit", "{connection}", "Places of the pool.", ConnectionPool::maxSize);
        if (oldNames) {
            level("db.client.connection.max", "{connection}", "Places of the pool.", ConnectionPool::maxSize);
        }
        level("db.client.connection.idle.max", "{connection}", "Most idle connections.", ConnectionPool::maxSize);
        level("db.client.connection.idle.min", "{connection}", "Least idle connections.", ConnectionPool::minIdle);
        level("db.client.connection.pending_requests", "{request}", "Callers that wait.", ConnectionPool::pending);
        Map<String, List<PoolCount>> counts =
                Stream.of(PoolCount.values()).collect(Collectors.groupingBy(count -> count.metric));
        counts.values().forEach(this::counter);
    }

    /** Of counts that are the parts of one metric. */
    private void counter(List<PoolCount> parts) {
        PoolCount first = parts.get(0);
        LongCounterBuilder counter =
                meter.counterBuilder(first.metric).setUnit(first.unit).setDescription(first.description);
        if (first.isTime()) {
            counter.ofDoubles()
                    .buildWithCallback(measurement ->
                            pools.totals(first).forEach((pool, nanos) -> measurement.record(nanos / NANOS, pool)));
        } else {
            counter.buildWithCallback(
                    measurement -> parts.forEach(part -> record(measurement, part.part, pools.totals(part))));
        }
    }

    private static void record(ObservableLongMeasurement measurement, Attributes part, Map<Attributes, Long> values) {
        values.forEach((pool, value) ->
                measurement.record(value, pool.toBuilder().putAll(part).build()));
    }

    private Map<Attributes, Long> withState(String state, ToLongFunction<ConnectionPool> value) {
        Map<Attributes, Long> levels = new HashMap<>();
        pools.levels(value)
                .forEach((pool, level) ->
                        levels.put(pool.toBuilder().put(Names.STATE, state).build(), level));
        return levels;
    }

    private void level(String name, String unit, String description, ToLongFunction<ConnectionPool> value) {
        upDownCounter(name, unit, description, measurement -> record(measurement, pools.levels(value)));
    }

    private void upDownCounter(
            String name, String unit, String description, Consumer<ObservableLongMeasurement> observation) {
        meter.upDownCounterBuilder(name)
                .setUnit(unit)
                .setDescription(description)
                .buildWithCallback(observation);
    }

    private static void record(ObservableLongMeasurement measurement, Map<Attributes, Long> values) {
        values.forEach((attributes, value) -> measurement.record(value, attributes));
    }

    private void observeAgent(Supplier<Map<String, Long>> passThroughs) {
        meter.counterBuilder("poolshim.pass_throughs")
                .setUnit("{call}")
                .setDescription("Calls of DriverManager.getConnection that were left as they are.")
                .buildWithCallback(measurement -> passThroughs
                        .get()
                        .forEach((reason, count) -> measurement.record(count, Attributes.of(Names.REASON, reason))));
        meter.counterBuilder("poolshim.swallowed_errors")
                .setUnit("{error}")
                .setDescription("The agent's own failures, which turned into pass-through.")
                .buildWithCallback(measurement -> measurement.record(Log.swallowedCount()));
    }

    @Override
    public void opened(ConnectionPool pool, long nanos) {
        creations.record(nanos / NANOS, Names.pool(pool));
        spans.opened(pool, nanos);
    }

    @Override
    public void borrowed(BorrowRecord record, long startNanos) {
        waits.record((System.nanoTime() - startNanos) / NANOS, Names.pool(record.pool()));
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
        Attributes reason =
                Names.pool(pool).toBuilder().put(Names.REASON, why.reason()).build();
        evictions.add(1, reason);
        spans.evicted(pool, why);
    }

    @Override
    public @Nullable String traceId(BorrowRecord record) {
        return spans.traceId(record);
    }

    @Override
    public void returned(BorrowRecord record, boolean evicted) {
        uses.record(record.heldNanos() / NANOS, Names.pool(record.pool()));
        spans.returned(record, evicted);
    }

    @Override
    public Object started(BorrowRecord record, String sql, int batchSize) {
        Attributes server = names.server(((PhysicalConnection) record.physical()).address());
        return new Operation(
                operations, System.nanoTime(), queryOn(server, sql), spans.started(record, sql, batchSize));
    }

    @Override
    public Object fetching(BorrowRecord record) {
        Attributes server = names.server(((PhysicalConnection) record.physical()).address());
        Attributes fetch = server.toBuilder().put(Names.OPERATION, "FETCH").build();
        return new Operation(operations, System.nanoTime(), fetch, spans.fetching(record));
    }

    @Override
    public Object ending(BorrowRecord record, boolean commit, long sinceNanos) {
        Attributes outcome = Names.pool(record.pool()).toBuilder()
                .put(Names.OUTCOME, commit ? "commit" : "rollback")
                .build();
        return new Operation(transactions, sinceNanos, outcome, spans.ending(record, commit, sinceNanos));
    }

    private Attributes queryOn(Attributes server, String sql) {
        KnownQuery query = queries.of(sql);
        return (Attributes) query.ofMetrics.get(
                server,
                () -> server.toBuilder().put(Names.SUMMARY, query.summary).build());
    }

    @Override
    public void ended(Object token, @Nullable Throwable thrown) {
        Operation operation = (Operation) token;
        double seconds = (System.nanoTime() - operation.start) / NANOS;
        Attributes attributes = operation.attributes;
        if (thrown != null) {
            AttributesBuilder failed = attributes.toBuilder();
            Names.putError(failed, thrown);
            attributes = failed.build();
        }
        operation.durations.record(seconds, attributes);
        if (operation.span != null) {
            spans.ended(operation.span, thrown);
        }
    }

    @Override
    public void shutdown(long time, TimeUnit unit) {
        spans.shutdown(time, unit);
    }
}
