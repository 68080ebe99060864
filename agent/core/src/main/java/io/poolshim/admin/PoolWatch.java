package io.poolshim.admin;

import io.poolshim.jdbc.SqlStates;
import io.poolshim.log.Log;
import io.poolshim.pool.BorrowRecord;
import io.poolshim.pool.ConnectionPool;
import io.poolshim.pool.Eviction;
import io.poolshim.pool.Opener;
import io.poolshim.pool.PoolStatistics;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;

/** What is watched of one pool: the application's threads only count, and once a second the counts are looked at. */
final class PoolWatch {
    final ConnectionPool pool;
    final LongAdder statements = new LongAdder();
    final LongAdder errors = new LongAdder();
    final LastMinute lastMinute = new LastMinute();
    final @Nullable History history;
    /** Opens for probes, as the last borrower did who had to log in; null before and, if none is wanted, always. */
    volatile @Nullable Opener opener;

    private static final long ILL_REMEMBERED = TimeUnit.MINUTES.toNanos(5);

    /** What health says of it. */
    volatile PoolHealth health = PoolHealth.UNKNOWN;

    private volatile long retiredAt; // nanoseconds; 0 is not
    private final LongAdder failures = new LongAdder();
    private final LongAdder refusals = new LongAdder();
    private final Map<Eviction, LongAdder> evictions = new EnumMap<>(Eviction.class); // each has its own from the start
    private final AtomicLong longestWait = new AtomicLong(); // micros, of this point of the history
    private volatile String lastError = "";
    private volatile String lastFailure = "";
    private final Delta newBorrows;
    private final Delta newTimeouts;
    private final Delta newFailures = new Delta(failures::sum);
    private final Delta newRefusals = new Delta(refusals::sum);
    private final Delta newErrors = new Delta(errors::sum);
    private final Delta newReclaims;
    private final Map<Eviction, Delta> newEvictions = new EnumMap<>(Eviction.class);
    private final Delta pointBorrows;
    private final Delta pointErrors = new Delta(errors::sum);

    /** {@code history}: null if there are too many already. */
    PoolWatch(ConnectionPool pool, @Nullable History history) {
        this.pool = pool;
        this.history = history;
        PoolStatistics counts = pool.statistics();
        newBorrows = new Delta(counts::borrows);
        pointBorrows = new Delta(counts::borrows);
        newTimeouts = new Delta(counts.timedOut::sum);
        newReclaims = new Delta(counts.reclaimed::sum);
        for (Eviction why : Eviction.values()) {
            LongAdder count = new LongAdder();
            evictions.put(why, count);
            newEvictions.put(why, new Delta(count::sum));
        }
    }

    /** A connection was handed out. */
    void borrowed(BorrowRecord record, boolean keepsOpener) {
        if (record.isReused() && record.queuedNanos() == 0) {
            return;
        }
        long wait = (record.queuedNanos() + record.openedNanos()) / 1000;
        if (wait > longestWait.get()) {
            longestWait.accumulateAndGet(wait, Math::max);
        }
        if (keepsOpener && !record.isReused()) {
            try {
                opener = record.opener().detached();
            } catch (RuntimeException | LinkageError e) {
                Log.swallowed("keeping what opens a connection (health goes without a probe)", e);
            }
        }
    }

    /** Opening a connection failed. Wrong passwords are told, but say nothing of the server. */
    void failed(Throwable thrown) {
        lastFailure = kind(thrown);
        (SqlStates.isRefusedLogin(thrown) ? refusals : failures).increment();
    }

    void evicted(Eviction why) {
        LongAdder count = evictions.get(why);
        if (count != null) {
            count.increment();
        }
    }

    /** Tells how often each reason was the reason. */
    void evictions(ObjLongConsumer<Eviction> teller) {
        evictions.forEach((why, count) -> {
            if (count.sum() > 0) {
                teller.accept(why, count.sum());
            }
        });
    }

    void statementFailed(Throwable thrown) {
        lastError = kind(thrown);
        errors.increment();
    }

    /** SQLSTATE and class: messages may hold values. */
    static String kind(Throwable thrown) {
        String state = thrown instanceof SQLException ? ((SQLException) thrown).getSQLState() : null;
        String name = thrown.getClass().getName();
        return state == null || !state.matches("[0-9A-Z]{5}") ? name : state + " " + name;
    }

    String lastFailure() {
        return lastFailure;
    }

    /** Once a second. */
    void tick(Events events) {
        long timeouts = newTimeouts.next();
        long failed = newFailures.next();
        lastMinute.add(newBorrows.next(), failed, timeouts, pool.pending());
        String name = pool.name();
        events.add("timeout", name, "borrows timed out", timeouts);
        events.add("login-failed", name, lastFailure, failed + newRefusals.next());
        events.add("error", name, "statements failed, the last with " + lastError, newErrors.next());
        events.add("reclaimed", name, "connections dropped without close()", newReclaims.next());
        newEvictions.forEach((why, count) -> events.add("evicted", name, why.reason(), count.next()));
    }

    /** Once for each point of the history. */
    void remember() {
        if (history != null) {
            history.add(
                    pool.statistics().used(),
                    pool.idle(),
                    pool.pending(),
                    longestWait.getAndSet(0),
                    pointBorrows.next(),
                    pointErrors.next());
        }
    }

    /** Nobody uses the pool any more; true if it is to be watched all the same, by probes, until it is well. */
    boolean retire() {
        retiredAt = System.nanoTime() | 1;
        return !isOver();
    }

    boolean isRetired() {
        return retiredAt != 0;
    }

    boolean isOver() {
        return isRetired()
                && (opener == null
                        || health.status != Status.UNHEALTHY
                        || System.nanoTime() - retiredAt > ILL_REMEMBERED);
    }

    /** What a wrong password left is no pool that anybody asks for. */
    boolean isOfUse() {
        return pool.statistics().borrows() > 0 || failures.sum() > 0;
    }
}
