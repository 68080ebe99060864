package io.poolshim.start;

import static io.poolshim.pool.Eventually.inAnotherThread;
import static io.poolshim.pool.Eventually.result;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.poolshim.pool.Eventually;
import io.poolshim.registry.Drivers;
import io.poolshim.session.PostgresProfile;
import io.poolshim.wrap.Borrowing;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class DriverCacheTest {
    private final AtomicInteger prepared = new AtomicInteger();

    private static Borrowing borrowing() {
        return new Borrowing(Drivers.knowing(String.class), null, null, null, null, null, null);
    }

    @Test
    void apply_preparesOncePerClass() {
        DriverCache cache = new DriverCache((profile, type) -> {
            prepared.incrementAndGet();
            return borrowing();
        });
        Borrowing first = cache.apply(new PostgresProfile(), String.class);
        assertSame(first, cache.apply(new PostgresProfile(), String.class));
        cache.apply(new PostgresProfile(), Integer.class);
        assertEquals(2, prepared.get());
    }

    @Test
    void apply_remembersThatAClassCannotBePooled() {
        DriverCache cache = new DriverCache((profile, type) -> {
            prepared.incrementAndGet();
            return null;
        });
        assertNull(cache.apply(new PostgresProfile(), String.class));
        assertNull(cache.apply(new PostgresProfile(), String.class));
        assertEquals(1, prepared.get());
    }

    @Test
    void apply_letsASecondThreadWaitForTheFirst() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch inside = new CountDownLatch(1);
        DriverCache cache = new DriverCache((profile, type) -> {
            prepared.incrementAndGet();
            inside.countDown();
            try {
                go.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return borrowing();
        });
        FutureTask<Borrowing> first = inAnotherThread(() -> cache.apply(new PostgresProfile(), String.class));
        inside.await();
        AtomicReference<Thread> waiting = new AtomicReference<>();
        FutureTask<Borrowing> second = inAnotherThread(() -> {
            waiting.set(Thread.currentThread());
            return cache.apply(new PostgresProfile(), String.class);
        });
        Eventually.holds(
                "the second waits", () -> waiting.get() != null && waiting.get().getState() == Thread.State.BLOCKED);
        go.countDown();
        assertSame(result(first), result(second));
        assertEquals(1, prepared.get());
    }
}
