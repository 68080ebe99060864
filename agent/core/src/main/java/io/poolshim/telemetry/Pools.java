package io.poolshim.telemetry;

import io.opentelemetry.api.common.Attributes;
import io.poolshim.pool.ConnectionPool;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.function.ToLongFunction;

/**
 * The pools there are, for whoever reads their numbers now and then; keeps none of them alive. Pools of one name and user,
 * as with two passwords, are one for metrics, and what pools of the past have counted stays.
 */
final class Pools {
    private static final int MOST_PAST = 1000; // names and users

    private final Set<ConnectionPool> pools = Collections.newSetFromMap(new WeakHashMap<>());
    private final Map<PoolCount, Map<Attributes, Long>> past = new EnumMap<>(PoolCount.class);

    synchronized void add(ConnectionPool pool) {
        pools.add(pool);
    }

    /** Nobody uses the pool any more. */
    synchronized void retire(ConnectionPool pool) {
        if (pools.remove(pool)) {
            for (PoolCount count : PoolCount.values()) {
                Map<Attributes, Long> totals = past.computeIfAbsent(count, none -> new HashMap<>());
                Attributes attributes = Names.pool(pool);
                if (totals.size() < MOST_PAST || totals.containsKey(attributes)) {
                    totals.merge(attributes, count.of(pool.statistics()), Long::sum);
                }
            }
        }
    }

    /** The value now, for each name and user. */
    synchronized Map<Attributes, Long> levels(ToLongFunction<ConnectionPool> value) {
        Map<Attributes, Long> sums = new HashMap<>();
        pools.forEach(pool -> sums.merge(Names.pool(pool), value.applyAsLong(pool), Long::sum));
        return sums;
    }

    /** The count so far, for each name and user. */
    synchronized Map<Attributes, Long> totals(PoolCount count) {
        Map<Attributes, Long> sums = new HashMap<>(past.getOrDefault(count, Collections.emptyMap()));
        pools.forEach(pool -> sums.merge(Names.pool(pool), count.of(pool.statistics()), Long::sum));
        return sums;
    }
}
