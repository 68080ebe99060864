package io.poolshim.telemetry;

import io.poolshim.pool.ConnectionPool;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the metrics of one pool go: to the first application that borrows from it and has metrics, until one that came
 * later with its SDK borrows, or it has gone. Keeps no application alive.
 */
final class Home {
    private static final int MOST_EARLY = 100;

    private final Measures own;
    private final List<Long> early = new ArrayList<>(); // ns, of connections opened before anybody had borrowed
    private volatile @Nullable Reference<PoolMeasures> place;

    /** {@code own} are the agent's. */
    Home(Measures own) {
        this.own = own;
    }

    /** Those of the agent as long as there are no others. */
    PoolMeasures now(ConnectionPool pool) {
        PoolMeasures known = known();
        return known == null ? own.of(pool) : known;
    }

    private @Nullable PoolMeasures known() {
        Reference<PoolMeasures> known = place;
        return known == null ? null : known.get();
    }

    /** Somebody has borrowed whose application has these; they may be the agent's. */
    PoolMeasures borrowed(ConnectionPool pool, Measures offered) {
        PoolMeasures known = known();
        return known != null && !offered.isNewerThan(known.measures) ? known : move(pool, offered);
    }

    private PoolMeasures move(ConnectionPool pool, Measures offered) {
        PoolMeasures next = offered.of(pool);
        List<Long> untold;
        synchronized (this) {
            PoolMeasures known = known();
            if (known != null && !offered.isNewerThan(known.measures)) {
                return known;
            }
            Pools before = known == null ? own.pools : known.measures.pools;
            if (before != offered.pools) {
                before.remove(pool);
            }
            offered.pools.add(pool);
            place = new WeakReference<>(next);
            untold = new ArrayList<>(early);
            early.clear();
        }
        untold.forEach(nanos -> MetricTelemetry.created(next, nanos));
        return next;
    }

    /** A connection was opened. Whose it is, is known only when it, or another one of the pool, is borrowed. */
    void opened(ConnectionPool pool, long nanos) {
        if (place != null || !keep(nanos)) {
            MetricTelemetry.created(now(pool), nanos);
        }
    }

    private synchronized boolean keep(long nanos) {
        return place == null && early.size() < MOST_EARLY && early.add(nanos);
    }
}
