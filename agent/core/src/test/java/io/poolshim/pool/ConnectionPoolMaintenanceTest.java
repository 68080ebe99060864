package io.poolshim.pool;

import static io.poolshim.pool.Eventually.inAnotherThread;
import static io.poolshim.pool.Eventually.result;
import static io.poolshim.pool.PoolFixture.physical;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.poolshim.jdbc.DriverFailure;
import java.sql.SQLException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConnectionPoolMaintenanceTest {
    private PoolFixture fixture;

    @AfterEach
    void end() {
        fixture.close();
    }

    private void pool(String settings) {
        fixture = new PoolFixture(settings);
    }

    @Test
    void maintain_makesALongHeldConnectionTheApplicationsOwn() throws Exception {
        pool("pool.max-size=1,pool.overflow=0,pool.long-hold=1s");
        BorrowRecord holder = fixture.borrow();
        fixture.pool.maintain();
        assertEquals(Grant.POOL, holder.grant(), "not yet");
        Eventually.holds("it is held for long", () -> holder.heldMillis() >= 1000);
        fixture.pool.maintain();
        fixture.pool.maintain();
        assertEquals(Grant.OWN, holder.grant());
        assertEquals(1, fixture.pool.statistics().longHeld.sum());
        BorrowRecord next = result(inAnotherThread(fixture::borrow));
        assertEquals(Grant.POOL, next.grant(), "its place is free");
        assertFalse(fixture.giveBack(holder));
        assertTrue(physical(holder).closed);
        assertTrue(fixture.giveBack(next));
        assertTrue(fixture.pool.state().startsWith("used=0/1 "), "the place is not given back twice");
    }

    @Test
    void maintain_leavesAReturnedConnectionAlone() throws Exception {
        pool("pool.max-size=1,pool.overflow=0,pool.long-hold=1s");
        BorrowRecord record = fixture.borrow();
        Eventually.holds("it is held for long", () -> record.heldMillis() >= 1000);
        assertTrue(record.tryClose()); // its session is being reset
        fixture.pool.maintain();
        assertTrue(fixture.pool.giveBack(record, null));
        assertEquals(0, fixture.pool.statistics().longHeld.sum());
    }

    @Test
    void maintain_closesWhatOverflowLeftBehindAfterAWhile() throws Exception {
        pool("pool.max-size=1,pool.overflow=4,pool.overflow-wait=0ms");
        BorrowRecord first = fixture.borrow();
        BorrowRecord second = fixture.borrow();
        fixture.giveBack(first);
        fixture.giveBack(second);
        fixture.pool.maintain();
        assertEquals(2, fixture.server.open.get(), "not at once");
        for (int i = 0; i < 10; i++) {
            fixture.pool.maintain();
        }
        assertEquals(1, fixture.server.open.get());
        assertTrue(fixture.borrow().isReused());
    }

    @Test
    void maintain_fillsUpToTheFewestIdle() throws Exception {
        pool("pool.min-idle=3,pool.max-size=5");
        fixture.giveBack(fixture.borrow());
        fixture.pool.maintain();
        Eventually.holds("three are open", () -> fixture.server.open.get() == 3);
        Eventually.holds("three are idle", () -> fixture.pool.state().equals("used=0/5 idle=3 pending=0"));
        assertTrue(fixture.borrow().isReused() || fixture.server.connections.size() == 3);
    }

    /** Once a second with a password that was changed would lock the user out. */
    @Test
    void maintain_doesNotLogInAgainAfterARefusal() throws Exception {
        pool("pool.min-idle=1");
        fixture.giveBack(fixture.borrow(), false);
        fixture.server.dawdle = new CountDownLatch(1);
        fixture.server.refusal = new DriverFailure(new SQLException("password authentication failed", "28P01"));
        fixture.pool.maintain();
        Eventually.holds("the filler opens", () -> fixture.server.dawdling.get() == 1);
        fixture.server.dawdle.countDown();
        Eventually.holds("it gave up", () -> fixture.pool.state().equals("used=0/10 idle=0 pending=0"));
        fixture.pool.maintain();
        assertTrue(fixture.pool.retireIfUnused(0), "nobody fills it up any more");
    }

    @Test
    void warm_fillsUpAPoolThatNobodyHasUsed() throws Exception {
        pool("pool.min-idle=3,pool.max-size=5,pool.keep-from=2");
        fixture.pool.warm(fixture.server);
        Eventually.holds("three are idle", () -> fixture.pool.state().equals("used=0/5 idle=3 pending=0"));
        assertEquals(3, fixture.server.open.get());
        assertTrue(fixture.borrow().isReused());
        fixture.pool.maintain();
        Eventually.holds("what was borrowed is made up for", () -> fixture.pool.idle() == 3);
    }

    @Test
    void warm_takesNoPlaceFromBorrowersAndOpensNothingUnasked() throws Exception {
        pool("pool.min-idle=1,pool.max-size=1");
        BorrowRecord record = fixture.borrow();
        fixture.pool.warm(fixture.server);
        assertEquals(1, fixture.server.connections.size(), "all places are taken");
        fixture.giveBack(record);
        fixture.pool.warm(fixture.server);
        assertEquals(1, fixture.server.connections.size(), "there is one");
        pool("pool.min-idle=0");
        fixture.pool.warm(fixture.server);
        assertEquals(0, fixture.server.connections.size(), "none is to be idle");
    }

    @Test
    void warm_failsAsTheDriverDoesAndLeavesNothingBehind() {
        pool("pool.min-idle=1");
        DriverFailure refusal = new DriverFailure(new SQLException("password authentication failed", "28P01"));
        fixture.server.refusal = refusal;
        assertSame(refusal, assertThrows(DriverFailure.class, () -> fixture.pool.warm(fixture.server)));
        assertEquals("used=0/10 idle=0 pending=0", fixture.pool.state());
        assertTrue(fixture.pool.retireIfUnused(0));
    }

    @Test
    void maintain_doesNotFillUpAPoolThatNobodyHasUsed() {
        pool("pool.min-idle=3");
        fixture.pool.maintain();
        assertEquals(0, fixture.server.connections.size());
    }

    @Test
    void retireIfUnused_spareAPoolThatIsUsedOrKeepsConnections() throws Exception {
        pool("pool.max-size=2");
        BorrowRecord record = fixture.borrow();
        assertFalse(fixture.pool.retireIfUnused(0));
        fixture.giveBack(record);
        assertFalse(fixture.pool.retireIfUnused(0), "it keeps an idle connection");
        fixture.giveBack(fixture.borrow(), false);
        assertFalse(fixture.pool.retireIfUnused(60_000), "it was used a moment ago");
    }

    @Test
    void retireIfUnused_sparesAPoolInWhichSomebodyIsAboutToBorrow() throws Exception {
        pool("pool.max-size=1");
        fixture.server.dawdle = new CountDownLatch(1);
        FutureTask<BorrowRecord> borrower = inAnotherThread(fixture::borrow);
        Eventually.holds("it opens a connection", () -> fixture.server.dawdling.get() == 1);
        boolean retired = fixture.pool.retireIfUnused(0);
        fixture.server.dawdle.countDown();
        assertFalse(retired);
        assertTrue(fixture.giveBack(result(borrower)));
    }

    @Test
    void retireIfUnused_letsNobodyInAnyMore() throws Exception {
        pool("pool.max-size=2");
        fixture.giveBack(fixture.borrow(), false);
        assertTrue(fixture.pool.retireIfUnused(0));
        assertTrue(fixture.pool.isRetired());
        assertFalse(fixture.pool.borrow(new BorrowRecord(fixture.pool, fixture.server, "late.Dao"), 0));
        assertFalse(fixture.pool.retireIfUnused(0), "only once");
    }

    @Test
    void retireIfUnused_doesNotTakeThePoolAwayFromWhoFillsItUp() throws Exception {
        pool("pool.min-idle=1");
        fixture.giveBack(fixture.borrow(), false);
        fixture.server.dawdle = new CountDownLatch(1);
        fixture.pool.maintain();
        Eventually.holds("the filler opens", () -> fixture.server.dawdling.get() == 1);
        boolean retired = fixture.pool.retireIfUnused(0);
        fixture.server.dawdle.countDown();
        Eventually.holds("it opened", () -> fixture.server.connections.size() == 2);
        assertFalse(retired);
        Eventually.holds("it is idle", () -> fixture.pool.state().equals("used=0/10 idle=1 pending=0"));
    }

    @Test
    void maintain_startsOneFillerAtATime() throws Exception {
        pool("pool.min-idle=3,pool.max-size=5");
        fixture.giveBack(fixture.borrow(), false);
        fixture.server.dawdle = new CountDownLatch(1);
        fixture.pool.maintain();
        Eventually.holds("it opens", () -> fixture.server.dawdling.get() == 1);
        fixture.pool.maintain();
        fixture.pool.maintain();
        assertTrue(fixture.pool.state().startsWith("used=1/5 "), fixture.pool.state());
        fixture.server.dawdle.countDown();
        Eventually.holds("three are idle", () -> fixture.pool.state().equals("used=0/5 idle=3 pending=0"));
    }
}
