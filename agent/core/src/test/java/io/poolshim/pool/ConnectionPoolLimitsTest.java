package io.poolshim.pool;

import static io.poolshim.pool.Eventually.inAnotherThread;
import static io.poolshim.pool.Eventually.result;
import static io.poolshim.pool.PoolFixture.physical;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConnectionPoolLimitsTest {
    private static final String FULL_AT_ONE = "pool.max-size=1,pool.overflow=0,";

    private PoolFixture fixture;

    @AfterEach
    void end() {
        fixture.close();
    }

    private void pool(String settings) {
        fixture = new PoolFixture(settings);
    }

    @Test
    void borrow_timedOutGetsAConnectionOfItsOwn() throws Exception {
        pool(FULL_AT_ONE + "pool.borrow-timeout=30ms");
        BorrowRecord holder = fixture.borrow();
        BorrowRecord own = result(inAnotherThread(fixture::borrow));
        assertEquals(Grant.OWN, own.grant());
        assertEquals(1, fixture.pool.statistics().own.sum());
        assertEquals(1, fixture.pool.statistics().timedOut.sum());
        assertFalse(fixture.giveBack(own), "it is really closed");
        assertTrue(physical(own).closed);
        assertTrue(fixture.giveBack(holder));
        assertEquals(Grant.POOL, fixture.borrow().grant());
    }

    @Test
    void borrow_waitsNoLongerThanTheLoginTimeout() throws Exception {
        pool(FULL_AT_ONE + "pool.borrow-timeout=10m");
        fixture.borrow();
        assertEquals(
                Grant.OWN, result(inAnotherThread(() -> fixture.borrow(30))).grant());
    }

    @Test
    void borrow_withTheHardLimitThrowsAndNamesTheHolders() throws Exception {
        pool("pool.max-size=1,pool.overflow=5,pool.limit=hard,pool.borrow-timeout=30ms");
        BorrowRecord holder = fixture.borrow();
        SQLException thrown = result(inAnotherThread(() -> assertThrows(SQLException.class, fixture::borrow)));
        assertEquals(SQLTransientConnectionException.class, thrown.getClass());
        assertEquals("08001", thrown.getSQLState());
        assertTrue(thrown.getMessage().contains("me@here:5432/db"), thrown.getMessage());
        assertTrue(thrown.getMessage().contains("used=1/1"), thrown.getMessage());
        assertTrue(thrown.getMessage().contains(Thread.currentThread().getName()), thrown.getMessage());
        assertTrue(thrown.getMessage().contains("legacy.Dao"), thrown.getMessage());
        fixture.giveBack(holder);
        assertEquals(Grant.POOL, fixture.borrow().grant());
        assertEquals(1, fixture.server.mostOpen.get());
    }

    @Test
    void borrow_tellsOfPlacesThatLoginsHave() throws Exception {
        pool("pool.max-size=1,pool.overflow=0,pool.limit=hard,pool.borrow-timeout=30ms");
        fixture.server.dawdle = new CountDownLatch(1);
        FutureTask<BorrowRecord> loggingIn = inAnotherThread(fixture::borrow);
        Eventually.holds("somebody logs in", () -> fixture.server.dawdling.get() == 1);
        SQLException thrown = assertThrows(SQLException.class, fixture::borrow);
        assertTrue(thrown.getMessage().contains("1 being opened"), thrown.getMessage());
        fixture.server.dawdle.countDown();
        assertEquals(Grant.POOL, result(loggingIn).grant());
    }

    @Test
    void borrow_overflowsAfterTheWaitAndKeepsTheConnection() throws Exception {
        pool("pool.max-size=1,pool.overflow=4,pool.overflow-wait=1ms");
        BorrowRecord holder = fixture.borrow();
        BorrowRecord overflow = result(inAnotherThread(fixture::borrow));
        assertEquals(Grant.OVERFLOW, overflow.grant());
        assertEquals(1, fixture.pool.statistics().overflow.sum());
        assertTrue(fixture.giveBack(overflow), "closed some seconds later, if nobody needs it");
        fixture.giveBack(holder);
        assertEquals(2, fixture.server.open.get());
    }

    @Test
    void borrow_nestedNeverHangs() throws Exception {
        pool(FULL_AT_ONE + "pool.borrow-timeout=10m");
        result(inAnotherThread(() -> {
            BorrowRecord outer = fixture.borrow();
            BorrowRecord inner = fixture.borrow();
            BorrowRecord innermost = fixture.borrow();
            assertEquals(Grant.POOL, outer.grant());
            assertEquals(Grant.OWN, inner.grant());
            assertEquals(Grant.OWN, innermost.grant());
            fixture.giveBack(innermost);
            fixture.giveBack(inner);
            return fixture.giveBack(outer);
        }));
        assertEquals(1, fixture.server.open.get());
        assertEquals(0, fixture.pool.statistics().timedOut.sum());
    }

    @Test
    void borrow_nestedDoesNotWaitForOthersThatMayWaitForIt() throws Exception {
        pool("pool.max-size=2,pool.overflow=0,pool.borrow-timeout=10m");
        BorrowRecord others = result(inAnotherThread(fixture::borrow));
        long start = System.nanoTime();
        Grant inner = result(inAnotherThread(() -> {
            fixture.borrow();
            return fixture.borrow().grant();
        }));
        assertEquals(Grant.OWN, inner);
        assertTrue(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start) < 15);
        fixture.giveBack(others);
    }

    @Test
    void giveBack_byAnotherThreadEndsTheNesting() throws Exception {
        pool(FULL_AT_ONE + "pool.borrow-timeout=10m");
        AtomicReference<BorrowRecord> handedOver = new AtomicReference<>(fixture.borrow());
        result(inAnotherThread(() -> fixture.giveBack(handedOver.get())));
        BorrowRecord taken = result(inAnotherThread(fixture::borrow));
        Thread me = Thread.currentThread();
        FutureTask<Boolean> later = inAnotherThread(() -> {
            Eventually.holds("I wait", () -> fixture.pool.state().contains("pending=1"));
            Eventually.holds("parked", () -> me.getState() == Thread.State.TIMED_WAITING);
            return fixture.giveBack(taken);
        });
        assertEquals(Grant.POOL, fixture.borrow().grant(), "waits as one that holds nothing");
        assertTrue(result(later));
    }

    @Test
    void borrow_keepsTheInterruptFlagAndDoesNotFail() throws Exception {
        pool(FULL_AT_ONE + "pool.borrow-timeout=10m");
        BorrowRecord holder = fixture.borrow();
        fixture.giveBack(holder);
        Thread.currentThread().interrupt();
        BorrowRecord reused = fixture.borrow();
        assertTrue(Thread.interrupted());
        assertTrue(reused.isReused());
        Grant own = result(inAnotherThread(() -> {
            Thread.currentThread().interrupt();
            BorrowRecord record = fixture.borrow();
            assertTrue(Thread.currentThread().isInterrupted());
            return record.grant();
        }));
        assertEquals(Grant.OWN, own);
    }
}
