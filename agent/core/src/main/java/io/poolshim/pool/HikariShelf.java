package io.poolshim.pool;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.pool.PoolshimBag;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * HikariCP, which keeps the connections, ends them in time, and hands them out. It never opens one: the borrower does
 * that in its own thread, so that errors, delays and thread-locals are those of an unpooled call, and then puts the
 * connection here.
 */
final class HikariShelf {
    /** How many connections there may be is the business of {@link Permits}; HikariCP is not to interfere. */
    private static final int NO_LIMIT = Integer.MAX_VALUE / 2;

    @SuppressWarnings("ThreadLocalUsage") // each pool has its own, which is empty but while it adopts
    private final ThreadLocal<PooledPhysical> adopting = new ThreadLocal<>();

    private final HikariConfig config;
    private final PoolshimBag bag;

    /** Those that were returned last, for quick finding; whether one is still idle, its entry tells. */
    private final AtomicReferenceArray<@Nullable PooledPhysical> returned = new AtomicReferenceArray<>(Slots.COUNT);

    HikariShelf(String name, PoolSettings settings, ScheduledExecutorService scheduler) {
        config = configure(name, settings, scheduler);
        bag = new PoolshimBag(config);
    }

    private HikariConfig configure(String name, PoolSettings settings, ScheduledExecutorService scheduler) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(name);
        config.setDataSource(new ShelfSource());
        config.setScheduledExecutor(scheduler);
        config.setThreadFactory(new AgentThreads("pool"));
        config.setMaximumPoolSize(NO_LIMIT);
        config.setMinimumIdle(0); // HikariCP does not know how to log in; ConnectionPool fills up
        config.setInitializationFailTimeout(-1);
        setTimes(config, settings);
        return config;
    }

    private static void setTimes(HikariConfig config, PoolSettings settings) {
        config.setIdleTimeout(settings.idleTimeout);
        config.setMaxLifetime(settings.maxLifetime);
        config.setKeepaliveTime(settings.keepalive);
        config.validate();
    }

    /** Lifetime and keepalive hold for connections that come from now on, the idle time-out for all, within half a minute. */
    void reconfigure(PoolSettings settings) {
        setTimes(config, settings);
    }

    /** Puts a connection on the shelf that it does not know yet; whoever takes next may get it. */
    void adopt(PooledPhysical fresh) {
        adopting.set(fresh);
        try {
            bag.fill();
            fresh.isKnown = true;
        } finally {
            adopting.remove();
            if (!fresh.isKnown) {
                fresh.close();
            }
        }
    }

    /** An idle connection; null if there is none. */
    @Nullable PooledPhysical take() {
        int start = Slots.ofThisThread();
        for (int i = 0; i < Slots.COUNT; i++) {
            PooledPhysical candidate = returned.get(start + i & Slots.COUNT - 1);
            if (candidate != null && bag.take(candidate.entry)) {
                return candidate;
            }
        }
        return takeAny();
    }

    private @Nullable PooledPhysical takeAny() {
        for (Object entry = bag.takeAny(); entry != null; entry = bag.takeAny()) {
            PooledPhysical taken = PooledPhysical.behind(bag.connection(entry));
            if (taken != PooledPhysical.EMPTY) {
                taken.entry = entry;
                return taken;
            }
            bag.evict(entry);
        }
        return null;
    }

    /** Back on the shelf, at this {@link System#nanoTime()}. */
    void putBack(PooledPhysical taken, long now) {
        int slot = Slots.ofThisThread();
        if (returned.get(slot) != taken) {
            returned.lazySet(slot, taken); // while it is ours: whoever closes it forgets it, too
        }
        bag.putBack(taken.entry, now);
    }

    /** A connection was closed. */
    void forget(PooledPhysical closed) {
        for (int i = 0; i < Slots.COUNT; i++) {
            if (returned.get(i) == closed) {
                returned.compareAndSet(i, closed, null);
            }
        }
    }

    boolean remembers(PooledPhysical connection) {
        boolean found = false;
        for (int i = 0; i < Slots.COUNT; i++) {
            found |= returned.get(i) == connection;
        }
        return found;
    }

    /** Really closes a connection that was taken, and forgets it. */
    void evict(PooledPhysical taken) {
        taken.close();
        bag.evict(taken.entry);
    }

    int idle() {
        return bag.idle();
    }

    /** Closes what is idle and ends HikariCP's threads; nothing may be borrowed any more. */
    void shutdown() {
        try {
            bag.shutdown();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Gives HikariCP what {@link #adopt} holds ready in this very thread, and its own threads nothing. */
    private final class ShelfSource implements DataSource {
        @Override
        public Connection getConnection() {
            PooledPhysical fresh = adopting.get();
            return (fresh == null ? PooledPhysical.EMPTY : fresh).facade();
        }

        @Override
        public Connection getConnection(String user, String password) {
            return getConnection();
        }

        @Override
        public @Nullable PrintWriter getLogWriter() {
            return null;
        }

        @Override
        public void setLogWriter(PrintWriter writer) {}

        @Override
        public void setLoginTimeout(int seconds) {}

        @Override
        public int getLoginTimeout() {
            return 0;
        }

        @Override
        public Logger getParentLogger() throws SQLFeatureNotSupportedException {
            throw new SQLFeatureNotSupportedException();
        }

        @Override
        public <T> T unwrap(Class<T> type) throws SQLException {
            throw new SQLException("not a wrapper");
        }

        @Override
        public boolean isWrapperFor(Class<?> type) {
            return false;
        }
    }
}
