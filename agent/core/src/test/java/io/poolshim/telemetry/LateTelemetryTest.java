package io.poolshim.telemetry;

import static io.poolshim.pool.Eventually.inAnotherThread;
import static io.poolshim.pool.Eventually.result;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.poolshim.pool.BorrowRecord;
import io.poolshim.pool.Eventually;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class LateTelemetryTest {
    private static final Telemetry ECHO = new Telemetry() {
        @Override
        public Object started(BorrowRecord record, String sql, int batchSize) {
            return sql;
        }

        @Override
        public void ended(Object token, Throwable thrown) {}

        @Override
        public void shutdown(long time, TimeUnit unit) {}
    };

    @Test
    void started_waitsForTheStartAndThenForwards() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        AtomicReference<Thread> starter = new AtomicReference<>();
        LateTelemetry late = new LateTelemetry(
                () -> {
                    starter.set(Thread.currentThread());
                    await(go);
                    return ECHO;
                },
                new Pools(),
                null);
        FutureTask<Object> asking = inAnotherThread(() -> late.started(null, "SELECT 1", 0));
        Eventually.holds("it starts", () -> starter.get() != null);
        assertFalse(asking.isDone());
        assertTrue(starter.get().isDaemon());
        go.countDown();
        assertEquals("SELECT 1", result(asking));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void started_isNoSpanIfTheStartFails() {
        LateTelemetry late = new LateTelemetry(
                () -> {
                    throw new IllegalArgumentException("unknown exporter");
                },
                new Pools(),
                null);
        assertNull(late.started(null, "SELECT 1", 0));
        late.borrowed(null, 0);
        late.shutdown(1, TimeUnit.SECONDS);
    }

    @Test
    void started_keepsTheInterruptFlag() {
        CountDownLatch go = new CountDownLatch(1);
        LateTelemetry late = new LateTelemetry(
                () -> {
                    await(go);
                    return ECHO;
                },
                new Pools(),
                null);
        go.countDown();
        Thread.currentThread().interrupt();
        assertEquals("x", late.started(null, "x", 0));
        assertTrue(Thread.interrupted());
    }
}
