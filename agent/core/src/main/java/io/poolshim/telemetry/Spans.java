package io.poolshim.telemetry;

import io.poolshim.pool.BorrowRecord;
import io.poolshim.pool.Grant;
import io.poolshim.redirect.ApplicationCode;
import io.poolshim.redirect.CallSites;
import io.poolshim.session.PhysicalConnection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * The spans of loans, by the stable semantic conventions for databases: one for the loan unless a span is active, one for
 * the wait, one for each statement or batch; see docs/telemetry.md. Of an exception only its class, SQLSTATE and vendor
 * code are told: messages carry bound values.
 */
final class Spans {
    private static final String WAIT = "DriverManager.getConnection";
    private static final double NANOS = 1e9;
    private static final long LEAST_VALIDATION = 100_000; // ns; less is what taking a connection takes

    private final Tracing tracing;
    private final SpanSettings settings;
    final KnownQueries queries;
    private final SpanAttributes attributes;

    Spans(Tracing tracing, SpanSettings settings, KnownQueries queries) {
        this.tracing = tracing;
        this.settings = settings;
        this.queries = queries;
        this.attributes = new SpanAttributes(tracing, settings);
    }

    void borrowed(BorrowRecord record, long startNanos) {
        Object outer = tracing.active();
        SpanAttributes.Server server = attributes.server(((PhysicalConnection) record.physical()).address());
        if (outer != null && !tracing.isSampled(outer)) {
            record.attachment = LoanTrace.unsampled(this, server, outer);
            return;
        }
        Clock clock = new Clock();
        long start = clock.at(startNanos);
        Object span = null;
        if (settings.alwaysConnections || outer == null && !settings.neverConnections) {
            span = connection(record, server, outer, start);
            if (!tracing.isRecording(span)) {
                record.attachment = LoanTrace.unsampled(this, server, outer);
                return;
            }
        }
        Object context = span == null ? null : tracing.contextOf(span);
        LoanTrace trace = new LoanTrace(this, server, outer, span, context, clock);
        record.attachment = trace;
        if (clock.made() - start >= settings.minWait) {
            waited(record, trace, start, clock.made());
        }
    }

    private Object connection(BorrowRecord record, SpanAttributes.Server server, @Nullable Object outer, long start) {
        Object span = tracing.start(server.connectionName, false, outer, start, null);
        if (tracing.isRecording(span)) {
            tracing.addAll(span, server.attributes);
            tracing.addAll(span, attributes.pool(record.pool()));
            addCallSite(span, record);
        }
        return span;
    }

    private void waited(BorrowRecord record, LoanTrace trace, long start, long end) {
        Object wait = tracing.start(WAIT, false, trace.fallback(), start, null);
        if (tracing.isRecording(wait)) {
            tracing.set(wait, Attribute.ORIGIN, origin(record));
            long queued = record.queuedNanos();
            setSeconds(wait, Attribute.QUEUEING, queued);
            setSeconds(wait, Attribute.CONNECTING, record.openedNanos());
            long validating = record.isReused() ? end - start - queued : 0;
            setSeconds(wait, Attribute.VALIDATING, validating >= LEAST_VALIDATION ? validating : 0);
            if (record.hasTimedOut()) {
                tracing.event(wait, "poolshim.timed_out", end);
            }
            if (trace.span == null) { // else they are on that one
                tracing.addAll(wait, trace.server.attributes);
                tracing.addAll(wait, attributes.pool(record.pool()));
                addCallSite(wait, record);
            }
        }
        tracing.end(wait, end);
    }

    private void setSeconds(Object span, Attribute name, long nanos) {
        if (nanos > 0) {
            tracing.set(span, name, nanos / NANOS);
        }
    }

    private void addCallSite(Object span, BorrowRecord record) {
        CallSites sites = settings.callSites;
        StackTraceElement place = sites == null ? null : sites.find(record.caller());
        if (place != null) {
            tracing.set(span, Attribute.FUNCTION, ApplicationCode.function(place));
            if (place.getLineNumber() > 0) {
                tracing.set(span, Attribute.LINE, place.getLineNumber());
            }
        }
    }

    private static String origin(BorrowRecord record) {
        if (record.grant() != Grant.POOL) {
            return record.grant() == Grant.OVERFLOW ? "overflow" : "own";
        }
        return record.isReused() ? "reused" : "opened";
    }

