package io.poolshim.pool;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.pool.HikariPool;
import com.zaxxer.hikari.util.ConcurrentBag;
import com.zaxxer.hikari.util.ConcurrentBag.IConcurrentBagEntry;
import io.poolshim.log.Log;
import java.io.PrintWriter;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * HikariCP, which keeps the connections, ends them in time, and hands them out. It never opens one: the borrower does
 * that in its own thread, so that errors, delays and thread-locals are those of an unpooled call, and then puts the
 * connection here.
 *
 * <p>Putting it here uses two private members of HikariCP (the same in 4.0.3 and 7.1.0): its public way would be to
 * wait until its adder thread asks our data source.
 */
final class HikariShelf {
    /** How many connections there may be is the business of {@link Permits}; HikariCP is not to interfere. */
    private static final int NO_LIMIT = Integer.MAX_VALUE / 2;

    private static final long AT_ONCE = 1; // ms

    private static final int MOST_ROUNDS = 20;

    @SuppressWarnings("ThreadLocalUsage") // each pool has its own, which is empty but while it adopts
    private final ThreadLocal<PooledPhysical> adopting = new ThreadLocal<>();

    private final HikariPool pool;
    private final ConcurrentBag<IConcurrentBagEntry> bag;
    private final Method createPoolEntry;

    @SuppressWarnings("unchecked")
    HikariShelf(String name, PoolSettings settings, ScheduledExecutorService scheduler) {
        pool = new HikariPool(configure(name, settings, scheduler));
        try {
            Field bagField = HikariPool.class.getDeclaredField("connectionBag");
            bagField.setAccessible(true);
            bag = (ConcurrentBag<IConcurrentBagEntry>) bagField.get(pool);
            createPoolEntry = HikariPool.class.getDeclaredMethod("createPoolEntry");
            createPoolEntry.setAccessible(true);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("not the HikariCP this agent was built with", e);
        }
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
        config.setIdleTimeout(settings.idleTimeout);
        config.setMaxLifetime(settings.maxLifetime);
        config.setKeepaliveTime(settings.keepalive);
        config.validate();
        return config;
    }

    /** Puts a connection just opened on the shelf; whoever takes next may get it, its opener or somebody else. */
    void adopt(PooledPhysical fresh) {
        boolean adopted = false;
        adopting.set(fresh);
        try {
            IConcurrentBagEntry entry = (IConcurrentBagEntry) createPoolEntry.invoke(pool);
            if (entry == null) {
                throw new IllegalStateException("HikariCP did not take a connection");
            }
            bag.add(entry);
            adopted = true;
        } catch (InvocationTargetException | IllegalAccessException e) {
            throw new IllegalStateException(e);
        } finally {
            adopting.remove();
            if (!adopted) {
                fresh.close();
            }
        }
    }

    /** An idle connection; null if there is none. The thread's interrupt flag must not be set. */
    PooledPhysical take() {
        for (int round = 0; round < MOST_ROUNDS && pool.getIdleConnections() > 0; round++) {
            Connection proxy;
            PooledPhysical taken;
            try {
                proxy = pool.getConnection(AT_ONCE);
                taken = proxy.unwrap(PooledPhysical.class);
            } catch (SQLException takenByOthers) {
                continue;
            }
            if (taken != PooledPhysical.EMPTY) {
                taken.hikariProxy = proxy;
                return taken;
            }
            pool.evictConnection(proxy);
        }
        return null;
    }

    /** Back on the shelf. */
    void putBack(PooledPhysical returned) {
        Connection proxy = returned.hikariProxy;
        returned.hikariProxy = null;
        try {
            proxy.close();
        } catch (SQLException e) {
            Log.swallowed("returning a connection to HikariCP", e);
            returned.close();
        }
    }

    /** Really closes a connection that was taken, and forgets it. */
    void evict(PooledPhysical taken) {
        taken.close();
        if (taken.hikariProxy != null) {
            pool.evictConnection(taken.hikariProxy);
            taken.hikariProxy = null;
        }
    }

    int idle() {
        return pool.getIdleConnections();
    }

    /** Closes what is idle and ends HikariCP's threads; nothing may be borrowed any more. */
    void shutdown() {
        try {
            pool.shutdown();
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
        public PrintWriter getLogWriter() {
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
