package io.poolshim.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WaitHistogramTest {
    private final WaitHistogram waits = new WaitHistogram();

    @Test
    void percentile_isZeroWithoutWaits() {
        assertEquals(0, waits.percentile(0.99));
        assertEquals(0, waits.max());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 124, 125, 999, 1_000, 1_001, 7_999, 8_000, 8_001, 123_456, 1_000_000, 30_000_000_000L})
    void percentile_ofOneWaitIsNeverLessAndAtMostAnEighthMore(long nanos) {
        waits.record(1_000_000_000_000L); // so that the longest does not hide the bucket's own bound
        waits.record(nanos);
        double micros = nanos / 1000.0;
        assertTrue(waits.percentile(0.5) >= micros, waits.percentile(0.5) + " < " + micros);
        assertTrue(waits.percentile(0.5) <= Math.max(micros * 1.126, micros + 0.126), waits.percentile(0.5) + "");
    }

    @Test
    void percentile_separatesTheFewLongWaitsFromTheMany() {
        for (int i = 0; i < 990; i++) {
            waits.record(10_000);
        }
        for (int i = 0; i < 10; i++) {
            waits.record(5_000_000);
        }
        assertEquals(10, waits.percentile(0.5), 1.3);
        assertEquals(10, waits.percentile(0.99), 1.3);
        assertEquals(5_000, waits.percentile(0.995), 0);
        assertEquals(5_000, waits.max());
    }

    @Test
    void percentile_growsWithTheShare() {
        for (long nanos = 1; nanos < 1_000_000_000L; nanos = nanos * 3 + 1) {
            waits.record(nanos);
        }
        double before = 0;
        for (int i = 1; i <= 100; i++) {
            double now = waits.percentile(i / 100.0);
            assertTrue(now >= before, "at " + i);
            before = now;
        }
        assertEquals(waits.max(), before);
    }

    @Test
    void record_survivesNonsense() {
        waits.record(-5); // a clock that goes back
        waits.record(Long.MAX_VALUE / 1000);
        assertTrue(waits.percentile(0.5) <= 0.125);
        assertTrue(waits.percentile(1) > 0);
    }
}
