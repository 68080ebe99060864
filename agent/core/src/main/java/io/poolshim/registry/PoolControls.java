package io.poolshim.registry;

import io.poolshim.config.Config;
import io.poolshim.config.PoolSection;
import io.poolshim.config.Setting;
import io.poolshim.config.Settings;
import io.poolshim.pool.ConnectionPool;
import io.poolshim.pool.Neighbourhood;
import io.poolshim.pool.PoolMode;
import java.util.Collection;
import java.util.Set;
import java.util.TreeMap;
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
    private final ByName<PoolMode> modes = new ByName<>();
    private final ByName<Boolean> suspended = new ByName<>();
    private final ByName<Integer> sizes = new ByName<>();
    private final Set<String> known = ConcurrentHashMap.newKeySet();
    private final Config first;
    private volatile Config config;
    private volatile boolean off;

    /** {@code pools}: all there are, at any time. */
    PoolControls(Config config, Collection<ConnectionPool> pools, Neighbourhood neighbours) {
        this.first = config;
        this.config = config;
        this.pools = pools;
        this.neighbours = neighbours;
        this.off = areAllOff();
    }

    /** How many connections all pools may have while one is idle: no fewer than one of them alone. */
    static int connections(Config config) {
        int most = Math.max(
                config.get(Settings.MAX_CONNECTIONS), config.get(Settings.MAX_SIZE) + config.get(Settings.OVERFLOW));
        for (PoolSection section : config.sections()) {
            most = Math.max(most, connections(section.config()));
        }
        return most;
    }

    /** Tells a pool that is new what holds for it. */
    void settle(ConnectionPool pool) {
        if (known.size() < MOST_KNOWN) {
            known.add(pool.name());
        }
        if (config != first || sizes.of(pool.name()) != null) {
            configure(pool);
        }
        if (pool.mode() != modeOf(pool)) {
            setMode(pool);
        }
        if (pool.isSuspended() != isSuspended(pool)) {
            setSuspended(pool);
        }
        if (pool.maxSize() + pool.overflow() > neighbours.limit()) {
            limit();
        }
    }

    // Whoever changes a pool does so by what holds now: then the last of two that come at once leaves it as it is to
    // be. What
    // takes time, such as closing connections, keeps nobody from making a pool.

    private void configure(ConnectionPool pool) {
        synchronized (pool) {
            Integer size = sizes.of(pool.name());
            pool.reconfigure(config, size == null ? 0 : size);
        }
    }

    private void setMode(ConnectionPool pool) {
        synchronized (pool) {
            pool.mode(modeOf(pool));
        }
    }

    private void setSuspended(ConnectionPool pool) {
        synchronized (pool) {
            pool.suspend(isSuspended(pool));
        }
    }

    private PoolMode modeOf(ConnectionPool pool) {
        PoolMode said = modes.of(pool.name());
        return said != null ? said : mode(pool.ownOf(config));
    }

    private boolean isSuspended(ConnectionPool pool) {
        return Boolean.TRUE.equals(suspended.of(pool.name()));
    }

    private static PoolMode mode(Config config) {
        return PoolMode.of(config.get(Settings.MODE));
    }

    /** The names of all pools there are or were. */
    public Set<String> names() {
        return new TreeSet<>(known);
    }

    /** Whether all pools are off, and those will be that come. */
    public boolean isOff() {
        return off;
    }

    /** The mode of pools of which nothing else was said. */
    public PoolMode mode() {
        PoolMode ofAll = modes.ofAll();
        return ofAll != null ? ofAll : mode(config);
    }

    private synchronized void modesChanged() {
        off = areAllOff();
    }

    private boolean areAllOff() {
        boolean all = mode() == PoolMode.OFF && modes.isNoneBut(PoolMode.OFF);
        if (modes.ofAll() == null) {
            for (PoolSection section : config.sections()) {
                all &= mode(section.config()) == PoolMode.OFF;
            }
        }
        return all;
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

    /** A mode instead of that of the settings. */
    public int mode(@Nullable String name, PoolMode wanted) {
        modes.set(name, wanted);
        modesChanged();
        return each(name, this::setMode);
    }

    /**
     * Other settings, for pools there are and those to come. If any mode is not what it was in the settings before, all modes
     * are those of the settings again, whatever was said at run time; and so it is with sizes.
     */
    public synchronized int reconfigure(Config changed) {
        Config before = config;
        config = changed;
        if (!all(Settings.MAX_SIZE, before).equals(all(Settings.MAX_SIZE, changed))) {
            sizes.clear();
        }
        if (!all(Settings.MODE, before).equals(all(Settings.MODE, changed))) {
            modes.clear();
        }
        modesChanged();
        int affected = each(null, this::adapt);
        limit();
        return affected;
    }

    private void adapt(ConnectionPool pool) {
        if (pool.mode() != modeOf(pool)) { // first: nobody is to wait for something that takes its time
            setMode(pool);
        }
        configure(pool);
    }

    private static String all(Setting<?> setting, Config config) {
        TreeMap<String, String> values = new TreeMap<>();
        values.put("", String.valueOf(config.get(setting)));
        config.sections().forEach(section -> values.put(section.name(), all(setting, section.config())));
        return values.toString();
    }

    private synchronized void limit() {
        int most = connections(config);
        for (ConnectionPool pool : pools) {
            most = Math.max(most, pool.maxSize() + pool.overflow());
        }
        neighbours.limit(most);
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
