package io.poolshim.pool;

import static io.poolshim.pool.PoolFixture.physical;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.poolshim.jdbc.DriverFailure;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConnectionPoolTest {
    private final List<String> events = new ArrayList<>();
    private final PoolListener listener = new PoolListener() {
        @Override
        public void borrowed(BorrowRecord record, long startNanos) {
            events.add(record.isReused() ? "reused" : "opened");
        }

        @Override
        public void borrowFailed(BorrowRecord record, long startNanos, Throwable thrown) {
            events.add("failed: " + thrown.getMessage());
        }

        @Override
        public void returned(BorrowRecord record, boolean evicted) {
            events.add(evicted ? "evicted" : "kept");
        }
    };
    private PoolFixture fixture = new PoolFixture("pool.max-size=1,pool.overflow=0,pool.borrow-timeout=50ms", listener);

    @AfterEach
    void end() {
        fixture.close();
    }

    @Test
    void borrow_reusesWhatWasGivenBack() throws SQLException {
        BorrowRecord first = fixture.borrow();
        assertFalse(first.isReused());
        assertTrue(fixture.giveBack(first));
        BorrowRecord second = fixture.borrow();
        assertTrue(second.isReused());
        assertSame(first.physical(), second.physical());
        assertEquals(1, fixture.server.connections.size());
        fixture.giveBack(second);
        assertEquals(Arrays.asList("opened", "kept", "reused", "kept"), events);
    }

    @Test
    void borrow_countsWhatHappened() throws SQLException {
        fixture.giveBack(fixture.borrow());
        fixture.giveBack(fixture.borrow());
        fixture.giveBack(fixture.borrow(), false);
        PoolStatistics counts = fixture.pool.statistics();
        assertEquals(3, counts.borrows());
        assertEquals(1, counts.opened.sum());
        assertEquals(2, counts.reused());
        assertEquals(1, counts.evicted.sum());
        assertEquals(1, counts.peak());
        assertEquals(0, counts.open());
    }

    @Test
    void borrow_rethrowsWhatTheDriverThrewAndGivesThePlaceBack() throws SQLException {
        SQLException refused = new SQLException("password authentication failed", "28P01");
        fixture.server.refusal = new DriverFailure(refused);
        for (int i = 0; i < 3; i++) {
            DriverFailure thrown = assertThrows(DriverFailure.class, fixture::borrow);
            assertSame(refused, thrown.getCause());
        }
        fixture.server.refusal = null;
        assertEquals(Grant.POOL, fixture.borrow().grant());
        assertEquals("failed: password authentication failed", events.get(0));
    }

    @Test
    void borrow_givesThePlaceBackAfterAnyError() throws SQLException {
        fixture.server.refusal = new IllegalStateException("a driver's bug");
        assertThrows(IllegalStateException.class, fixture::borrow);
        fixture.server.refusal = null;
        assertEquals(Grant.POOL, fixture.borrow().grant());
    }

    @Test
    void borrow_evictsADeadIdleConnectionAndOpensAnother() throws SQLException {
        BorrowRecord first = fixture.borrow();
        fixture.giveBack(first);
        physical(first).dead = true;
        BorrowRecord second = fixture.borrow();
        assertNotSame(first.physical(), second.physical());
        assertFalse(second.isReused());
        assertTrue(physical(first).closed);
        assertEquals(1, fixture.server.open.get());
        assertEquals(1, fixture.pool.statistics().evicted.sum());
    }

    @Test
    void borrow_evictsAConnectionThatCannotEvenBeLookedAt() throws SQLException {
        BorrowRecord first = fixture.borrow();
        fixture.giveBack(first);
        physical(first).surprise = new IllegalStateException("the driver's own error");
        assertNotSame(first.physical(), fixture.borrow().physical());
        assertTrue(physical(first).closed);
    }

    @Test
    void giveBack_closesWhatIsNotReusable() throws SQLException {
        BorrowRecord record = fixture.borrow();
        assertFalse(fixture.giveBack(record, false));
        assertTrue(physical(record).closed);
        assertNotSame(record.physical(), fixture.borrow().physical());
    }

    @Test
    void giveBack_closesAfterTheMostUses() throws SQLException {
        fixture.close();
        fixture = new PoolFixture("pool.max-uses=2");
        BorrowRecord first = fixture.borrow();
        assertTrue(fixture.giveBack(first));
        assertFalse(fixture.giveBack(fixture.borrow()));
        assertTrue(physical(first).closed);
        assertFalse(fixture.borrow().isReused());
    }

    @Test
    void giveBack_closesAfterTheMostStatements() throws SQLException {
        fixture.close();
        fixture = new PoolFixture("pool.max-statements=3");
        BorrowRecord first = fixture.borrow();
        first.executes(1);
        assertTrue(fixture.giveBack(first));
        BorrowRecord second = fixture.borrow();
        assertTrue(second.isReused());
        second.executes(2); // a batch
        assertFalse(fixture.giveBack(second));
        assertTrue(physical(first).closed);
        assertFalse(fixture.borrow().isReused());
    }

    @Test
    void giveBack_countsNoStatementsUnlessAsked() throws SQLException {
        BorrowRecord record = fixture.borrow();
        record.executes(1_000_000);
        assertEquals(0, record.pooled().statements());
        assertTrue(fixture.giveBack(record));
    }

    @Test
    void tryClose_isWonOnce() throws SQLException {
        BorrowRecord record = fixture.borrow();
        assertTrue(record.isOpen());
        assertTrue(record.tryClose());
        assertFalse(record.tryClose());
        assertFalse(record.isOpen());
    }

    @Test
    void replace_putsAnotherConnectionInThePlaceOfADeadOne() throws SQLException {
        BorrowRecord record = fixture.borrow();
        FakeServer.FakePhysical dead = physical(record);
        fixture.pool.replace(record);
        assertNotSame(dead, physical(record));
        assertTrue(dead.closed);
        assertTrue(fixture.giveBack(record));
        assertEquals(1, fixture.server.open.get());
        assertSame(record.physical(), fixture.borrow().physical());
    }

    @Test
    void replace_leavesTheRecordAsItWasIfTheServerIsGone() throws SQLException {
        BorrowRecord record = fixture.borrow();
        Physical before = record.physical();
        fixture.server.refusal = new DriverFailure(new SQLException("gone", "08001"));
        assertThrows(DriverFailure.class, () -> fixture.pool.replace(record));
        assertSame(before, record.physical());
        assertFalse(fixture.giveBack(record, false));
        assertEquals(0, fixture.server.open.get());
    }

    @Test
    void borrow_handsOutWhatDiesAtOnceAsUnpooledCodeWouldGetIt() throws SQLException {
        fixture.server.stillborn = true;
        assertTrue(physical(fixture.borrow()).dead);
        assertEquals(1, fixture.server.connections.size());
    }
}
