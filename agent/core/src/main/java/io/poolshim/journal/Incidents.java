package io.poolshim.journal;

import io.poolshim.config.Config;
import io.poolshim.config.Settings;
import io.poolshim.jdbc.SqlStates;
import io.poolshim.log.FlightEvents;
import io.poolshim.log.Log;
import io.poolshim.pool.AgentThreads;
import io.poolshim.pool.BorrowRecord;
import io.poolshim.pool.ConnectionPool;
import io.poolshim.pool.Eviction;
import io.poolshim.pool.PoolListener;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/**
 * Remembers what happened lately, and writes it down, with who holds connections, when something goes wrong: nobody can
 * be asked to watch for that. See docs/outages.md.
 */
public final class Incidents implements PoolListener {
    private static final int ROOM = 1024; // events
    private static final long FILE_SIZE = 10_000_000;
    private static final int OLD_FILES = 1;
    private static final long AGAIN_AFTER = TimeUnit.SECONDS.toNanos(60);
    private static final int BURST = 10; // failures
    private static final long WITHIN = TimeUnit.SECONDS.toNanos(10);
    private static final long LONG_WAIT = TimeUnit.MILLISECONDS.toNanos(100);

    /** What goes wrong. */
    private enum Cause {
        BORROW_TIMEOUT("borrow-timeout"),
        BREAKER_OPEN("breaker-open"),
        FAILURES("failures");

        final String shown;

        Cause(String shown) {
            this.shown = shown;
        }
    }

    private final RecentEvents recent = new RecentEvents(ROOM);
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicLongArray failedAt = new AtomicLongArray(BURST - 1); // the last ones
    private final Map<Cause, AtomicLong> last = new EnumMap<>(Cause.class);
    private final Set<Thread> writers = ConcurrentHashMap.newKeySet();
    private final Sink file;

    Incidents(Sink file) {
        this.file = file;
        long longAgo = System.nanoTime() - AGAIN_AFTER;
        for (Cause cause : Cause.values()) {
            last.put(cause, new AtomicLong(longAgo));
        }
        for (int i = 0; i < failedAt.length(); i++) {
            failedAt.set(i, longAgo);
        }
    }

    /** Null if the settings name no file for them. */
    public static @Nullable Incidents of(Config config) {
        String name = config.get(Settings.INCIDENTS);
        return name == null ? null : new Incidents(new LogFile(name, FILE_SIZE, OLD_FILES));
    }

    @Override
    public void opened(ConnectionPool pool, long nanos) {
        recent.add(new PoolEvent("opened", pool.name(), null, nanos));
    }

    @Override
    public void evicted(ConnectionPool pool, Eviction why) {
        recent.add(new PoolEvent("evicted", pool.name(), why.reason(), -1));
    }

    @Override
    public void controlled(ConnectionPool pool, String action) {
        recent.add(new PoolEvent("controlled", pool.name(), action, -1));
    }

    @Override
    public void waited(BorrowRecord record, long nanos) {
        if (nanos >= LONG_WAIT) {
            recent.add(new PoolEvent("waited", record.pool().name(), record.place(), nanos));
        }
    }

    @Override
    public void reclaimed(BorrowRecord record) {
        recent.add(new PoolEvent("reclaimed", record.pool().name(), record.place(), record.heldNanos()));
    }

    @Override
    public void timedOut(BorrowRecord record, long startNanos) {
        ConnectionPool pool = record.pool();
        recent.add(new PoolEvent("timed-out", pool.name(), record.place(), System.nanoTime() - startNanos));
        happened(Cause.BORROW_TIMEOUT, pool, null);
    }

    @Override
    public void borrowFailed(BorrowRecord record, long startNanos, Throwable thrown) {
        if (!record.hasTimedOut()) {
            failed("login-failed", record.pool(), thrown, System.nanoTime() - startNanos);
        }
    }

    @Override
    public void serverFailed(ConnectionPool pool, Throwable thrown) {
        failed("server-failed", pool, thrown, -1);
    }

    @Override
    public void breakerOpened(ConnectionPool pool, Throwable cause) {
        recent.add(new PoolEvent("breaker-opened", pool.name(), SqlStates.of(cause), -1));
        happened(Cause.BREAKER_OPEN, pool, cause);
    }

    private void failed(String event, ConnectionPool pool, Throwable thrown, long nanos) {
        recent.add(new PoolEvent(event, pool.name(), SqlStates.of(thrown), nanos));
        long now = System.nanoTime();
        long before = failedAt.getAndSet(Math.floorMod(failures.getAndIncrement(), failedAt.length()), now);
        if (now - before < WITHIN) {
            happened(Cause.FAILURES, pool, thrown);
        }
    }

    /** At most once a minute for each cause. */
    private void happened(Cause cause, ConnectionPool pool, @Nullable Throwable thrown) {
        AtomicLong told = last.get(cause);
        long before = told == null ? 0 : told.get();
        long now = System.nanoTime();
        if (told == null || now - before < AGAIN_AFTER || !told.compareAndSet(before, now)) {
            return;
        }
        FlightEvents.incident(pool.name(), cause.shown);
        String state = thrown == null ? "" : SqlStates.of(thrown);
        Thread writer = null;
        try {
            writer = new AgentThreads("incident").newThread(() -> write(cause, pool, state));
            writers.add(writer);
            writer.start();
        } catch (RuntimeException | LinkageError | OutOfMemoryError e) { // no memory, or no thread to be had
            if (writer != null) {
                writers.remove(writer);
            }
            Log.swallowed("telling of an incident", e);
        }
    }

    /** Waits until what has gone wrong so far is written, for at most so long: when the JVM exits, it ends its daemons. */
    public void flush(long millis) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        try {
            for (Thread writer : writers) {
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (left <= 0) {
                    return;
                }
                writer.join(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void write(Cause cause, ConnectionPool pool, String state) {
        try {
            byte[] line = new IncidentLine(pool, recent).of(cause.shown, state);
            if (file.write(line, line.length)) {
                Log.info("[pool " + pool.name() + "] incident (" + cause.shown
                        + "): see the file of poolshim.incidents");
            }
        } catch (RuntimeException | LinkageError e) {
            Log.swallowed("writing an incident", e);
        } finally {
            writers.remove(Thread.currentThread());
        }
    }
}
