package io.poolshim.pool;

import io.poolshim.log.Log;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What becomes of a caller for whom no place is free: how long it waits, and on what terms it gets a connection then. */
final class Admission {
    private static final int MOST_HOLDERS_SHOWN = 20;

    /**
     * In milliseconds: how long a thread that holds a connection waits for another when the overflow is used up. Whom it
     * waits for may wait for it, for a lock of the application, say; so not for the whole borrow time-out.
     */
    private static final long NESTED_WAIT = 2_000;

    /** In milliseconds: when nobody has returned a connection for so long, waiting for one is in vain. */
    private static final long STALLED = 5_000;

    private static final long TELL_AGAIN_AFTER = 10_000; // ms

    private volatile PoolSettings settings;
    private final Permits permits;
    private final Stock stock;
    private final PoolStatistics statistics;
    private final Neighbourhood neighbours;
    private final Seldom tellOfTimeouts = new Seldom(TELL_AGAIN_AFTER);

    Admission(
            PoolSettings settings, Permits permits, Stock stock, PoolStatistics statistics, Neighbourhood neighbours) {
        this.settings = settings;
        this.permits = permits;
        this.stock = stock;
        this.statistics = statistics;
        this.neighbours = neighbours;
    }

    /** The places of a pool with these settings. */
    static Permits permits(PoolSettings settings) {
        return new Permits(settings.maxSize, settings.overflow, stalled(settings));
    }

    private static long stalled(PoolSettings settings) {
        return settings.hardLimit ? 0 : nanos(STALLED);
    }

    /** Those who wait already keep to the times they began with. */
    void reconfigure(PoolSettings changed) {
        settings = changed;
        permits.resize(changed.maxSize, changed.overflow, stalled(changed));
    }

    /**
     * Waits for a place; the caller has not found one free. Null if the pool is off.
     *
     * @param holdings of the calling thread
     * @param longestWait in milliseconds; 0 for no bound but the settings'
     * @throws SQLTransientConnectionException only with the hard limit
     */
    @Nullable Grant waitForPlace(Holdings holdings, long longestWait, Runnable onTimedOut) throws SQLException {
        statistics.waited.increment();
        if (permits.isOff()) {
            return null;
        }
        boolean nested = !holdings.isEmpty();
        int heldHere = nested ? stock.placesOf(holdings) : 0;
        PoolSettings settings = this.settings;
        long bound = longestWait > 0 ? Math.min(longestWait, settings.borrowTimeout) : settings.borrowTimeout;
        long giveUp = nested && !settings.hardLimit ? Math.min(bound, NESTED_WAIT) : bound;
        neighbours.pending();
        Permits.Ask ask =
                new Permits.Ask(nested, heldHere, nanos(Math.min(settings.overflowWait, bound)), nanos(giveUp));
        long start = System.nanoTime();
        Grant grant = permits.acquire(ask);
        if (grant == Grant.OVERFLOW) {
            statistics.overflow.increment();
        }
        if (grant == null && permits.isOff()) {
            return null;
        }
        return grant == null ? withoutPlace(nested, start, onTimedOut) : grant;
    }

    /** No place was to be had: the caller gets a connection of its own, or with the hard limit an exception. */
    private Grant withoutPlace(boolean nested, long start, Runnable onTimedOut) throws SQLException {
        long waited = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        boolean interrupted = Thread.currentThread().isInterrupted();
        if (settings.hardLimit && !interrupted) {
            onTimedOut.run();
            throw new SQLTransientConnectionException(
                    stock + " no connection within " + waited + " ms (" + state() + "); held by " + holders(), "08001");
        }
        statistics.own.increment();
        if (!interrupted && !nested) {
            onTimedOut.run();
            if (tellOfTimeouts.isDue()) {
                Log.warn(stock + " borrow timed out after " + waited + " ms (" + state()
                        + "); the caller gets a connection of its own. Held by " + holders());
            }
        }
        return Grant.OWN;
    }

    /** {@code used=3/10 idle=1 pending=0}, for logs. */
    String state() {
        return "used=" + permits.used() + "/" + settings.maxSize + " idle=" + stock.idle() + " pending="
                + permits.pending() + (permits.isStalled() ? " stalled" : "")
                + (permits.isSuspended() ? " suspended" : "");
    }

    private String holders() {
        StringBuilder list = new StringBuilder();
        int held = 0;
        for (PooledPhysical physical : stock.physicals()) {
            BorrowRecord record = physical.loan();
            if (record != null && held++ < MOST_HOLDERS_SHOWN) {
                list.append(list.length() == 0 ? "" : "; ").append(record.describe());
            }
        }
        list.append(held > MOST_HOLDERS_SHOWN ? "; …" : "");
        int onTheWay = permits.used() - held;
        if (onTheWay > 0) {
            list.append(held == 0 ? "nobody yet: " : "; ").append(onTheWay).append(" being opened or returned");
        }
        return list.length() == 0 ? "nobody" : list.toString();
    }

    private static long nanos(long millis) {
        return TimeUnit.MILLISECONDS.toNanos(millis);
    }
}
