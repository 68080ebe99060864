package io.poolshim.registry;

import io.poolshim.config.Config;
import io.poolshim.jdbc.ConnectRequest;
import io.poolshim.log.Log;
import io.poolshim.pool.ConnectionPool;
import io.poolshim.pool.PoolListener;
import io.poolshim.wrap.PooledDriver;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** All pools by their keys; keeps house in them, and forgets those that nobody uses. */
public final class PoolRegistry {
    private static final long MAINTENANCE_PERIOD = 1_000; // ms
    private static final long FORGET_AFTER = 10_000; // ms without users and connections
    private static final int MOST_RETIRED_REPORTED = 100;

    private final Map<PoolKey, ConnectionPool> pools = new ConcurrentHashMap<>();
    private final Collection<ConnectionPool> retired = new ConcurrentLinkedQueue<>();
    private final KeyBuilder keys = new KeyBuilder();
    private final Config config;
    private final ScheduledExecutorService scheduler;
    private final PoolListener listener;

    public PoolRegistry(Config config, ScheduledExecutorService scheduler, PoolListener listener) {
        this.config = config;
        this.scheduler = scheduler;
        this.listener = listener;
        scheduler.scheduleWithFixedDelay(this::maintain, MAINTENANCE_PERIOD, MAINTENANCE_PERIOD, TimeUnit.MILLISECONDS);
    }

    /** The pool for a request, counted in as its user. */
    public ConnectionPool enter(PooledDriver driver, ConnectRequest request) {
        PoolKey key = keys.key(driver, request);
        while (true) {
            ConnectionPool pool = pools.get(key);
            if (pool == null) {
                String name = LoginRules.poolName(request, driver.profile().urlPrefix());
                pool = pools.computeIfAbsent(key, k -> new ConnectionPool(name, config, scheduler, listener));
            }
            if (pool.enter()) {
                return pool;
            }
            pools.remove(key, pool); // retired this very moment
        }
    }

    private void maintain() {
        for (Map.Entry<PoolKey, ConnectionPool> entry : pools.entrySet()) {
            ConnectionPool pool = entry.getValue();
            try {
                pool.maintain();
                if (pool.retireIfUnused(FORGET_AFTER)) {
                    pools.remove(entry.getKey(), pool);
                    remember(pool);
                }
            } catch (RuntimeException | LinkageError e) {
                Log.swallowed("keeping house in pool " + pool.name(), e);
            }
        }
    }

    private void remember(ConnectionPool pool) {
        if (pool.statistics().borrows.sum() > 0 && retired.size() < MOST_RETIRED_REPORTED) {
            retired.add(pool);
        }
    }

    /** All pools, and those of the past that were of use. */
    public List<ConnectionPool> all() {
        List<ConnectionPool> all = new ArrayList<>(retired);
        all.addAll(pools.values());
        return all;
    }
}
