package io.poolshim.registry;

import io.poolshim.config.Config;
import io.poolshim.config.Setting;
import io.poolshim.config.Settings;
import io.poolshim.pool.ConnectionPool;
import io.poolshim.pool.Neighbourhood;
import io.poolshim.pool.PoolMode;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What is changed in the pools at run time: in those of one name, or without a name in all. It stays for pools of that name
 * that come later, because a pool that nobody uses is forgotten. Methods return how many pools they affect at once.
 */
public final class PoolControls {
    private static final int MOST_KNOWN = 10_000;

    private final Collection<ConnectionPool> pools;
    private final Neighbourhood neighbours;
    private final ByName<PoolMode> modes;
    private final ByName<Boolean> suspended = new ByName<>(false);
    private final ByName<Integer> sizes = new ByName<>(0); // 0: as the settings have it
    private final Set<String> known = ConcurrentHashMap.newKeySet();
    private final Config first;
    private volatile Config config;
    private volatile @Nullable PoolMode everywhere;

    /** {@code pools}: all there are, at any time. */
    PoolControls(Config config, Collection<ConnectionPool> pools, Neighbourhood neighbours) {
        this.first = config;
        this.config = config;
        this.pools = pools;
        this.neighbours = neighbours;
        this.modes = new ByName<>(PoolMode.of(config.get(Settings.MODE)));
        this.everywhere = modes.ofOthers();
    }

    /** Tells a pool that is new what holds for it. */
    void settle(ConnectionPool pool) {
        String name = pool.name();
        if (known.size() < MOST_KNOWN) {
            known.add(name);
        }
        if (config != first || sizes.of(name) != 0) {
            configure(pool);
        }
        if (pool.maxSize() + pool.overflow() > neighbours.limit()) {
            limit();
        }
        if (pool.mode() != modes.of(name)) {
            setMode(pool);
        }
        if (pool.isSuspended() != suspended.of(name)) {
            setSuspended(pool);
        }
    }

    // Whoever changes a pool does so by what holds now: then the last of two that come at once leaves it as it is to
    // be. What
    // takes time, such as closing connections, keeps nobody from making a pool.

    private void configure(ConnectionPool pool) {
        synchronized (pool) {
            pool.reconfigure(config, sizes.of(pool.name()));
        }
    }

    private void setMode(ConnectionPool pool) {
        synchronized (pool) {
            pool.mode(modes.of(pool.name()));
        }
    }

    private void setSuspended(ConnectionPool pool) {
        synchronized (pool) {
            pool.suspend(suspended.of(pool.name()));
        }
    }

    /** The names of all pools there are or were. */
    public Set<String> names() {
        return new TreeSet<>(known);
    }

    /** The mode of all pools, those to come included; null if they differ. */
    public @Nullable PoolMode everywhere() {
        return everywhere;
    }

    /** The mode of pools of which nothing else was said by name. */
    public PoolMode mode() {
        return modes.ofOthers();
    }

    /** No borrower is served from now on but those that hold connections already; or all are again. */
    public int suspend(@Nullable String name, boolean wanted) {
        suspended.set(name, wanted);
        return each(name, this::setSuspended);
    }

    /** All connections there are now are closed, when they are returned or at once. */
    public int evict(@Nullable String name) {
        return each(name, ConnectionPool::evict);
    }

    /** A size instead of that of the settings. */
    public int resize(@Nullable String name, int maxSize) {
        sizes.set(name, maxSize);
        int affected = each(name, this::configure);
        limit();
        return affected;
    }

    /** How many connections all pools may have while one is idle: no fewer than one of them alone. */
    static int connections(Config config) {
        return Math.max(
                config.get(Settings.MAX_CONNECTIONS), config.get(Settings.MAX_SIZE) + config.get(Settings.OVERFLOW));
    }

    private synchronized void limit() {
        int most = connections(config);
        for (ConnectionPool pool : pools) {
            most = Math.max(most, pool.maxSize() + pool.overflow());
        }
        neighbours.limit(most);
    }

    public int mode(@Nullable String name, PoolMode wanted) {
        synchronized (modes) {
            modes.set(name, wanted);
            everywhere = isEverywhere(modes.ofOthers()) ? modes.ofOthers() : null;
        }
        return each(name, this::setMode);
    }

    private boolean isEverywhere(PoolMode mode) {
        for (PoolMode other : PoolMode.values()) {
            if (other != mode && modes.isForSome(other)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Other settings, for pools there are and those to come. A mode or a size that differs from the settings before replaces
     * what was set at run time.
     */
    public synchronized int reconfigure(Config changed) {
        Config before = config;
        config = changed;
        if (differ(Settings.MAX_SIZE, before, changed)) {
            sizes.set(null, 0);
        }
        int affected = each(null, this::configure);
        limit();
        if (differ(Settings.MODE, before, changed)) {
            mode(null, PoolMode.of(changed.get(Settings.MODE)));
        }
        return affected;
    }

    private static boolean differ(Setting<?> setting, Config one, Config other) {
        return !String.valueOf(one.get(setting)).equals(String.valueOf(other.get(setting)));
    }

    private int each(@Nullable String name, Consumer<ConnectionPool> change) {
        int affected = 0;
        for (ConnectionPool pool : pools) {
            if (name == null || name.equals(pool.name())) {
                change.accept(pool);
                affected++;
            }
        }
        return affected;
    }
}
