package io.poolshim.pool;

import static io.poolshim.pool.Eventually.inAnotherThread;
import static io.poolshim.pool.Eventually.result;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLTransientConnectionException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

class ConnectionPoolControlTest {
    private static List<BorrowRecord> borrow(PoolFixture fixture, int connections) throws Exception {
        List<BorrowRecord> records = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            records.add(result(inAnotherThread(fixture::borrow)));
        }
        return records;
    }

    private static void idle(PoolFixture fixture, int connections) throws Exception {
        borrow(fixture, connections).forEach(fixture::giveBack);
        assertEquals(connections, fixture.pool.idle());
    }

    private static void reconfigure(PoolFixture fixture, String settings) {
        fixture.pool.reconfigure(PoolFixture.config("pool.keep-from=1," + settings), 0);
    }

    @Test
    void evict_closesWhatIsIdleAtOnceAndWhatIsBorrowedWhenItIsReturned() throws Exception {
        try (PoolFixture fixture = new PoolFixture("pool.max-size=3")) {
            BorrowRecord borrowed = borrow(fixture, 1).get(0);
            idle(fixture, 2);
            fixture.pool.evict();
            assertEquals(0, fixture.pool.idle());
            assertEquals(1, fixture.server.open.get());
            assertFalse(fixture.giveBack(borrowed));
            assertEquals(0, fixture.server.open.get());
            idle(fixture, 1);
        }
    }

    @Test
    void off_refusesClosesWhatIsIdleAndWhatComesBack() throws Exception {
        try (PoolFixture fixture = new PoolFixture("pool.max-size=3")) {
            BorrowRecord borrowed = borrow(fixture, 1).get(0);
            idle(fixture, 2);
            fixture.pool.mode(PoolMode.OFF);
            assertEquals(0, fixture.pool.idle());
            BorrowRecord refused = new BorrowRecord(fixture.pool, fixture.server, "legacy.Dao");
            assertFalse(fixture.pool.borrow(refused, 0));
            assertFalse(fixture.pool.isRetired());
            assertFalse(fixture.giveBack(borrowed));
            assertEquals(0, fixture.server.open.get());
            assertEquals(0, fixture.pool.used());

            fixture.pool.mode(PoolMode.POOL);
            idle(fixture, 1);
        }
    }

    @Test
    void off_isNoTimeout() throws Exception {
        List<String> events = Collections.synchronizedList(new ArrayList<>());
        PoolListener listener = new PoolListener() {
            @Override
            public void timedOut(BorrowRecord record, long startNanos) {
                events.add("timed out");
            }

            @Override
            public void controlled(ConnectionPool pool, String action) {
                events.add(action);
            }
        };
        try (PoolFixture fixture =
                new PoolFixture("pool.max-size=1,pool.overflow=0,pool.borrow-timeout=10m", listener)) {
            BorrowRecord borrowed = borrow(fixture, 1).get(0);
            FutureTask<Boolean> waiting = inAnotherThread(
                    () -> fixture.pool.borrow(new BorrowRecord(fixture.pool, fixture.server, "legacy.Dao"), 0));
            Eventually.holds("somebody waits", () -> fixture.pool.pending() == 1);
            fixture.pool.mode(PoolMode.OFF);
            assertFalse(result(waiting));
            assertEquals(Collections.singletonList("mode off"), events);
            fixture.giveBack(borrowed);
            assertTrue(fixture.pool.retireIfUnused(0), "nothing is left of those who were refused");
        }
    }

    @Test
    void suspend_makesBorrowersWaitUntilTheEndOfIt() throws Exception {
        try (PoolFixture fixture = new PoolFixture("pool.max-size=2,pool.overflow-wait=0ms,pool.borrow-timeout=10m")) {
            idle(fixture, 1);
            fixture.pool.suspend(true);
            assertTrue(fixture.pool.isSuspended());
            FutureTask<BorrowRecord> waiting = inAnotherThread(fixture::borrow);
            Eventually.holds("somebody waits", () -> fixture.pool.pending() == 1);
            assertTrue(fixture.pool.state().endsWith("pending=1 suspended"), fixture.pool.state());
            fixture.pool.suspend(false);
            assertTrue(result(waiting).isReused());
        }
    }

    @Test
    void suspend_letsThreadsThroughThatHoldAConnection() throws Exception {
        try (PoolFixture fixture = new PoolFixture("pool.max-size=2,pool.borrow-timeout=10m")) {
            BorrowRecord outer = fixture.borrow();
            fixture.pool.suspend(true);
            BorrowRecord inner = fixture.borrow();
            assertEquals(Grant.POOL, inner.grant());
            fixture.giveBack(inner);
            fixture.giveBack(outer);
        }
    }

    @Test
    void suspend_endsAtTheBorrowTimeoutWithAConnectionOfOnesOwn() throws Exception {
        try (PoolFixture fixture = new PoolFixture("pool.max-size=2,pool.borrow-timeout=20ms")) {
            fixture.pool.suspend(true);
            BorrowRecord own = borrow(fixture, 1).get(0);
            assertEquals(Grant.OWN, own.grant());
            assertFalse(fixture.giveBack(own));
        }
    }

    @Test
    void suspend_endsAtTheBorrowTimeoutWithAnExceptionIfTheLimitIsHard() throws Exception {
        try (PoolFixture fixture = new PoolFixture("pool.max-size=2,pool.borrow-timeout=20ms,pool.limit=hard")) {
            fixture.pool.suspend(true);
            ExecutionException refused = assertThrows(ExecutionException.class, () -> borrow(fixture, 1));
            assertTrue(refused.getCause() instanceof SQLTransientConnectionException, refused::toString);
            assertTrue(refused.getMessage().contains("suspended"), refused::toString);
        }
    }

    @Test
    void reconfigure_growingServesWhoWaits() throws Exception {
        try (PoolFixture fixture = new PoolFixture("pool.max-size=1,pool.overflow=0,pool.borrow-timeout=10m")) {
            borrow(fixture, 1);
            FutureTask<BorrowRecord> waiting = inAnotherThread(fixture::borrow);
            Eventually.holds("somebody waits", () -> fixture.pool.pending() == 1);
            reconfigure(fixture, "pool.max-size=2,pool.overflow=0");
            assertEquals(Grant.POOL, result(waiting).grant());
            assertEquals(2, fixture.pool.maxSize());
        }
    }

    @Test
    void reconfigure_shrinkingClosesWhatIsIdleAndWhatComesBackTooMuch() throws Exception {
        try (PoolFixture fixture = new PoolFixture("pool.max-size=6,pool.overflow=0")) {
            List<BorrowRecord> borrowed = borrow(fixture, 4);
            idle(fixture, 2);
            fixture.pool.reconfigure(PoolFixture.config("pool.keep-from=1,pool.max-size=6,pool.overflow=0"), 2);
            assertEquals(0, fixture.pool.idle());
            List<Boolean> kept = new ArrayList<>();
            for (BorrowRecord each : borrowed) {
                assertTrue(each.isOpen());
                kept.add(fixture.giveBack(each));
            }
            assertEquals(Arrays.asList(false, false), kept.subList(0, 2));
            fixture.pool.maintain();
            assertEquals(2, fixture.server.open.get());
            assertEquals(2, fixture.pool.maxSize());
            idle(fixture, 2);
        }
    }

    @Test
    void reconfigure_changesWhatIsDecidedLater() throws Exception {
        try (PoolFixture fixture = new PoolFixture("pool.max-size=1,pool.overflow=0,pool.borrow-timeout=10m")) {
            BorrowRecord first = borrow(fixture, 1).get(0);
            reconfigure(fixture, "pool.max-size=1,pool.overflow=0,pool.borrow-timeout=20ms,pool.max-uses=1");
            assertEquals(Grant.OWN, borrow(fixture, 1).get(0).grant());
            assertFalse(fixture.giveBack(first), "it was used as often as is permitted now");
            reconfigure(fixture, "pool.max-size=1,pool.overflow=2,pool.overflow-wait=0ms");
            assertEquals(Grant.POOL, borrow(fixture, 1).get(0).grant());
            assertEquals(Grant.OVERFLOW, borrow(fixture, 1).get(0).grant());
        }
    }

    @Test
    void reconfigure_fillsUpToAMinimumThatIsNew() throws Exception {
        try (PoolFixture fixture = new PoolFixture("pool.max-size=3")) {
            idle(fixture, 1);
            reconfigure(fixture, "pool.max-size=3,pool.min-idle=2");
            fixture.pool.evict();
            BorrowRecord one = borrow(fixture, 1).get(0); // whoever logs in shows how
            Eventually.holds("two are idle", () -> {
                fixture.pool.maintain();
                return fixture.pool.idle() == 2;
            });
            reconfigure(fixture, "pool.max-size=3,pool.min-idle=0");
            fixture.pool.evict();
            fixture.pool.maintain();
            assertEquals(0, fixture.pool.idle());
            assertSame(0, fixture.pool.minIdle());
            fixture.giveBack(one);
        }
    }
}
