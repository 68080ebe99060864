package io.poolshim.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import io.poolshim.jdbc.DriverFailure;
import io.poolshim.pool.BorrowRecord;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class MetricTelemetryTest {
    private final MetricsInMemory exported = new MetricsInMemory();
    private final OpenTelemetrySdk sdk = OpenTelemetrySdk.builder()
            .setMeterProvider(SdkMeterProvider.builder()
                    .registerMetricReader(PeriodicMetricReader.create(exported))
                    .build())
            .build();
    private final Pools pools = new Pools();
    private final Telemetry telemetry = new LateTelemetry(() -> metrics(sdk), pools, null);
    private final TracedPool pool = new TracedPool(telemetry);

    private Telemetry metrics(OpenTelemetrySdk with) {
        return MetricTelemetry.beside(Telemetry.NONE, MeasuresOf.own(with.getMeter("io.poolshim"), pools, false), null);
    }

    @AfterEach
    void end() {
        pool.close();
        sdk.close();
    }

    private MetricData exported(String name) {
        sdk.getSdkMeterProvider().forceFlush().join(10, TimeUnit.SECONDS);
        return exported.named(name);
    }

    private HistogramPointData histogram(String name) {
        return exported(name).getHistogramData().getPoints().iterator().next();
    }

    private static String text(Attributes attributes, String name) {
        return attributes.get(AttributeKey.stringKey(name));
    }

    private long level(String state) {
        for (LongPointData point :
                exported("db.client.connection.count").getLongSumData().getPoints()) {
            if (state.equals(text(point.getAttributes(), "db.client.connection.state"))) {
                return point.getValue();
            }
        }
        throw new AssertionError(state);
    }

    @Test
    void borrow_isTimedAsWaitUseAndCreation() throws SQLException {
        pool.giveBack(pool.borrow());
        pool.giveBack(pool.borrow());
        HistogramPointData waits = histogram("db.client.connection.wait_time");
        assertEquals(2, waits.getCount());
        assertEquals("db1:5432/orders", text(waits.getAttributes(), "db.client.connection.pool.name"));
        assertEquals("me", text(waits.getAttributes(), "poolshim.pool.user"));
        assertEquals(2, histogram("db.client.connection.use_time").getCount());
        assertEquals(1, histogram("db.client.connection.create_time").getCount());
    }

    @Test
    void connections_areCountedWhenAsked() throws SQLException {
        BorrowRecord borrowed = pool.borrow();
        assertEquals(1, level("used"));
        assertEquals(0, level("idle"));
        pool.giveBack(borrowed);
        assertEquals(0, level("used"));
        assertEquals(1, level("idle"));
    }

    @Test
    void operation_isCountedBySummaryAndError() throws SQLException {
        BorrowRecord borrowed = pool.borrow();
        telemetry.ended(
                telemetry.started(borrowed, "SELECT 'secret' FROM orders", 0), new SQLException("secret", "22012"));
        HistogramPointData operations = histogram("db.client.operation.duration");
        Attributes attributes = operations.getAttributes();
        assertEquals("SELECT orders", text(attributes, "db.query.summary"));
        assertEquals("java.sql.SQLException", text(attributes, "error.type"));
        assertEquals("22012", text(attributes, "db.response.status_code"));
        assertTrue(!attributes.toString().contains("secret"));
        pool.giveBack(borrowed);
    }

    @Test
    void counts_outliveTheirPool() throws SQLException {
        pool.giveBack(pool.borrow());
        pool.giveBack(pool.borrow());
        pool.retire();
        telemetry.retired(pool.pool()); // twice, and it counts once
        try (TracedPool next = new TracedPool(telemetry)) {
            next.giveBack(next.borrow());
            next.giveBack(next.borrow());
            next.giveBack(next.borrow());
            LongPointData reuses = exported("poolshim.connection.reuses")
                    .getLongSumData()
                    .getPoints()
                    .iterator()
                    .next();
            assertEquals(1 + 2, reuses.getValue());
        }
    }

    @Test
    void passThroughs_areCountedByReason() throws SQLException {
        pool.giveBack(pool.borrow());
        LongPointData point = exported("poolshim.pass_throughs")
                .getLongSumData()
                .getPoints()
                .iterator()
                .next();
        assertEquals(3, point.getValue());
        assertEquals("why", text(point.getAttributes(), "poolshim.reason"));
    }

    @Test
    void failedOpening_isNoWaitForAConnection() {
        pool.refuse(new SQLException("no", "28P01"));
        Assertions.assertThrows(DriverFailure.class, pool::borrow);
        assertEquals(null, exported("db.client.connection.wait_time"));
    }

    @Test
    void metrics_costNothingIfNobodyReadsThem() {
        assertSame(Telemetry.NONE, metrics(OpenTelemetrySdk.builder().build()));
    }
}
