package io.poolshim.telemetry;

import io.poolshim.pool.BorrowRecord;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Spans of each loan, through the API that belongs to its borrower. */
final class SpanTelemetry implements Telemetry {
    private final Function<@Nullable Class<?>, Spans> ofCaller;
    private final BiConsumer<Long, TimeUnit> shutdown;
    private final @Nullable ThreadLocal<String @Nullable []> ofThread;

    /**
     * Spans.
     *
     * @param ofCaller those for loans to this class
     * @param shutdown sends what is not sent yet, for at most this long
     * @param ofThread is told of each statement that starts; null if nobody wants to know
     */
    SpanTelemetry(
            Function<@Nullable Class<?>, Spans> ofCaller,
            BiConsumer<Long, TimeUnit> shutdown,
            @Nullable ThreadLocal<String @Nullable []> ofThread) {
        this.ofCaller = ofCaller;
        this.shutdown = shutdown;
        this.ofThread = ofThread;
    }

    @Override
    public void borrowed(BorrowRecord record, long startNanos) {
        ofCaller.apply(record.caller()).borrowed(record, startNanos);
    }

    @Override
    public void borrowFailed(BorrowRecord record, long startNanos, Throwable thrown) {
        ofCaller.apply(record.caller()).borrowFailed(record, startNanos, thrown);
    }

    @Override
    public void reclaimed(BorrowRecord record) {
        LoanTrace trace = (LoanTrace) record.attachment;
        if (trace != null) {
            trace.spans.reclaimed(trace);
        }
    }

    @Override
    public void returned(BorrowRecord record, boolean evicted) {
        LoanTrace trace = (LoanTrace) record.attachment;
        if (trace != null) {
            record.attachment = null;
            trace.spans.returned(trace, evicted);
        }
    }

    @Override
    public @Nullable Object started(BorrowRecord record, String sql, int batchSize) {
        LoanTrace trace = (LoanTrace) record.attachment;
        if (trace == null) {
            return null;
        }
        Spans.Running running = trace.spans.started(trace, sql, batchSize);
        if (ofThread != null) {
            ofThread.set(trace.spans.ids(trace, running));
        }
        return running;
    }

    /** The W3C's {@code traceparent} of the statement that this thread has started last; null if there is none. */
    static @Nullable String traceparent(ThreadLocal<String @Nullable []> ofThread) {
        String[] ids = ofThread.get();
        return ids == null ? null : "00-" + ids[0] + "-" + ids[1] + "-" + ids[2];
    }

    @Override
    public @Nullable Object fetching(BorrowRecord record) {
        LoanTrace trace = (LoanTrace) record.attachment;
        return trace == null ? null : trace.spans.fetching(trace);
    }

    @Override
    public @Nullable Object ending(BorrowRecord record, boolean commit, long sinceNanos) {
        LoanTrace trace = (LoanTrace) record.attachment;
        return trace == null ? null : trace.spans.ending(trace, commit);
    }

    @Override
    public void ended(Object token, @Nullable Throwable thrown) {
        Spans.Running query = (Spans.Running) token;
        query.trace.spans.ended(query, thrown);
    }

    @Override
    public @Nullable String traceId(BorrowRecord record) {
        LoanTrace trace = (LoanTrace) record.attachment;
        return trace == null ? null : trace.spans.traceId(trace);
    }

    @Override
    public void shutdown(long time, TimeUnit unit) {
        shutdown.accept(time, unit);
    }
}
