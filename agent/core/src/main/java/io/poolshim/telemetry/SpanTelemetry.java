package io.poolshim.telemetry;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.instrumentation.api.incubator.semconv.db.SqlDialect;
import io.opentelemetry.instrumentation.api.incubator.semconv.db.SqlQuery;
import io.opentelemetry.instrumentation.api.incubator.semconv.db.SqlQueryAnalyzer;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.poolshim.pool.BorrowRecord;
import io.poolshim.pool.ConnectionPool;
import io.poolshim.pool.Grant;
import io.poolshim.session.Address;
import io.poolshim.session.KnownSql;
import io.poolshim.session.PhysicalConnection;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Spans by the stable semantic conventions for databases: one for the loan, one for the wait in it, one for each
 * statement or batch. Of an exception only its class, SQLSTATE and vendor code are told: messages carry bound values.
 */
final class SpanTelemetry implements Telemetry {
    private static final int LONGEST_TEXT = 16_384;
    private static final int MOST_ADDRESSES = 1000;
    private static final int MOST_KEPT = 1000; // texts
    private static final int LONGEST_KEPT = 10_000; // characters

    private static final AttributeKey<String> SYSTEM = AttributeKey.stringKey("db.system.name");
    private static final AttributeKey<String> NAMESPACE = AttributeKey.stringKey("db.namespace");
    private static final AttributeKey<String> HOST = AttributeKey.stringKey("server.address");
    private static final AttributeKey<Long> PORT = AttributeKey.longKey("server.port");
    private static final AttributeKey<String> TEXT = AttributeKey.stringKey("db.query.text");
    private static final AttributeKey<String> SUMMARY = AttributeKey.stringKey("db.query.summary");
    private static final AttributeKey<String> PROCEDURE = AttributeKey.stringKey("db.stored_procedure.name");
    private static final AttributeKey<Long> BATCH_SIZE = AttributeKey.longKey("db.operation.batch.size");
    private static final AttributeKey<String> SQLSTATE = AttributeKey.stringKey("db.response.status_code");
    private static final AttributeKey<String> ERROR_TYPE = AttributeKey.stringKey("error.type");
    private static final AttributeKey<Long> VENDOR_CODE = AttributeKey.longKey("poolshim.vendor_code");
    private static final AttributeKey<String> POOL = AttributeKey.stringKey("db.client.connection.pool.name");
    private static final AttributeKey<String> ORIGIN = AttributeKey.stringKey("poolshim.connection.origin");

    private final OpenTelemetrySdk sdk;
    private final Tracer tracer;
    private final SqlQueryAnalyzer sql = SqlQueryAnalyzer.create(true);
    private final Map<String, SqlQuery> analyzed = new ConcurrentHashMap<>();
    private final Map<Address, Attributes> servers = new ConcurrentHashMap<>();

    SpanTelemetry(OpenTelemetrySdk sdk) {
        this.sdk = sdk;
        this.tracer = sdk.getTracer("io.poolshim");
        sql.analyzeWithSummary(
                "SELECT 1", SqlDialect.DOUBLE_QUOTES_ARE_IDENTIFIERS); // its classes load here, not later
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
        Attributes server = server(address);
        ConnectionTrace trace = new ConnectionTrace(span, server, clock);
        span.setAllAttributes(server);
        span.setAttribute(POOL, record.pool().name());
        tracer.spanBuilder("DriverManager.getConnection")
                .setParent(trace.context)
                .setStartTimestamp(start, TimeUnit.NANOSECONDS)
                .startSpan()
                .setAllAttributes(server)
                .setAttribute(POOL, record.pool().name())
                .setAttribute(ORIGIN, origin(record))
                .end(clock.epochNanos, TimeUnit.NANOSECONDS);
        record.attachment = trace;
    }

    private static String origin(BorrowRecord record) {
        if (record.grant() != Grant.POOL) {
            return record.grant() == Grant.OVERFLOW ? "overflow" : "own";
        }
        return record.isReused() ? "reused" : "opened";
    }

    private Attributes server(Address address) {
        Attributes known = servers.get(address);
        if (known == null) {
            known = Attributes.builder()
                    .put(SYSTEM, address.system())
                    .put(NAMESPACE, address.database())
                    .put(HOST, address.host())
                    .put(PORT, address.port() == 0 ? null : (long) address.port())
                    .build();
            if (servers.size() < MOST_ADDRESSES) {
                servers.put(address, known);
            }
        }
        return known;
    }

    @Override
    public void openFailed(ConnectionPool pool, long startNanos, Throwable thrown) {
        ConnectionTrace.Clock clock = new ConnectionTrace.Clock();
        Span span = tracer.spanBuilder("DriverManager.getConnection")
                .setNoParent()
                .setStartTimestamp(clock.epochAt(startNanos), TimeUnit.NANOSECONDS)
                .startSpan();
        if (span.isRecording()) {
            span.setAttribute(POOL, pool.name());
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
        SqlQuery query = analyze(text);
        String summary = query.getQuerySummary();
        Context parent = trace.context;
        Span span = tracer.spanBuilder(summary == null || summary.isEmpty() ? "postgresql" : summary)
                .setParent(parent)
                .setSpanKind(SpanKind.CLIENT)
                .setStartTimestamp(trace.now(), TimeUnit.NANOSECONDS)
                .setAllAttributes(trace.server)
                .startSpan();
        if (span.isRecording()) {
            span.setAttribute(TEXT, bounded(query.getQueryText()));
            span.setAttribute(SUMMARY, summary);
            span.setAttribute(PROCEDURE, query.getStoredProcedureName());
            if (batchSize > 1) {
                span.setAttribute(BATCH_SIZE, (long) batchSize);
            }
        }
        return new Query(trace, span);
    }

    /** The library's own sanitiser does not know PostgreSQL's E'' and U&'' strings, nor drops comments. */
    private SqlQuery analyze(String text) {
        SqlQuery known = analyzed.get(text);
        if (known == null) {
            known = sql.analyzeWithSummary(KnownSql.withoutLiterals(text), SqlDialect.DOUBLE_QUOTES_ARE_IDENTIFIERS);
            if (text.length() <= LONGEST_KEPT && analyzed.size() < MOST_KEPT) {
                analyzed.put(text, known);
            }
        }
        return known;
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
        span.setAttribute(ERROR_TYPE, thrown.getClass().getName());
        if (thrown instanceof SQLException) {
            SQLException error = (SQLException) thrown;
            span.setAttribute(SQLSTATE, error.getSQLState());
            if (error.getErrorCode() != 0) {
                span.setAttribute(VENDOR_CODE, (long) error.getErrorCode());
            }
        }
    }

    @Override
    public void shutdown(long time, TimeUnit unit) {
        sdk.getSdkTracerProvider().shutdown().join(time, unit);
    }
}
