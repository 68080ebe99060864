package io.poolshim.telemetry;

import io.poolshim.pool.PoolStatistics;
import java.util.function.ToLongFunction;

/** What a pool counts over its life, as counters of metrics. */
enum PoolCount {
    TIMEOUTS("db.client.connection.timeouts", "{timeout}", "Borrows that timed out.", counts -> counts.timedOut.sum()),
    REUSES("poolshim.connection.reuses", "{connection}", "Borrows that needed no login.", PoolStatistics::reused),
    OVERFLOWS(
            "poolshim.connection.overflows",
            "{connection}",
            "Borrows beyond the pool's size.",
            counts -> counts.overflow.sum()),
    OWN("poolshim.connection.own", "{connection}", "Borrows outside the pool.", counts -> counts.own.sum()),
    RECLAIMS(
            "poolshim.connection.reclaims",
            "{connection}",
            "Connections dropped without close().",
            counts -> counts.reclaimed.sum());

    final String metric;
    final String unit;
    final String description;

    @SuppressWarnings("ImmutableEnumChecker") // each is a function without state
    private final ToLongFunction<PoolStatistics> value;

    PoolCount(String metric, String unit, String description, ToLongFunction<PoolStatistics> value) {
        this.metric = metric;
        this.unit = unit;
        this.description = description;
        this.value = value;
    }

    long of(PoolStatistics statistics) {
        return value.applyAsLong(statistics);
    }
}
