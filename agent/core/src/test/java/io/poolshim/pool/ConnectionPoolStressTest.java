package io.poolshim.pool;

import static io.poolshim.pool.Eventually.inAnotherThread;
import static io.poolshim.pool.Eventually.result;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ConnectionPoolStressTest {
    private static final int THREADS = 12;
    private static final int ROUNDS = 1_500;
    private static final int MAX_SIZE = 3;
    private static final int OVERFLOW = 4;

    private final AtomicInteger shared = new AtomicInteger();
    private final AtomicInteger used = new AtomicInteger();
    private final AtomicInteger mostUsed = new AtomicInteger();

    /** Borrowers that return, break and kill connections, and one that keeps house. */
    @Test
    void borrow_neverSharesAConnectionNorExceedsTheLimit() throws Exception {
        String settings = "pool.max-size=" + MAX_SIZE + ",pool.overflow=" + OVERFLOW
                + ",pool.overflow-wait=1ms,pool.borrow-timeout=10m,pool.max-uses=50";
        try (PoolFixture fixture = new PoolFixture(settings)) {
            List<FutureTask<Integer>> threads = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                int seed = i;
                threads.add(inAnotherThread(() -> borrowOften(fixture, new Random(seed))));
            }
            FutureTask<Void> keeper = inAnotherThread(() -> {
                while (!threads.stream().allMatch(FutureTask::isDone)) {
                    fixture.pool.maintain();
                    Thread.yield();
                }
                return null;
            });
            for (FutureTask<Integer> thread : threads) {
                assertEquals(ROUNDS, result(thread));
            }
            result(keeper);
            verify(fixture);
        }
    }

    private void verify(PoolFixture fixture) {
        assertEquals(0, shared.get(), "connections in two hands");
        assertTrue(mostUsed.get() <= MAX_SIZE + OVERFLOW, "used at once: " + mostUsed);
        assertTrue(fixture.server.mostOpen.get() <= MAX_SIZE + OVERFLOW, "open at once: " + fixture.server.mostOpen);
        PoolStatistics counts = fixture.pool.statistics();
        assertEquals(THREADS * ROUNDS, counts.borrows());
        assertEquals(fixture.server.connections.size(), counts.opened.sum());
        assertEquals(fixture.server.open.get(), counts.open());
        assertEquals(0, counts.own.sum());
        assertTrue(counts.reused() > counts.opened.sum(), "hardly anything was reused");
        assertTrue(fixture.pool.state().startsWith("used=0/" + MAX_SIZE), fixture.pool.state());
        assertTrue(fixture.pool.state().endsWith("pending=0"), fixture.pool.state());
    }

    private int borrowOften(PoolFixture fixture, Random random) throws Exception {
        int rounds = 0;
        for (; rounds < ROUNDS; rounds++) {
            BorrowRecord record = fixture.borrow();
            mostUsed.accumulateAndGet(used.incrementAndGet(), Math::max);
            FakeServer.FakePhysical physical = PoolFixture.physical(record);
            if (physical.borrowers.incrementAndGet() != 1 || physical.closed) {
                shared.incrementAndGet();
            }
            Thread.yield();
            physical.borrowers.decrementAndGet();
            physical.dead = random.nextInt(60) == 0;
            used.decrementAndGet();
            fixture.giveBack(record, random.nextInt(60) != 0);
        }
        return rounds;
    }
}
