package io.poolshim.admin;

import io.poolshim.jdbc.DriverFailure;
import io.poolshim.jdbc.SqlStates;
import io.poolshim.log.JsonWriter;
import io.poolshim.log.Log;
import io.poolshim.pool.AgentThreads;
import io.poolshim.pool.Opener;
import io.poolshim.pool.Physical;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Looks at one database from time to time: logs in, has one round trip, logs out. A connection that stays would need a place
 * on the server for ever, and hinder who wants to drop the database.
 */
final class Probe {
    /** In milliseconds: one that runs for longer has failed, whether it ends or not. */
    static final long PATIENCE = 5_000;

    private static final int SECONDS_FOR_ROUND_TRIP = 2;
    private static final long AFTER_FAILURE = 2_000; // ms

    private final long period; // ms
    private final AtomicBoolean running = new AtomicBoolean();
    private volatile long started = System.nanoTime();
    private volatile @Nullable Result result;

    /** How a probe ended. */
    static final class Result {
        final long connectNanos;
        final long roundTripNanos;
        final @Nullable String failure;
        final boolean isRefusal;
        private final long at = System.nanoTime();

        private Result(long connectNanos, long roundTripNanos, @Nullable String failure, boolean isRefusal) {
            this.connectNanos = connectNanos;
            this.roundTripNanos = roundTripNanos;
            this.failure = failure;
            this.isRefusal = isRefusal;
        }

        long millis() {
            return TimeUnit.NANOSECONDS.toMillis(connectNanos + roundTripNanos);
        }
    }

    Probe(long period) {
        this.period = period;
    }

    /** Starts one in a thread of its own if it is time. */
    void tick(Opener opener) {
        Result last = result;
        long pause = last != null && last.failure != null ? Math.min(period, AFTER_FAILURE) : period;
        long since = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started);
        if ((last == null || since >= pause) && running.compareAndSet(false, true)) {
            started = System.nanoTime();
            new AgentThreads("probe").newThread(() -> run(opener)).start();
        }
    }

    private void run(Opener opener) {
        try {
            Result now = look(opener);
            result = now == null ? result : now;
        } finally {
            running.set(false);
        }
    }

    /** Null if it says nothing of the server: the JVM's time zone has changed, or the driver has gone. */
    private static @Nullable Result look(Opener opener) {
        long start = System.nanoTime();
        try {
            Physical physical = opener.open();
            try {
                long connected = System.nanoTime();
                boolean valid = physical.isValid(SECONDS_FOR_ROUND_TRIP);
                String failure = valid ? null : "no answer to an empty statement";
                return new Result(connected - start, System.nanoTime() - connected, failure, false);
            } finally {
                physical.close();
            }
        } catch (DriverFailure e) {
            Throwable thrown = e.getCause();
            if (thrown.getClass() == SQLException.class) { // no driver's own: the agent's, or DriverManager's
                return null;
            }
            boolean refusal = SqlStates.isRefusedLogin(thrown) || SqlStates.isTooManyConnections(thrown);
            return new Result(System.nanoTime() - start, 0, PoolWatch.kind(thrown), refusal);
        } catch (RuntimeException | LinkageError e) {
            Log.swallowed("probing a database (health says that it failed)", e);
            return new Result(System.nanoTime() - start, 0, PoolWatch.kind(e), true);
        }
    }

    /** For how long one has been running; 0 if none is. */
    long hangingMillis() {
        return running.get() ? TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started) : 0;
    }

    /** How the last one ended that did; null if none has. */
    @Nullable Result result() {
        return result;
    }

    void append(JsonWriter json) {
        Result last = result;
        if (last != null) {
            json.name("probe").object().name("ok").value(last.failure == null);
            json.name("connectMillis").thousandths(last.connectNanos / 1000);
            json.name("roundTripMillis").thousandths(last.roundTripNanos / 1000);
            json.name("ageMillis").value(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - last.at));
            json.endObject();
        }
    }
}