    void borrowFailed(BorrowRecord record, long startNanos, Throwable thrown) {
        Object outer = tracing.active();
        if (outer != null && !tracing.isSampled(outer)) {
            return;
        }
        Clock clock = new Clock();
        Object wait = tracing.start(WAIT, false, outer, clock.at(startNanos), attributes.pool(record.pool()));
        if (tracing.isRecording(wait)) {
            setSeconds(wait, Attribute.QUEUEING, record.queuedNanos());
            addCallSite(wait, record);
            failed(wait, thrown);
        }
        tracing.end(wait, clock.made());
    }

    void reclaimed(LoanTrace trace) {
        if (trace.span != null) {
            tracing.event(trace.span, "poolshim.reclaimed", trace.now());
            tracing.fail(trace.span);
        }
    }

    void returned(LoanTrace trace, boolean evicted) {
        if (trace.span != null) {
            long now = trace.now();
            if (evicted) {
                tracing.event(trace.span, "poolshim.evicted", now);
            }
            tracing.end(trace.span, now);
        }
    }

    /** A statement or something else that runs. */
    static final class Running {
        final LoanTrace trace;
        final Object span;

        Running(LoanTrace trace, Object span) {
            this.trace = trace;
            this.span = span;
        }
    }

    @Nullable Running started(LoanTrace trace, String text, int batchSize) {
        if (!settings.queries) {
            return null;
        }
        Object active = tracing.active();
        if (!isSampled(active, trace)) {
            return null;
        }
        KnownQuery query = queries.of(text);
        Running running = start(query.name(trace.server.system), active, trace, attributes.query(query, trace.server));
        if (batchSize > 1 && tracing.isRecording(running.span)) {
            tracing.set(running.span, Attribute.BATCH_SIZE, batchSize);
        }
        return running;
    }

    private boolean isSampled(@Nullable Object active, LoanTrace trace) {
        return active == null ? !trace.unsampled : tracing.isSampled(active);
    }

    private Running start(String name, @Nullable Object active, LoanTrace trace, Object with) {
        return new Running(trace, tracing.start(name, true, parent(active, trace), trace.now(), with));
    }

    @Nullable Running fetching(LoanTrace trace) {
        return settings.queries ? startOperation("FETCH", trace) : null;
    }

    @Nullable Running ending(LoanTrace trace, boolean commit) {
        return settings.transactions ? startOperation(commit ? "COMMIT" : "ROLLBACK", trace) : null;
    }

    private @Nullable Running startOperation(String operation, LoanTrace trace) {
        Object active = tracing.active();
        if (!isSampled(active, trace)) {
            return null;
        }
        Running running = start(operation, active, trace, trace.server.attributes);
        tracing.set(running.span, Attribute.OPERATION, operation);
        return running;
    }

    /** The loan's own span stands between the one that was active at the borrow and the statements. */
    private @Nullable Object parent(@Nullable Object active, LoanTrace trace) {
        boolean inside =
                trace.span != null && trace.outer != null && active != null && tracing.isSame(active, trace.outer);
        return active == null || inside ? trace.fallback() : active;
    }

    void ended(Running query, @Nullable Throwable thrown) {
        if (thrown != null) {
            failed(query.span, thrown);
        }
        tracing.end(query.span, query.trace.now());
    }

    @Nullable String traceId(LoanTrace trace) {
        String[] ids = ids(trace);
        return ids == null ? null : ids[0];
    }

    private String @Nullable [] ids(LoanTrace trace) {
        Object active = tracing.active();
        Object context = active == null ? trace.fallback() : active;
        return context == null ? null : tracing.ids(context);
    }

    /** {@link Tracing#ids} of the statement's span; of the one that it would be a child of, if it has none. */
    String @Nullable [] ids(LoanTrace trace, @Nullable Running running) {
        return running == null ? ids(trace) : tracing.ids(tracing.contextOf(running.span));
    }

    private void failed(Object span, Throwable thrown) {
        tracing.fail(span);
        tracing.set(span, Attribute.ERROR_TYPE, thrown.getClass().getName());
        if (thrown instanceof SQLException) {
            SQLException error = (SQLException) thrown;
            if (error.getSQLState() != null) {
                tracing.set(span, Attribute.SQLSTATE, error.getSQLState());
            }
            if (error.getErrorCode() != 0) {
                tracing.set(span, Attribute.VENDOR_CODE, error.getErrorCode());
            }
        }
    }
}
