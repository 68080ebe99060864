package io.poolshim.telemetry;

import io.opentelemetry.api.common.Attributes;
import io.poolshim.pool.PoolStatistics;
import java.util.function.ToLongFunction;

/** What a pool counts over its life, as counters of metrics; some are the parts of one. */
enum PoolCount {
    TIMEOUTS(
            "db.client.connection.timeouts",
            "{timeout}",
            "Borrows that timed out.",
            Attributes.empty(),
            counts -> counts.timedOut.sum()),
    REUSES(
            "poolshim.connection.reuses",
            "{connection}",
            "Borrows that needed no login.",
            Attributes.empty(),
            PoolStatistics::reused),
    TIME_SAVED(
            "poolshim.connection.time_saved",
            "s",
            "What the logins would have taken that were not needed, at the mean of those that were.",
            Attributes.empty(),
            PoolStatistics::savedNanos),
    OVERFLOWS(
            "poolshim.connection.overflows",
            "{connection}",
            "Borrows beyond the pool's size.",
            Attributes.empty(),
            counts -> counts.overflow.sum()),
    OWN(
            "poolshim.connection.own",
            "{connection}",
            "Borrows outside the pool.",
            Attributes.empty(),
            counts -> counts.own.sum()),
    RECLAIMS(
            "poolshim.connection.reclaims",
            "{connection}",
            "Connections dropped without close().",
            Attributes.empty(),
            counts -> counts.reclaimed.sum()),
    RESETS_SKIPPED(
            Resets.METRIC, Resets.UNIT, Resets.DESCRIPTION, Resets.of("skipped"), counts -> counts.notReset.sum()),
    RESETS_DONE(Resets.METRIC, Resets.UNIT, Resets.DESCRIPTION, Resets.of("done"), counts -> counts.reset.sum()),
    RESETS_IN_VAIN(Resets.METRIC, Resets.UNIT, Resets.DESCRIPTION, Resets.of("evicted"), counts -> counts.unfit.sum());

    /** What the three have in common. */
    private static final class Resets {
        static final String METRIC = "poolshim.session.resets";
        static final String UNIT = "{session}";
        static final String DESCRIPTION = "Sessions that were returned: left as they were, reset, or ended instead.";

        static Attributes of(String outcome) {
            return Attributes.of(Names.OUTCOME, outcome);
        }
    }

    final String metric;
    final String unit;
    final String description;

    @SuppressWarnings("ImmutableEnumChecker") // they are
    final Attributes part;

    @SuppressWarnings("ImmutableEnumChecker") // each is a function without state
    private final ToLongFunction<PoolStatistics> value;

    PoolCount(String metric, String unit, String description, Attributes part, ToLongFunction<PoolStatistics> value) {
        this.metric = metric;
        this.unit = unit;
        this.description = description;
        this.part = part;
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
