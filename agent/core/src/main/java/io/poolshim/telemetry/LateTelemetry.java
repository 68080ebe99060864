package io.poolshim.telemetry;

import io.poolshim.log.Log;
import io.poolshim.pool.AgentThreads;
import io.poolshim.pool.BorrowRecord;
import io.poolshim.pool.ConnectionPool;
import io.poolshim.pool.Eviction;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Telemetry that is still starting; whoever needs it first waits for it, for a while. */
final class LateTelemetry implements Telemetry {
    private static final long PATIENCE_SECONDS = 5;

    private final Supplier<Telemetry> start;
    private final Pools pools;
    private final @Nullable ThreadLocal<String @Nullable []> ofThread;
    private final AtomicBoolean begun = new AtomicBoolean();
    private final CountDownLatch started = new CountDownLatch(1);
    private volatile @Nullable Telemetry telemetry;
    private volatile boolean impatient;

    /** {@code ofThread}: see {@link SpanTelemetry}. */
    LateTelemetry(Supplier<Telemetry> start, Pools pools, @Nullable ThreadLocal<String @Nullable []> ofThread) {
        this.start = start;
        this.pools = pools;
        this.ofThread = ofThread;
    }

    /** Starts, at the first call that is pooled: an application of which none is must not be touched. */
    private void begin() {
        if (begun.compareAndSet(false, true)) {
            new AgentThreads("telemetry").newThread(this::load).start();
        }
    }

    private void load() {
        Telemetry result = NONE;
        try {
            result = start.get();
        } catch (RuntimeException | LinkageError e) {
            // Not its message: that quotes settings, and they may hold a password or a token.
            Log.warn("no spans and metrics, the OpenTelemetry SDK does not start ("
                    + e.getClass().getName()
                    + "): check " + new StartFailure(e).settings() + ", or set poolshim.telemetry=off");
        } finally {
            telemetry = result;
            started.countDown();
        }
    }

    @Override
    public void created(ConnectionPool pool) {
        pools.add(pool);
        begin();
    }

    @Override
    public void retired(ConnectionPool pool) {
        pools.retire(pool);
        Telemetry ready = telemetry;
        if (ready != null) {
            try {
                ready.retired(pool);
            } catch (RuntimeException | LinkageError e) {
                swallow(e);
            }
        }
    }

    @Override
    public void opened(ConnectionPool pool, long nanos) {
        try {
            get().opened(pool, nanos);
        } catch (RuntimeException | LinkageError e) {
            swallow(e);
        }
    }

    private Telemetry get() {
        Telemetry ready = telemetry;
        if (ready != null) {
            return ready;
        }
        begin();
        return impatient ? NONE : await();
    }

    private Telemetry await() {
        boolean interrupted = Thread.interrupted();
        try {
            if (started.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                return Objects.requireNonNull(telemetry);
            }
            impatient = true;
            return NONE;
        } catch (InterruptedException e) {
            interrupted = true;
            return NONE;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Whatever goes wrong with a span, the application gets its connection and its result. */
    private static void swallow(Throwable error) {
        Log.swallowed("recording telemetry", error);
    }

    @Override
    public void borrowed(BorrowRecord record, long startNanos) {
        try {
            get().borrowed(record, startNanos);
        } catch (RuntimeException | LinkageError e) {
            swallow(e);
        }
    }

    @Override
    public void borrowFailed(BorrowRecord record, long startNanos, Throwable thrown) {
        try {
            get().borrowFailed(record, startNanos, thrown);
        } catch (RuntimeException | LinkageError e) {
            swallow(e);
        }
    }

    @Override
    public void timedOut(BorrowRecord record, long startNanos) {
        try {
            get().timedOut(record, startNanos);
        } catch (RuntimeException | LinkageError e) {
            swallow(e);
        }
    }

    @Override
    public void reclaimed(BorrowRecord record) {
        try {
            get().reclaimed(record);
        } catch (RuntimeException | LinkageError e) {
            swallow(e);
        }
    }

    @Override
    public void evicted(ConnectionPool pool, Eviction why) {
        try {
            get().evicted(pool, why);
        } catch (RuntimeException | LinkageError e) {
            swallow(e);
        }
    }

    @Override
    public @Nullable String traceId(BorrowRecord record) {
        Telemetry ready = telemetry;
        return ready == null ? null : ready.traceId(record);
    }

    @Override
    public void returned(BorrowRecord record, boolean evicted) {
        try {
            get().returned(record, evicted);
        } catch (RuntimeException | LinkageError e) {
            swallow(e);
        }
    }

    @Override
    public @Nullable Object started(BorrowRecord record, String sql, int batchSize) {
        try {
            return get().started(record, sql, batchSize);
        } catch (RuntimeException | LinkageError e) {
            swallow(e);
            return null;
        }
    }

    @Override
    public @Nullable Object fetching(BorrowRecord record) {
        try {
            return get().fetching(record);
        } catch (RuntimeException | LinkageError e) {
            swallow(e);
            return null;
        }
    }

    @Override
    public @Nullable Object ending(BorrowRecord record, boolean commit, long sinceNanos) {
        try {
            return get().ending(record, commit, sinceNanos);
        } catch (RuntimeException | LinkageError e) {
            swallow(e);
            return null;
        }
    }

    @Override
    public void ended(Object token, @Nullable Throwable thrown) {
        try {
            get().ended(token, thrown);
        } catch (RuntimeException | LinkageError e) {
            swallow(e);
        }
    }

    @Override
    public @Nullable String traceparent() {
        return ofThread == null ? null : SpanTelemetry.traceparent(ofThread);
    }

    @Override
    public void shutdown(long time, TimeUnit unit) {
        Telemetry ready = telemetry;
        if (ready != null) { // else nothing was recorded: whoever records waits for the start
            ready.shutdown(time, unit);
        }
    }
}
