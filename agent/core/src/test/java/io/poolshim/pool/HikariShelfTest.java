package io.poolshim.pool;

import static io.poolshim.pool.Eventually.inAnotherThread;
import static io.poolshim.pool.Eventually.result;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HikariShelfTest {
    private final ScheduledThreadPoolExecutor scheduler = AgentThreads.scheduler();
    private final PoolStatistics statistics = new PoolStatistics("p");
    private final FakeServer server = new FakeServer();
    private final HikariShelf shelf =
            new HikariShelf("shelf", new PoolSettings(PoolFixture.config("pool.keepalive=0s"), 0), scheduler);

    @AfterEach
    void end() {
        shelf.shutdown();
        scheduler.shutdownNow();
    }

    private PooledPhysical fresh() {
        statistics.openedOne(1);
        return new PooledPhysical(server.open(), 0, closed -> statistics.closedOne(0));
    }

    @Test
    void take_isNullOnAnEmptyShelf() {
        assertNull(shelf.take());
    }

    @Test
    void take_givesWhatWasAdopted() {
        PooledPhysical fresh = fresh();
        shelf.adopt(fresh);
        assertEquals(1, shelf.idle());
        assertSame(fresh, shelf.take());
        assertEquals(0, shelf.idle());
        assertNull(shelf.take());
    }

    @Test
    void putBack_makesItAvailableAgainAndTouchesNothing() {
        PooledPhysical fresh = fresh();
        shelf.adopt(fresh);
        PooledPhysical taken = shelf.take();
        shelf.putBack(taken, System.nanoTime());
        assertEquals(1, shelf.idle());
        assertSame(fresh, shelf.take());
        assertEquals(1, server.open.get());
        shelf.putBack(taken, System.nanoTime());
    }

    @Test
    void evict_closesAndForgets() {
        shelf.adopt(fresh());
        PooledPhysical taken = shelf.take();
        shelf.evict(taken);
        assertEquals(0, server.open.get());
        assertEquals(0, statistics.open());
        shelf.evict(taken);
        assertEquals(0, statistics.open(), "closed once");
    }

    @Test
    void shutdown_closesWhatIsIdle() {
        shelf.adopt(fresh());
        shelf.adopt(fresh());
        shelf.shutdown();
        Eventually.holds("both are closed", () -> server.open.get() == 0);
    }

    /** Takers that find nothing make HikariCP's own thread add what it has no connection for. */
    @Test
    void take_neverGivesTheNothingThatHikarisAdderAdds() throws Exception {
        shelf.adopt(fresh());
        shelf.adopt(fresh());
        AtomicInteger wrong = new AtomicInteger();
        AtomicInteger taken = new AtomicInteger();
        List<FutureTask<Void>> takers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            takers.add(inAnotherThread(() -> {
                for (int round = 0; round < 1_000; round++) {
                    PooledPhysical mine = shelf.take();
                    if (mine != null) {
                        taken.incrementAndGet();
                        wrong.addAndGet(mine == PooledPhysical.EMPTY || mine.physical() == null ? 1 : 0);
                        Thread.yield();
                        shelf.putBack(mine, System.nanoTime());
                    }
                }
                return null;
            }));
        }
        for (FutureTask<Void> taker : takers) {
            result(taker);
        }
        assertEquals(0, wrong.get());
        assertTrue(taken.get() > 0);
        assertEquals(2, server.open.get());
        PooledPhysical one = shelf.take();
        PooledPhysical other = shelf.take();
        assertNotNull(one);
        assertNotNull(other);
        assertNull(shelf.take());
        shelf.putBack(one, System.nanoTime());
        shelf.putBack(other, System.nanoTime());
    }

    @Test
    void forget_keepsNoClosedConnectionInMind() {
        shelf.adopt(fresh());
        PooledPhysical taken = shelf.take();
        shelf.putBack(taken, System.nanoTime());
        assertSame(taken, shelf.take());
        shelf.evict(taken);
        shelf.forget(taken);
        assertNull(shelf.take());
        assertFalse(shelf.remembers(taken));
    }

    @Test
    void take_throwsTheNothingAway() {
        shelf.adopt(PooledPhysical.EMPTY);
        shelf.adopt(PooledPhysical.EMPTY);
        assertNull(shelf.take());
        assertEquals(0, shelf.idle());
        PooledPhysical fresh = fresh();
        shelf.adopt(PooledPhysical.EMPTY);
        shelf.adopt(fresh);
        shelf.adopt(PooledPhysical.EMPTY);
        assertSame(fresh, shelf.take());
        assertNull(shelf.take());
    }

    @Test
    void adopt_closesWhatIsNotTaken() {
        shelf.shutdown();
        PooledPhysical late = fresh();
        assertThrows(IllegalStateException.class, () -> shelf.adopt(late));
        assertEquals(0, server.open.get(), "nobody else has it");
    }
}
