package io.poolshim.telemetry;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.instrumentation.api.incubator.semconv.db.SqlQuery;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.poolshim.pool.BorrowRecord;
import io.poolshim.pool.ConnectionPool;
import io.poolshim.pool.Grant;
import io.poolshim.session.Address;
import io.poolshim.session.PhysicalConnection;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Spans by the stable semantic conventions for databases: one for the loan, one for the wait in it, one for each
 * statement or batch. Of an exception only its class, SQLSTATE and vendor code are told: messages carry bound values.
 */
final class SpanTelemetry implements Telemetry {
    private static final int LONGEST_TEXT = 16_384;

    private final OpenTelemetrySdk sdk;
    private final Tracer tracer;
    private final KnownQueries queries;
    private final Names names;

    SpanTelemetry(OpenTelemetrySdk sdk, KnownQueries queries, Names names) {
        this.sdk = sdk;
        this.tracer = sdk.getTracer("io.poolshim");
        this.queries = queries;
        this.names = names;
    }

    @Override
    public void borrowed(BorrowRecord record, long startNanos) {
        ConnectionTrace.Clock clock = new ConnectionTrace.Clock();
        long start = clock.epochAt(startNanos);
        Address address = ((PhysicalConnection) record.physical()).address();
        Span span = tracer.spanBuilder("connection " + address.database())
                .setNoParent()
                .setStartTimestamp(start, TimeUnit.NANOSECONDS)
                .startSpan();
        if (!span.isRecording()) {
            return;
        }
        Attributes server = names.server(address);
        ConnectionTrace trace = new ConnectionTrace(span, server, clock);
        span.setAllAttributes(server);
        span.setAllAttributes(Names.pool(record.pool()));
        tracer.spanBuilder("DriverManager.getConnection")
                .setParent(trace.context)
                .setStartTimestamp(start, TimeUnit.NANOSECONDS)
                .startSpan()
                .setAllAttributes(server)
                .setAllAttributes(Names.pool(record.pool()))
                .setAttribute(Names.ORIGIN, origin(record))
                .end(clock.epochNanos, TimeUnit.NANOSECONDS);
        record.attachment = trace;
    }

    private static String origin(BorrowRecord record) {
        if (record.grant() != Grant.POOL) {
            return record.grant() == Grant.OVERFLOW ? "overflow" : "own";
        }
        return record.isReused() ? "reused" : "opened";
    }

    @Override
    public void openFailed(ConnectionPool pool, long startNanos, Throwable thrown) {
        ConnectionTrace.Clock clock = new ConnectionTrace.Clock();
        Span span = tracer.spanBuilder("DriverManager.getConnection")
                .setNoParent()
                .setStartTimestamp(clock.epochAt(startNanos), TimeUnit.NANOSECONDS)
                .startSpan();
        if (span.isRecording()) {
            span.setAllAttributes(Names.pool(pool));
            failed(span, thrown);
        }
        span.end(clock.epochNanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void returned(BorrowRecord record, boolean evicted) {
        ConnectionTrace trace = (ConnectionTrace) record.attachment;
        if (trace != null) {
            record.attachment = null;
            trace.span.end(trace.now(), TimeUnit.NANOSECONDS);
        }
    }

    private static final class Query {
        final ConnectionTrace trace;
        final Span span;

        Query(ConnectionTrace trace, Span span) {
            this.trace = trace;
            this.span = span;
        }
    }

    @Override
    public @Nullable Object started(BorrowRecord record, String text, int batchSize) {
        ConnectionTrace trace = (ConnectionTrace) record.attachment;
        if (trace == null) {
            return null;
        }
        SqlQuery query = queries.of(text).query;
        String summary = query.getQuerySummary();
        Context parent = trace.context;
        Span span = tracer.spanBuilder(summary == null || summary.isEmpty() ? "postgresql" : summary)
                .setParent(parent)
                .setSpanKind(SpanKind.CLIENT)
                .setStartTimestamp(trace.now(), TimeUnit.NANOSECONDS)
                .setAllAttributes(trace.server)
                .startSpan();
        if (span.isRecording()) {
            span.setAttribute(Names.TEXT, bounded(query.getQueryText()));
            span.setAttribute(Names.SUMMARY, summary);
            span.setAttribute(Names.PROCEDURE, query.getStoredProcedureName());
            if (batchSize > 1) {
                span.setAttribute(Names.BATCH_SIZE, (long) batchSize);
            }
        }
        return new Query(trace, span);
    }

    private static String bounded(String text) {
        return text == null || text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT);
    }

    @Override
    public void ended(Object token, @Nullable Throwable thrown) {
        Query query = (Query) token;
        if (thrown != null) {
            failed(query.span, thrown);
        }
        query.span.end(query.trace.now(), TimeUnit.NANOSECONDS);
    }

    private static void failed(Span span, Throwable thrown) {
        span.setStatus(StatusCode.ERROR);
        span.setAttribute(Names.ERROR_TYPE, thrown.getClass().getName());
        if (thrown instanceof SQLException) {
            SQLException error = (SQLException) thrown;
            span.setAttribute(Names.SQLSTATE, error.getSQLState());
            if (error.getErrorCode() != 0) {
                span.setAttribute(Names.VENDOR_CODE, (long) error.getErrorCode());
            }
        }
    }

    @Override
    public void shutdown(long time, TimeUnit unit) {
        sdk.getSdkTracerProvider().shutdown().join(time, unit);
    }
}
