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
import io.poolshim.jdbc.DriverFailure;
import io.poolshim.pool.BorrowRecord;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SpanTelemetryTest {
    private final SpansInMemory spans = new SpansInMemory();
    private final SpanTelemetry telemetry = new SpanTelemetry(sdk(Sampler.alwaysOn()), new KnownQueries(), new Names());
    private final TracedPool pool = new TracedPool(telemetry);

    private OpenTelemetrySdk sdk(Sampler sampler) {
        return OpenTelemetrySdk.builder()
                .setTracerProvider(SdkTracerProvider.builder()
                        .setSampler(sampler)
                        .addSpanProcessor(SimpleSpanProcessor.create(spans))
                        .build())
                .build();
    }

    @AfterEach
    void end() {
        pool.close();
    }

    private static String text(SpanData span, String attribute) {
        return span.getAttributes().get(AttributeKey.stringKey(attribute));
    }

    @Test
    @SuppressWarnings("try")
    void loan_isARootSpanWithTheWaitInIt() throws SQLException {
        Span application =
                sdk(Sampler.alwaysOn()).getTracer("app").spanBuilder("request").startSpan();
        try (Scope ignored = application.makeCurrent()) {
            pool.giveBack(pool.borrow());
        }
        SpanData wait = spans.named("DriverManager.getConnection");
        SpanData loan = spans.named("connection orders");
        assertEquals(loan.getSpanId(), wait.getParentSpanId());
        assertFalse(loan.getParentSpanContext().isValid(), "the agent's OpenTelemetry is not the application's");
        assertEquals(SpanKind.INTERNAL, loan.getKind());
        assertEquals("opened", text(wait, "poolshim.connection.origin"));
        assertEquals("db1:5432/orders", text(loan, "db.client.connection.pool.name"));
        assertEquals("me", text(loan, "poolshim.pool.user"));
        assertEquals("db1", text(loan, "server.address"));
        assertEquals(5432, loan.getAttributes().get(AttributeKey.longKey("server.port")));
        assertTrue(wait.getStartEpochNanos() >= loan.getStartEpochNanos());
        assertTrue(wait.getEndEpochNanos() <= loan.getEndEpochNanos());
    }

    @Test
    void origin_saysWhetherTheConnectionWasReused() throws SQLException {
        pool.giveBack(pool.borrow());
        spans.clear();
        pool.giveBack(pool.borrow());
        assertEquals("reused", text(spans.named("DriverManager.getConnection"), "poolshim.connection.origin"));
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
        SpanData wait = spans.named("DriverManager.getConnection");
        assertEquals(StatusCode.ERROR, wait.getStatus().getStatusCode());
        assertEquals("28P01", text(wait, "db.response.status_code"));
        assertFalse(wait.getParentSpanContext().isValid());
        assertFalse(wait.toString().contains("s3cret"));
    }

    @Test
    void unsampled_costsNoSpans() throws SQLException {
        SpanTelemetry off = new SpanTelemetry(sdk(Sampler.alwaysOff()), new KnownQueries(), new Names());
        try (TracedPool unsampled = new TracedPool(off)) {
            BorrowRecord record = unsampled.borrow();
            assertNull(off.started(record, "SELECT 1", 0));
            unsampled.giveBack(record);
        }
        assertEquals(0, spans.all().size());
    }
}
