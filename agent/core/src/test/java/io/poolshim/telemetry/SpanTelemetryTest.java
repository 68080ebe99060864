package io.poolshim.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.poolshim.config.Config;
import io.poolshim.jdbc.DriverFailure;
import io.poolshim.pool.BorrowRecord;
import io.poolshim.redirect.CallSites;
import java.sql.SQLException;
import java.util.Collections;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SpanTelemetryTest {
    private static final String WAIT = "DriverManager.getConnection";

    private final SpansInMemory spans = new SpansInMemory();
    private final SpanTelemetry telemetry = telemetry(Sampler.alwaysOn(), null);
    private final TracedPool pool = new TracedPool(telemetry);

    private OpenTelemetrySdk sdk(Sampler sampler) {
        return OpenTelemetrySdk.builder()
                .setTracerProvider(SdkTracerProvider.builder()
                        .setSampler(sampler)
                        .addSpanProcessor(SimpleSpanProcessor.create(spans))
                        .build())
                .build();
    }

    private SpanTelemetry telemetry(Sampler sampler, String settings) {
        Config config = Config.read(new Properties(), Collections.emptyMap(), settings);
        boolean oldNames = settings != null && settings.contains("traces.connections=always");
        Spans made = new Spans(
                new OtelTracing(sdk(sampler).getTracerProvider(), null),
                new SpanSettings(config, new CallSites(type -> false), false, oldNames),
                new KnownQueries());
        return new SpanTelemetry(caller -> made, (time, unit) -> {}, null);
    }

    private Span application(Sampler sampler) {
        return sdk(sampler).getTracer("app").spanBuilder("request").startSpan();
    }

    private static void query(SpanTelemetry telemetry, BorrowRecord record) {
        telemetry.ended(telemetry.started(record, "SELECT name FROM orders", 0), null);
    }

    @AfterEach
    void end() {
        pool.close();
    }

    private static String text(SpanData span, String attribute) {
        return span.getAttributes().get(AttributeKey.stringKey(attribute));
    }

    @Test
    void loan_isARootSpanWithTheWaitInIt() throws SQLException {
        pool.giveBack(pool.borrow());
        SpanData wait = spans.named(WAIT);
        SpanData loan = spans.named("connection orders");
        assertEquals(loan.getSpanId(), wait.getParentSpanId());
        assertFalse(loan.getParentSpanContext().isValid());
        assertEquals(SpanKind.INTERNAL, loan.getKind());
        assertEquals("opened", text(wait, "poolshim.connection.origin"));
        assertEquals("db1:5432/orders", text(loan, "db.client.connection.pool.name"));
        assertEquals("me", text(loan, "poolshim.pool.user"));
        assertEquals("db1", text(loan, "server.address"));
        assertEquals(5432, loan.getAttributes().get(AttributeKey.longKey("server.port")));
        assertTrue(wait.getStartEpochNanos() >= loan.getStartEpochNanos());
        assertTrue(wait.getEndEpochNanos() <= loan.getEndEpochNanos());
        double connecting = wait.getAttributes().get(AttributeKey.doubleKey("poolshim.wait.connecting"));
        assertTrue(connecting > 0 && connecting * 1e9 <= wait.getEndEpochNanos() - wait.getStartEpochNanos());
        assertNull(text(loan, "db.system"));
    }

    @Test
    @SuppressWarnings("try")
    void whereASpanIsActive_waitAndQueriesAreItsChildren() throws SQLException {
        Span request = application(Sampler.alwaysOn());
        BorrowRecord record;
        try (Scope ignored = request.makeCurrent()) {
            record = pool.borrow();
            query(telemetry, record);
        }
        query(telemetry, record); // in another thread, say
        pool.giveBack(record);
        assertEquals(3, spans.all().size());
        for (SpanData span : spans.all()) {
            assertEquals(request.getSpanContext().getSpanId(), span.getParentSpanId(), span.toString());
            assertEquals(request.getSpanContext().getTraceId(), span.getTraceId());
        }
    }

    @Test
    @SuppressWarnings("try")
    void query_isAChildOfTheSpanThatIsActiveWhenItRuns() throws SQLException {
        BorrowRecord record = pool.borrow();
        Span request = application(Sampler.alwaysOn());
        try (Scope ignored = request.makeCurrent()) {
            query(telemetry, record);
        }
        assertEquals(
                request.getSpanContext().getSpanId(),
                spans.named("SELECT orders").getParentSpanId());
    }

    @Test
    @SuppressWarnings("try")
    void whereLoansAlwaysHaveASpan_itStandsBetweenTheActiveOneAndTheQueries() throws SQLException {
        SpanTelemetry always = telemetry(Sampler.alwaysOn(), "traces.connections=always");
        Span request = application(Sampler.alwaysOn());
        try (TracedPool traced = new TracedPool(always);
                Scope ignored = request.makeCurrent()) {
            BorrowRecord record = traced.borrow();
            query(always, record);
            traced.giveBack(record);
        }
        SpanData loan = spans.named("connection orders");
        assertEquals(request.getSpanContext().getSpanId(), loan.getParentSpanId());
        assertEquals(loan.getSpanId(), spans.named(WAIT).getParentSpanId());
        SpanData query = spans.named("SELECT orders");
        assertEquals(loan.getSpanId(), query.getParentSpanId());
        assertEquals("postgresql", text(query, "db.system")); // the old names, which go with the new ones here
        assertEquals("orders", text(query, "db.name"));
        assertEquals("SELECT name FROM orders", text(query, "db.statement"));
    }

    @Test
    void whereLoansNeverHaveASpan_nothingHasAParent() throws SQLException {
        SpanTelemetry never = telemetry(Sampler.alwaysOn(), "traces.connections=never,traces.query-text=off");
        try (TracedPool traced = new TracedPool(never)) {
            BorrowRecord record = traced.borrow();
            query(never, record);
            traced.giveBack(record);
        }
        assertEquals(2, spans.all().size());
        spans.all().forEach(span -> assertFalse(span.getParentSpanContext().isValid(), span.toString()));
        assertNull(text(spans.named("SELECT orders"), "db.query.text"));
    }

    @Test
    void shortWait_hasNoSpanIfOnlyLongOnesAreToHaveOne() throws SQLException {
        SpanTelemetry longOnes = telemetry(Sampler.alwaysOn(), "traces.min-wait=1h,traces.queries=never");
        try (TracedPool traced = new TracedPool(longOnes)) {
            BorrowRecord record = traced.borrow();
            assertNull(longOnes.started(record, "SELECT 1", 0));
            traced.refuse(new SQLException("no", "28P01"));
            assertThrows(DriverFailure.class, traced::borrow);
            traced.giveBack(record);
        }
        assertEquals(StatusCode.ERROR, spans.named(WAIT).getStatus().getStatusCode());
        assertEquals(2, spans.all().size());
    }

    @Test
    @SuppressWarnings("try")
    void whereTheActiveSpanIsNotSampled_nothingIs() throws SQLException {
        try (Scope ignored = application(Sampler.alwaysOff()).makeCurrent()) {
            BorrowRecord record = pool.borrow();
            assertNull(telemetry.started(record, "SELECT 1", 0));
            pool.refuse(new SQLException("no", "28P01"));
            assertThrows(DriverFailure.class, pool::borrow);
            pool.giveBack(record);
        }
        assertEquals(0, spans.all().size());
    }

    @Test
    void origin_saysWhetherTheConnectionWasReused() throws SQLException {
        pool.giveBack(pool.borrow());
        spans.clear();
        pool.giveBack(pool.borrow());
        assertEquals("reused", text(spans.named(WAIT), "poolshim.connection.origin"));
    }

    @Test
    void query_isAClientSpanWithoutValues() throws SQLException {
        BorrowRecord record = pool.borrow();
        Object token = telemetry.started(record, "SELECT name FROM orders WHERE card = '4111' AND id = 7", 0);
        telemetry.ended(token, null);
        SpanData query = spans.named("SELECT orders");
        assertEquals(SpanKind.CLIENT, query.getKind());
        assertEquals("SELECT name FROM orders WHERE card = ? AND id = ?", text(query, "db.query.text"));
        assertEquals("SELECT orders", text(query, "db.query.summary"));
        assertEquals("postgresql", text(query, "db.system.name"));
        assertEquals("orders", text(query, "db.namespace"));
        assertNull(query.getAttributes().get(AttributeKey.longKey("db.operation.batch.size")));
        assertEquals(StatusCode.UNSET, query.getStatus().getStatusCode());
        pool.giveBack(record);
        assertEquals(spans.named("connection orders").getSpanId(), query.getParentSpanId());
    }

    @Test
    void query_thatFailedTellsItsClassAndStateButNotItsMessage() throws SQLException {
        Object token = telemetry.started(pool.borrow(), "INSERT INTO orders VALUES ($1)", 3);
        telemetry.ended(token, new SQLException("duplicate key (card)=(4111)", "23505", 9));
        SpanData query = spans.named("INSERT orders");
        assertEquals(StatusCode.ERROR, query.getStatus().getStatusCode());
        assertEquals("", query.getStatus().getDescription());
        assertEquals("23505", text(query, "db.response.status_code"));
        assertEquals("java.sql.SQLException", text(query, "error.type"));
        assertEquals(9, query.getAttributes().get(AttributeKey.longKey("poolshim.vendor_code")));
        assertEquals(3, query.getAttributes().get(AttributeKey.longKey("db.operation.batch.size")));
        assertEquals(0, query.getEvents().size());
        assertFalse(query.toString().contains("4111"));
    }

    @Test
    void query_textIsBounded() throws SQLException {
        StringBuilder text = new StringBuilder("SELECT a");
        while (text.length() < 40_000) {
            text.append(", column_of_a_very_wide_table");
        }
        telemetry.ended(telemetry.started(pool.borrow(), text.append(" FROM t").toString(), 0), null);
        assertTrue(text(spans.all().get(1), "db.query.text").length() <= 16_384);
    }

    @Test
    void query_afterTheLoanIsNotTraced() throws SQLException {
        BorrowRecord record = pool.borrow();
        pool.giveBack(record);
        assertNull(telemetry.started(record, "SELECT 1", 0));
    }

    @Test
    void failedLogin_isARootSpanWithItsState() {
        pool.refuse(new SQLException("password authentication failed for s3cret", "28P01"));
        assertThrows(DriverFailure.class, pool::borrow);
        SpanData wait = spans.named(WAIT);
        assertEquals(StatusCode.ERROR, wait.getStatus().getStatusCode());
        assertEquals("28P01", text(wait, "db.response.status_code"));
        assertFalse(wait.getParentSpanContext().isValid());
        assertFalse(wait.toString().contains("s3cret"));
    }

    @Test
    void unsampled_costsNoSpans() throws SQLException {
        SpanTelemetry off = telemetry(Sampler.alwaysOff(), null);
        try (TracedPool unsampled = new TracedPool(off)) {
            BorrowRecord record = unsampled.borrow();
            assertNull(off.started(record, "SELECT 1", 0));
            unsampled.giveBack(record);
        }
        assertEquals(0, spans.all().size());
    }
}
