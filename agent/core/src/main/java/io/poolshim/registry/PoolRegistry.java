package io.poolshim.registry;

import io.poolshim.config.Config;
import io.poolshim.jdbc.ConnectRequest;
import io.poolshim.jdbc.Login;
import io.poolshim.log.Log;
import io.poolshim.pool.ConnectionPool;
import io.poolshim.pool.Neighbourhood;
import io.poolshim.pool.PoolListener;
import io.poolshim.pool.PoolStatistics;
import io.poolshim.session.DriverProfile;
import io.poolshim.session.ShellProfile;
import io.poolshim.wrap.PooledDriver;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/** All pools by their keys; keeps house in them, and forgets those that nobody uses. */
public final class PoolRegistry {
    private static final long MAINTENANCE_PERIOD = 1_000; // ms
    private static final long LONGEST_END = 2_000; // ms
    private static final long FORGET_AFTER = 10_000; // ms without users and connections
    private static final int MOST_RETIRED_REPORTED = 100;

    private final Map<PoolKey, ConnectionPool> pools = new ConcurrentHashMap<>();
    private final Collection<PoolStatistics> retired = new ConcurrentLinkedQueue<>();
    private final KeyBuilder keys = new KeyBuilder();
    private final Config config;
    private final ScheduledExecutorService scheduler;
    private final PoolListener listener;
    private final Neighbourhood neighbours;
    private final PoolControls controls;
    private volatile boolean ending;

    @SuppressWarnings("FutureReturnValueIgnored") // what goes wrong is told to the log
    public PoolRegistry(Config config, ScheduledExecutorService scheduler, PoolListener listener, Runnable reclaim) {
        this.config = config;
        this.scheduler = scheduler;
        this.listener = listener;
        this.neighbours = new Neighbourhood(PoolControls.connections(config), reclaim);
        this.controls = new PoolControls(config, pools.values(), neighbours);
        scheduler.scheduleWithFixedDelay(this::maintain, MAINTENANCE_PERIOD, MAINTENANCE_PERIOD, TimeUnit.MILLISECONDS);
    }

    /** The pool for a request; should it be retired meanwhile, ask again. */
    public ConnectionPool pool(PooledDriver driver, ConnectRequest request) {
        PoolKey key = keys.key(driver, request);
        while (true) {
            ConnectionPool pool = pools.get(key);
            if (pool == null) {
                Login login = login(driver.profile(), request);
                pool = pools.computeIfAbsent(key, k -> create(login, request));
                controls.settle(pool); // what was set meanwhile
                if (ending) {
                    pool.end();
                }
            }
            if (!pool.isRetired()) {
                return pool;
            }
            pools.remove(key, pool);
        }
    }

    private ConnectionPool create(Login login, ConnectRequest request) {
        String url = request.url();
        String given = request.value("user");
        String user = given == null ? System.getProperty("user.name", "") : given;
        ConnectionPool pool =
                new ConnectionPool(login, config, all -> all.of(url, user), scheduler, listener, neighbours);
        controls.settle(pool);
        return pool;
    }

    /** What can be changed in the pools at run time. */
    public PoolControls controls() {
        return controls;
    }

    /** The pools there are. */
    public List<ConnectionPool> current() {
        List<ConnectionPool> current = new ArrayList<>(pools.values());
        current.removeIf(ConnectionPool::isRetired);
        return current;
    }

    private Login login(DriverProfile profile, ConnectRequest request) {
        return profile instanceof ShellProfile
                ? Login.of(request, ((ShellProfile) profile).urlPrefix(), keys.secretOf(request))
                : Login.unread(request, keys.secretOf(request));
    }

    private void maintain() {
        pools.forEach((key, pool) -> {
            try {
                pool.maintain();
                if (pool.retireIfUnused(FORGET_AFTER)) {
                    pools.remove(key, pool);
                    remember(pool.statistics());
                }
            } catch (Throwable e) { // whatever it is, the housekeeping must go on
                Log.swallowed("keeping house in pool " + pool.name(), e);
            }
        });
    }

    /**
     * Drivers were registered or deregistered: the pools of those that are gone come to their end. Waits for that, but
     * not for long: closing may need classes that a web application's loader gives for as long as this call takes.
     */
    public void driversChanged(Predicate<PooledDriver> isGone) {
        try {
            List<ConnectionPool> gone = new ArrayList<>();
            pools.forEach((key, pool) -> {
                if (isGone.test(key.driver())) {
                    gone.add(pool);
                }
            });
            if (!gone.isEmpty()) {
                awaitShortly(scheduler.submit(() -> gone.forEach(ConnectionPool::end)));
                scheduler.execute(this::maintain);
            }
        } catch (RuntimeException | LinkageError e) { // the application only registers a driver
            Log.swallowed("ending the pools of a driver", e);
        }
    }

    private static void awaitShortly(Future<?> end) {
        try {
            end.get(LONGEST_END, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            Log.swallowed("ending the pools of a driver", Objects.requireNonNull(e.getCause()));
        } catch (TimeoutException e) {
            Log.debug("closing the connections of a driver takes long");
        }
    }

    /**
     * The JVM exits: from now on nothing is kept. What is idle is closed, for at most so long; what is borrowed stays as it
     * is until it is returned, and who borrows now gets a connection as before.
     */
    public void end(long millis) {
        ending = true;
        Closing.within(millis, pools.values());
    }

    private void remember(PoolStatistics statistics) {
        if (statistics.borrows() > 0 && retired.size() < MOST_RETIRED_REPORTED) {
            retired.add(statistics);
        }
    }

    /** All pools, and those of the past that were of use. */
    public List<PoolStatistics> all() {
        List<PoolStatistics> all = new ArrayList<>(retired);
        for (ConnectionPool pool : pools.values()) {
            all.add(pool.statistics());
        }
        return all;
    }
}
