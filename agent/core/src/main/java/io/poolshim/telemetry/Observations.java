package io.poolshim.telemetry;

import static io.poolshim.telemetry.Metering.Kind.COUNT;
import static io.poolshim.telemetry.Metering.Kind.LEVEL;
import static io.poolshim.telemetry.Metering.Kind.SUM;

import io.poolshim.log.Log;
import io.poolshim.pool.ConnectionPool;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What pools and the agent count anyway: it is read when metrics are collected. */
final class Observations {
    private static final double NANOS = 1e9;
    private static final String CONNECTION = "{connection}";

    private final Metering metering;
    private final Pools pools;

    Observations(Metering metering, Pools pools) {
        this.metering = metering;
        this.pools = pools;
    }

    /** {@code oldNames}: whether what has a new name is to come under its old one, too. */
    void observePools(boolean oldNames) {
        observe(LEVEL, "db.client.connection.count", CONNECTION, "Connections that are open.", recorder -> {
            level(recorder, Attribute.STATE, "used", pool -> pool.statistics().used());
            level(recorder, Attribute.STATE, "idle", ConnectionPool::idle);
        });
        level("db.client.connection.limit", CONNECTION, "Places of the pool.", ConnectionPool::maxSize);
        if (oldNames) {
            level("db.client.connection.max", CONNECTION, "Places of the pool.", ConnectionPool::maxSize);
        }
        level("db.client.connection.idle.max", CONNECTION, "Most idle connections.", ConnectionPool::maxSize);
        level("db.client.connection.idle.min", CONNECTION, "Least idle connections.", ConnectionPool::minIdle);
        level("db.client.connection.pending_requests", "{request}", "Callers that wait.", ConnectionPool::pending);
        Map<String, List<PoolCount>> counts =
                Stream.of(PoolCount.values()).collect(Collectors.groupingBy(count -> count.metric));
        counts.values().forEach(this::count);
    }

    private void level(String name, String unit, String description, ToLongFunction<ConnectionPool> value) {
        observe(LEVEL, name, unit, description, recorder -> level(recorder, Attribute.STATE, null, value));
    }

    private void level(
            Metering.Recorder recorder, Attribute name, @Nullable String part, ToLongFunction<ConnectionPool> value) {
        pools.levels(value).forEach((pool, level) -> recorder.record((double) level, attributes(pool, name, part)));
    }

    /** Of counts that are the parts of one metric. */
    private void count(List<PoolCount> parts) {
        PoolCount first = parts.get(0);
        double one = first.isTime() ? NANOS : 1;
        observe(
                first.isTime() ? SUM : COUNT,
                first.metric,
                first.unit,
                first.description,
                recorder -> parts.forEach(part -> pools.totals(part)
                        .forEach((pool, total) ->
                                recorder.record(total / one, attributes(pool, Attribute.OUTCOME, part.outcome)))));
    }

    private Object attributes(PoolLabel pool, Attribute name, @Nullable String part) {
        Map<Attribute, Object> values = pool.values();
        if (part != null) {
            values.put(name, part);
        }
        return metering.attributes(values);
    }

    /**
     * Of the agent itself.
     *
     * @param here whether they are told here, and not elsewhere
     * @param passThroughs by reason
     */
    void observeAgent(BooleanSupplier here, Supplier<Map<String, Long>> passThroughs) {
        observe(
                COUNT,
                "poolshim.pass_throughs",
                "{call}",
                "Calls of DriverManager.getConnection that were left as they are.",
                recorder -> {
                    if (here.getAsBoolean()) {
                        passThroughs
                                .get()
                                .forEach((reason, count) -> recorder.record(
                                        (double) count,
                                        metering.attributes(Collections.singletonMap(Attribute.REASON, reason))));
                    }
                });
        observe(
                COUNT,
                "poolshim.swallowed_errors",
                "{error}",
                "The agent's own failures, which turned into pass-through.",
                recorder -> {
                    if (here.getAsBoolean()) {
                        recorder.record(
                                (double) Log.swallowedCount(), metering.attributes(new EnumMap<>(Attribute.class)));
                    }
                });
    }

    /** Who collects may be the application's SDK, in a thread of its own: no error of ours reaches it. */
    private void observe(
            Metering.Kind kind, String name, String unit, String description, Consumer<Metering.Recorder> values) {
        metering.observe(kind, name, unit, description, recorder -> {
            try {
                values.accept(recorder);
            } catch (RuntimeException | LinkageError e) {
                Log.swallowed("telling metrics", e);
            }
        });
    }
}
