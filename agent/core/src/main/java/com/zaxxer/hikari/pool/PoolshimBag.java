package com.zaxxer.hikari.pool;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.util.ClockSource;
import com.zaxxer.hikari.util.ConcurrentBag;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.util.concurrent.TimeUnit;

/**
 * HikariCP's bag of connections, without the proxy and the checks that its {@code getConnection} adds at each borrow and
 * nobody here needs. It lies in HikariCP's package for the members that are visible there, the same in 4.0.3 and 7.1.0;
 * two private ones are reached by reflection, only while a connection is put in for the first time.
 */
public final class PoolshimBag {
    /** HikariCP's is {@link System#nanoTime()} but for macOS. */
    private static final boolean SAME_CLOCK = ClockSource.elapsedNanos(0, 1) == 1;

    private final HikariPool pool;
    private final ConcurrentBag<PoolEntry> bag;
    private final Method createPoolEntry;

    @SuppressWarnings("unchecked")
    public PoolshimBag(HikariConfig config) {
        pool = new HikariPool(config);
        try {
            Field field = HikariPool.class.getDeclaredField("connectionBag");
            field.setAccessible(true);
            bag = (ConcurrentBag<PoolEntry>) field.get(pool);
            createPoolEntry = HikariPool.class.getDeclaredMethod("createPoolEntry");
            createPoolEntry.setAccessible(true);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("not the HikariCP this agent was built with", e);
        }
    }

    /**
     * Makes HikariCP ask its data source for a connection, in this thread, and puts it in.
     *
     * @throws IllegalStateException if it does not take it
     */
    public void fill() {
        try {
            PoolEntry entry = (PoolEntry) createPoolEntry.invoke(pool);
            if (entry == null) {
                throw new IllegalStateException("HikariCP did not take a connection");
            }
            bag.add(entry);
        } catch (InvocationTargetException | IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether this entry was idle, and is now taken. */
    public boolean take(Object entry) {
        PoolEntry wanted = (PoolEntry) entry;
        if (wanted.getState() != ConcurrentBag.IConcurrentBagEntry.STATE_NOT_IN_USE || !bag.reserve(wanted)) {
            return false;
        }
        if (wanted.isMarkedEvicted()) {
            evict(wanted);
            return false;
        }
        return true;
    }

    /** Any entry that is idle; null if there is none, or if the thread is interrupted meanwhile. */
    public Object takeAny() {
        while (idle() > 0) {
            PoolEntry entry;
            try {
                entry = bag.borrow(0, TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt(); // it is for the application
                return null;
            }
            if (entry != null) {
                if (!entry.isMarkedEvicted()) {
                    return entry;
                }
                evict(entry);
            }
        }
        return null;
    }

    /** What the data source gave for an entry. */
    public Connection connection(Object entry) {
        return ((PoolEntry) entry).connection;
    }

    /** An entry that was taken is idle again from this {@link System#nanoTime()} on; nobody ever waits at the bag. */
    public void putBack(Object entry, long nanoTime) {
        PoolEntry returned = (PoolEntry) entry;
        if (returned.isMarkedEvicted()) {
            evict(returned);
        } else {
            returned.lastAccessed = SAME_CLOCK ? nanoTime : ClockSource.currentTime();
            returned.setState(ConcurrentBag.IConcurrentBagEntry.STATE_NOT_IN_USE);
        }
    }

    /** Forgets an entry that was taken; its connection is closed by one of HikariCP's threads, if it is not yet. */
    public void evict(Object entry) {
        pool.closeConnection((PoolEntry) entry, "evicted");
    }

    public int idle() {
        return pool.getIdleConnections();
    }

    /** Closes what is idle and ends HikariCP's threads. */
    public void shutdown() throws InterruptedException {
        pool.shutdown();
    }
}
