package io.poolshim.telemetry;

import io.poolshim.pool.PoolStatistics;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** What a pool counts over its life, as counters of metrics; some are the parts of one. */
enum PoolCount {
    TIMEOUTS(
            "db.client.connection.timeouts",
            "{timeout}",
            "Borrows that timed out.",
            null,
            counts -> counts.timedOut.sum()),
    REUSES("poolshim.connection.reuses", "{connection}", "Borrows that needed no login.", null, PoolStatistics::reused),
    TIME_SAVED(
            "poolshim.connection.time_saved",
            "s",
            "What the logins would have taken that were not needed, at least.",
            null,
            PoolStatistics::savedNanos),
    OVERFLOWS(
            "poolshim.connection.overflows",
            "{connection}",
            "Borrows beyond the pool's size.",
            null,
            counts -> counts.overflow.sum()),
    OWN("poolshim.connection.own", "{connection}", "Borrows outside the pool.", null, counts -> counts.own.sum()),
    RECLAIMS(
            "poolshim.connection.reclaims",
            "{connection}",
            "Connections dropped without close().",
            null,
            counts -> counts.reclaimed.sum()),
    RESETS_SKIPPED(Resets.METRIC, Resets.UNIT, Resets.DESCRIPTION, "skipped", counts -> counts.notReset.sum()),
    RESETS_DONE(Resets.METRIC, Resets.UNIT, Resets.DESCRIPTION, "done", counts -> counts.reset.sum()),
    RESETS_IN_VAIN(Resets.METRIC, Resets.UNIT, Resets.DESCRIPTION, "evicted", counts -> counts.unfit.sum());

    /** What the three have in common. */
    private static final class Resets {
        static final String METRIC = "poolshim.session.resets";
        static final String UNIT = "{session}";
        static final String DESCRIPTION = "Sessions that were returned: left as they were, reset, or ended instead.";
    }

    final String metric;
    final String unit;
    final String description;

    /** Which part of the metric it is, as its outcome; null if it is all of it. */
    final @Nullable String outcome;

    @SuppressWarnings("ImmutableEnumChecker") // each is a function without state
    private final ToLongFunction<PoolStatistics> value;

    PoolCount(
            String metric,
            String unit,
            String description,
            @Nullable String outcome,
            ToLongFunction<PoolStatistics> value) {
        this.metric = metric;
        this.unit = unit;
        this.description = description;
        this.outcome = outcome;
        this.value = value;
    }

    /** In nanoseconds if the unit is seconds. */
    long of(PoolStatistics statistics) {
        return value.applyAsLong(statistics);
    }

    boolean isTime() {
        return unit.equals("s");
    }
}
