package io.poolshim.telemetry;

import io.poolshim.pool.ConnectionPool;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.function.ToLongFunction;

/**
 * The pools whose metrics go to one place, for whoever reads their numbers now and then; keeps none of them alive. Pools of
 * one name and user, as with two passwords, are one for metrics, and what pools of the past have counted stays.
 */
final class Pools {
    private static final int MOST_PAST = 1000; // names and users

    private final Set<ConnectionPool> pools = Collections.newSetFromMap(new WeakHashMap<>());
    private final Map<PoolCount, Map<PoolLabel, Long>> past = new EnumMap<>(PoolCount.class);

    synchronized void add(ConnectionPool pool) {
        pools.add(pool);
    }

    /** Its numbers are told elsewhere from now on. */
    synchronized void remove(ConnectionPool pool) {
        pools.remove(pool);
    }

    /** Nobody uses the pool any more. */
    synchronized void retire(ConnectionPool pool) {
        if (pools.remove(pool)) {
            for (PoolCount count : PoolCount.values()) {
                Map<PoolLabel, Long> totals = past.computeIfAbsent(count, none -> new HashMap<>());
                PoolLabel label = new PoolLabel(pool);
                if (totals.size() < MOST_PAST || totals.containsKey(label)) {
                    totals.merge(label, count.of(pool.statistics()), Long::sum);
                }
            }
        }
    }

    /** The value now, for each name and user. */
    synchronized Map<PoolLabel, Long> levels(ToLongFunction<ConnectionPool> value) {
        Map<PoolLabel, Long> sums = new HashMap<>();
        pools.forEach(pool -> sums.merge(new PoolLabel(pool), value.applyAsLong(pool), Long::sum));
        return sums;
    }

    /** The count so far, for each name and user. */
    synchronized Map<PoolLabel, Long> totals(PoolCount count) {
        Map<PoolLabel, Long> sums = new HashMap<>(past.getOrDefault(count, Collections.emptyMap()));
        pools.forEach(pool -> sums.merge(new PoolLabel(pool), count.of(pool.statistics()), Long::sum));
        return sums;
    }
}
