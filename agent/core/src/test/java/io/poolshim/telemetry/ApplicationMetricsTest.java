package io.poolshim.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import io.poolshim.pool.BorrowRecord;
import io.poolshim.pool.Eventually;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whose metrics are whose, when applications have SDKs of their own. */
class ApplicationMetricsTest {
    private static final String WAITS = "db.client.connection.wait_time";
    private static final String OPENED = "db.client.connection.create_time";
    private static final String LEVELS = "db.client.connection.count";
    private static final String REUSES = "poolshim.connection.reuses";
    private static final String OF_AGENT = "poolshim.pass_throughs";

    private final Newest newest = new Newest();
    private final Pools pools = new Pools();
    private final Backend own = new Backend();
    private final Backend first = new Backend();
    private final Backend second = new Backend();
    private Measures ofCaller;
    private final Telemetry telemetry = new LateTelemetry(this::start, pools, null);
    private final TracedPool pool = new TracedPool(telemetry);

    /** An SDK, and what it has exported. */
    private static final class Backend {
        final MetricsInMemory exported = new MetricsInMemory();
        final OpenTelemetrySdk sdk = OpenTelemetrySdk.builder()
                .setMeterProvider(SdkMeterProvider.builder()
                        .registerMetricReader(PeriodicMetricReader.create(exported))
                        .build())
                .build();

        MetricData metric(String name) {
            exported.forget();
            sdk.getSdkMeterProvider().forceFlush().join(10, TimeUnit.SECONDS);
            return exported.named(name);
        }

        long count(String histogram) {
            return metric(histogram)
                    .getHistogramData()
                    .getPoints()
                    .iterator()
                    .next()
                    .getCount();
        }

        long sum(String counter) {
            return metric(counter)
                    .getLongSumData()
                    .getPoints()
                    .iterator()
                    .next()
                    .getValue();
        }
    }

    private Telemetry start() {
        Measures measures = MeasuresOf.of(OtelMetering.of(own.sdk), pools, 0, false, newest);
        return MetricTelemetry.beside(Telemetry.NONE, measures, caller -> ofCaller);
    }

    private Measures application(Backend backend) {
        Measures measures = MeasuresOf.of(OtelMetering.of(backend.sdk), new Pools(), newest.next(), false, newest);
        newest.set(measures);
        return measures;
    }

    private void borrow() throws SQLException {
        pool.giveBack(pool.borrow());
    }

    @AfterEach
    void end() {
        pool.close();
        own.sdk.close();
        first.sdk.close();
        second.sdk.close();
    }

    @Test
    void application_getsAllFromTheFirstConnectionOn() throws SQLException {
        ofCaller = application(first);
        borrow();
        borrow();
        assertEquals(1, first.count(OPENED));
        assertEquals(2, first.count(WAITS));
        assertEquals(1, first.sum(REUSES));
        assertNotNull(first.metric(LEVELS));
        assertEquals(3, first.sum(OF_AGENT));
        for (String metric : new String[] {OPENED, WAITS, REUSES, LEVELS, OF_AGENT}) {
            assertNull(own.metric(metric), metric);
        }
    }

    /** Histograms begin anew there, counts of the pool's are those of its life, and nothing is told twice. */
    @Test
    void applicationThatComesLate_takesOver() throws SQLException {
        borrow();
        borrow();
        assertEquals(2, own.count(WAITS));
        assertEquals(1, own.sum(REUSES));
        ofCaller = application(first);
        borrow();
        assertEquals(1, first.count(WAITS));
        assertEquals(2, first.sum(REUSES));
        assertEquals(2, own.count(WAITS));
        assertNull(own.metric(REUSES));
        assertNull(own.metric(LEVELS));
    }

    @Test
    void poolOfTwoApplications_isToldWhereTheLaterOneIs() throws SQLException {
        Measures one = application(first);
        Measures two = application(second);
        ofCaller = one;
        borrow();
        ofCaller = two;
        borrow();
        ofCaller = one;
        borrow();
        ofCaller = null;
        borrow();
        assertEquals(1, first.count(WAITS));
        assertEquals(3, second.count(WAITS));
        assertNull(first.metric(LEVELS));
        assertEquals(3, second.sum(REUSES));
    }

    @Test
    void pastOfAPool_staysWhereItWas() throws SQLException {
        ofCaller = application(first);
        borrow();
        borrow();
        pool.retire();
        assertEquals(1, first.sum(REUSES));
        assertNull(first.metric(LEVELS));
        assertNull(own.metric(REUSES));
    }

    /** Nothing that stays, neither the pool nor the agent, keeps an application. */
    @Test
    void applicationThatHasGone_isNotKeptAndThePoolComesBack() throws SQLException {
        PastApplication past = new PastApplication();
        ofCaller = past.measures(newest);
        borrow();
        ofCaller = null;
        past.forget();
        Eventually.holds("it is collected", () -> {
            System.gc();
            return past.isCollected();
        });
        borrow();
        assertEquals(1, own.count(WAITS));
        assertEquals(1, own.sum(REUSES));
        assertEquals(3, own.sum(OF_AGENT));
    }

    /** A statement ends where it began. */
    @Test
    void statementThatRuns_isToldOnce() throws SQLException {
        BorrowRecord borrowed = pool.borrow();
        Object running = telemetry.started(borrowed, "SELECT 1", 0);
        ofCaller = application(first);
        borrow();
        telemetry.ended(running, new SQLException("secret", "22012"));
        assertEquals(1, own.count("db.client.operation.duration"));
        assertNull(first.metric("db.client.operation.duration"));
        pool.giveBack(borrowed);
    }

    @Test
    void sdkForSpansAlone_hasNoMetrics() {
        assertNull(OtelMetering.of(OpenTelemetrySdk.builder().build()));
    }

    @Test
    void ownMetricsOff_spansAreMadeAllTheSame() throws SQLException {
        Telemetry echo = new Telemetry() {
            @Override
            public Object started(BorrowRecord record, String sql, int batchSize) {
                return sql;
            }

            @Override
            public void ended(Object token, Throwable thrown) {
                assertEquals("SELECT 1", token);
            }

            @Override
            public void shutdown(long time, TimeUnit unit) {}
        };
        Measures off = new Measures(Metering.NONE, new KnownQueries(), new Pools(), 0);
        Telemetry beside = MetricTelemetry.beside(echo, off, caller -> null);
        try (TracedPool other = new TracedPool(beside)) {
            BorrowRecord borrowed = other.borrow();
            Object token = beside.started(borrowed, "SELECT 1", 0);
            assertSame("SELECT 1", token);
            beside.ended(token, null);
            other.giveBack(borrowed);
        }
    }
}
