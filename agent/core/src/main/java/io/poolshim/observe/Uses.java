package io.poolshim.observe;

import io.poolshim.log.Log;
import io.poolshim.pool.ConnectionPool;
import io.poolshim.sql.Habits;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** All that was observed, by the names of the pools, which outlive the pools; for advice. */
public final class Uses {
    private static final int MOST_NAMES = 500;
    private static final String OTHERS = "(other logins)";

    private final ConcurrentHashMap<String, PoolUse> byName = new ConcurrentHashMap<>();
    private final Habits habits = new Habits();
    private final Function<@Nullable Class<?>, String> places;

    /** {@code places}: says where in the application this thread is, which has come through that class to DriverManager. */
    public Uses(Function<@Nullable Class<?>, String> places) {
        this.places = places;
    }

    /** Of the connections that a pool would serve. */
    public PoolUse of(ConnectionPool pool) {
        PoolUse use = byNameOf(pool);
        use.askedBy(pool.url());
        return use;
    }

    private PoolUse byNameOf(ConnectionPool pool) {
        PoolUse known = byName.get(pool.name());
        if (known != null) {
            return known;
        }
        if (byName.size() >= MOST_NAMES) {
            return byName.computeIfAbsent(OTHERS, name -> new PoolUse(name, "", ""));
        }
        return byName.computeIfAbsent(pool.name(), name -> {
            Log.info("[pool " + name + "] is observed: its connections stay the application's own");
            return new PoolUse(name, pool.user(), pool.target());
        });
    }

    /** A connection of a pool's kind is asked for, by this thread, which may hold another one ({@code nested}). */
    public LoanUse asked(ConnectionPool pool, @Nullable Class<?> caller, boolean nested) {
        PoolUse use = of(pool);
        return new LoanUse(this, use, use.site(places.apply(caller)), nested);
    }

    Habits habits() {
        return habits;
    }

    /** Looks how many connections are used in pools that are not only observed; to be called once a second. */
    public void sample(Iterable<ConnectionPool> pools) {
        for (ConnectionPool pool : pools) {
            if (pool.isObserving() || byName.size() >= MOST_NAMES) {
                continue;
            }
            PoolUse use = byName.computeIfAbsent(pool.name(), name -> new PoolUse(name, pool.user(), pool.target()));
            use.askedBy(pool.url());
            int used = pool.statistics().used();
            if (used > 0) { // nobody waits while nobody borrows
                use.sample(used);
            }
        }
    }

    /** All that there are. */
    public Collection<PoolUse> all() {
        List<PoolUse> all = new ArrayList<>(byName.values());
        all.sort((one, other) -> Long.compare(other.loans(), one.loans()));
        return all;
    }
}
