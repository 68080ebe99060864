package io.poolshim.wrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.poolshim.jdbc.DriverFailure;
import io.poolshim.log.Log;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collections;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The events that a shell tells, told by hand. */
@SuppressWarnings("ReturnValueIgnored")
class BorrowedConnectionTest {
    private final FakeDriver driver = new FakeDriver();

    @AfterEach
    void end() {
        driver.end();
    }

    private Object tell(String event) {
        return driver.agent.apply(event, null);
    }

    /** The connection that takes the place of the borrowed one. */
    private Object replaced(String firstStatement) {
        return ((Object[]) driver.agent.apply("first-statement", firstStatement))[0];
    }

    @Test
    void close_handsTheConnectionOn() throws SQLException {
        driver.borrow();
        assertNull(tell("close"), "the driver's connection lives on");
        assertEquals(Arrays.asList("restore socket-1"), driver.calls);
        driver.borrow();
        assertEquals(1, driver.opened);
    }

    @Test
    void close_twiceReturnsOnce() throws SQLException {
        driver.borrow();
        tell("close");
        assertNull(tell("close"));
        assertNull(tell("close-busy"));
        assertEquals(1, driver.calls.size());
    }

    @Test
    void close_ofABusyConnectionReallyClosesIt() throws SQLException {
        driver.borrow();
        assertEquals("socket-1", tell("close-busy"));
        assertEquals(Arrays.asList("close socket-1"), driver.calls);
    }

    @Test
    void close_afterOpaqueSqlReallyClosesTheConnection() throws SQLException {
        for (String event : new String[] {"query", "seen"}) {
            driver.borrow();
            driver.agent.apply(event, "SELECT remember(1)");
            assertNotEquals(null, tell("close"), event);
        }
        driver.borrow();
        driver.agent.apply("batch", new Object[] {"SET a.b = 1", 2});
        assertNotEquals(null, tell("close"));
        driver.borrow();
        driver.agent.apply("taint", "addDataType");
        assertNotEquals(null, tell("close"));
        assertEquals(4, driver.opened);
    }

    @Test
    void foreignStatement_endsPoolingAndTheConnection() throws SQLException {
        driver.borrow();
        assertTrue(driver.borrowing.isSound());
        tell("foreign-statement");
        assertFalse(driver.borrowing.isSound());
        assertEquals("socket-1", tell("close"));
        assertEquals(Arrays.asList("close socket-1"), driver.calls);
    }

    @Test
    void close_afterHarmlessSqlKeepsTheConnection() throws SQLException {
        driver.borrow();
        driver.agent.apply("query", "SELECT 1");
        driver.agent.apply("batch", new Object[] {"INSERT INTO t VALUES (1)", 2});
        assertNull(tell("close"));
    }

    @Test
    void close_closesWhatHasMetAHiddenFunction() throws SQLException {
        driver.catalogue = Collections.singletonList(new String[] {"foreign", "elsewhere"});
        driver.borrow();
        driver.agent.apply("query", "SELECT 1");
        assertNull(tell("close"));
        driver.borrow();
        driver.agent.apply("query", "SELECT * FROM elsewhere");
        assertEquals("socket-1", tell("close"));
    }

    /** It may have met what it has made itself. */
    @Test
    void close_closesWhatHasChangedTheCatalogue() throws SQLException {
        driver.borrow();
        driver.agent.apply("query", "CREATE TRIGGER t BEFORE INSERT ON u EXECUTE FUNCTION f()");
        assertEquals("socket-1", tell("close"));
        driver.borrow();
        driver.agent.apply("query", "SELECT 1");
        assertNull(tell("close"));
    }

    @Test
    void borrow_takesAnotherConnectionIfOneDiesWhileTheCatalogueIsRead() throws SQLException {
        driver.catalogue = null;
        driver.usable = false;
        driver.borrow();
        driver.agent.apply("query", "SELECT 1");
        driver.usable = true;
        assertNull(tell("close"));
        assertEquals(Arrays.asList("close socket-1", "restore socket-2"), driver.calls);
    }

    /** They leave no trace but for those who look for it. */
    @Test
    void close_keepsWhatHadTemporaryObjectsUnlessSomebodyLooksForThem() throws SQLException {
        driver.borrow();
        driver.agent.apply("query", "CREATE TEMP TABLE t (i int)");
        assertNull(tell("close"));
        driver.borrow();
        assertNull(driver.agent.apply("first-statement", "SELECT 1"));
        assertEquals("socket-2", replaced("SELECT current_schemas(true)"));
        driver.agent.apply("query", "SELECT current_schemas(true)");
        assertNull(tell("close"));
        driver.borrow();
        driver.agent.apply("query", "CREATE TEMP TABLE t (i int)");
        assertEquals("socket-2", tell("close"));
    }

    @Test
    void close_closesWhatCannotBeRestored() throws SQLException {
        driver.restorable = false;
        driver.borrow();
        assertEquals("socket-1", tell("close"));
        assertEquals(Arrays.asList("restore socket-1", "close socket-1"), driver.calls);
    }

    @Test
    void close_closesWhatFailsToBeRestored() throws SQLException {
        long before = Log.swallowedCount();
        driver.surprise = new IllegalStateException("the driver's own error");
        driver.borrow();
        assertEquals("socket-1", tell("close"));
        assertEquals(before + 1, Log.swallowedCount());
    }

    @Test
    void abort_leavesTheConnectionToItsAborter() throws SQLException {
        driver.borrow();
        assertEquals("socket-1", tell("aborted"));
        assertEquals(Arrays.asList(), driver.calls, "closing it would wait for the server");
        driver.borrow();
        assertEquals(2, driver.opened, "and its place is free");
    }

    @Test
    void firstStatement_replacesAConnectionThatHasDied() throws SQLException {
        driver.borrow();
        assertNull(tell("first-statement"), "one just opened is not looked at");
        tell("close");
        driver.calls.clear();
        driver.borrow();
        assertNull(tell("first-statement"), "it lives");
        driver.dead = true;
        assertEquals("socket-2", replaced(null));
        assertEquals(Arrays.asList("close socket-1", "attributes socket-2 of socket-1"), driver.calls);
        driver.dead = false;
        assertNull(tell("close"));
    }

    @Test
    void firstStatement_keepsTheDeadConnectionIfThereIsNoOther() throws SQLException {
        driver.borrow();
        tell("close");
        driver.borrow();
        driver.dead = true;
        driver.refusal = new DriverFailure(new SQLException("no server"));
        assertNull(tell("first-statement"), "the statement fails as it would have unpooled");
        driver.restorable = false;
        assertEquals("socket-1", tell("close"));
    }

    @Test
    void tombstone_isAReallyClosedConnection() throws SQLException {
        driver.borrow();
        tell("close");
        driver.calls.clear();
        assertEquals("socket-2", tell("tombstone"));
        assertEquals(Arrays.asList("close socket-2"), driver.calls);
        assertEquals("socket-2", tell("tombstone"), "opened for that once");
    }

    @Test
    void tombstone_isWhatWasReallyClosedAnyway() throws SQLException {
        driver.borrow();
        driver.agent.apply("taint", "addDataType");
        tell("close");
        assertEquals("socket-1", tell("tombstone"));
        assertEquals(1, driver.opened);
    }

    @Test
    void tombstone_isNeverAConnectionThatWasBusy() throws SQLException {
        driver.borrow();
        tell("close-busy");
        assertEquals("socket-2", tell("tombstone"), "a COPY may have locked the other one for ever");
    }

    @Test
    void unknownEvents_areSwallowed() throws SQLException {
        long before = Log.swallowedCount();
        driver.borrow();
        assertNull(tell("no such event"));
        assertEquals(before + 1, Log.swallowedCount());
    }

    @Test
    void borrow_passesThroughIfATrialShellIsNotSound() throws SQLException {
        driver.sound = false;
        assertTrue(driver.borrowing.isSound(), "not tried yet");
        assertNull(driver.borrow());
        assertFalse(driver.borrowing.isSound());
        assertEquals(Arrays.asList("close socket-1"), driver.calls);
    }

    @Test
    void borrow_judgesNoDriverByASessionThatEnded() throws SQLException {
        driver.sound = false;
        driver.valid = false;
        assertNull(driver.borrow(), "this call passes through");
        driver.sound = true;
        driver.valid = true;
        assertNotEquals(null, driver.borrow());
    }

    @Test
    void borrow_judgesNoDriverByASessionThatEndedAtOnce() throws SQLException {
        driver.stateless = new IllegalStateException(new SQLException("terminated", "57P01"));
        assertNull(driver.borrow(), "this call passes through");
        driver.stateless = null;
        assertNotEquals(null, driver.borrow());
    }

    @Test
    void close_atTheEndOfTheStackLeavesTheRestToTheHousekeeping() throws SQLException {
        driver.borrow();
        driver.fatal = new StackOverflowError();
        assertThrows(StackOverflowError.class, () -> tell("close"));
        assertTrue(driver.pool.state().startsWith("used=1/"), driver.pool.state());
        driver.pool.maintain();
        assertTrue(driver.pool.state().startsWith("used=0/"), driver.pool.state());
        assertTrue(driver.calls.contains("close socket-1"));
    }

    @Test
    void borrow_atTheEndOfTheStackLeavesTheRestToTheHousekeeping() throws SQLException {
        driver.borrow();
        tell("close");
        driver.shellFailure = new StackOverflowError();
        assertThrows(StackOverflowError.class, driver::borrow);
        driver.shellFailure = null;
        driver.pool.maintain();
        assertTrue(driver.pool.state().startsWith("used=0/"), driver.pool.state());
        assertTrue(driver.calls.contains("close socket-1"));
        assertNotEquals(null, driver.borrow());
    }

    @Test
    void statementAboutTheOwnUser_closesTheConnectionOnReturn() throws SQLException {
        driver.borrow();
        driver.agent.apply("query", "ALTER ROLE fake SET work_mem = '1MB'");
        assertEquals("socket-1", tell("close"));
        driver.borrow();
        driver.agent.apply("query", "ALTER ROLE somebody SET work_mem = '1MB'");
        assertNull(tell("close"));
    }

    /** A statement that fails with this state. */
    private void fail(String sql, SQLException failure) {
        driver.agent.apply(driver.agent.apply("query", sql), failure);
    }

    private static SQLException failure(String state) {
        return new SQLException("no", state);
    }

    @Test
    void failureOfTheServer_endsWhatWasOpenedBefore() throws SQLException {
        for (String state : new String[] {"57P01", "57P02", "08006", "08003", "25006"}) {
            driver.borrow();
            fail("INSERT INTO t VALUES (1)", failure(state));
            assertNotEquals(null, tell("close"), state);
        }
    }

    @Test
    void failureOfTheStatement_endsNothing() throws SQLException {
        driver.borrow();
        fail("INSERT INTO t VALUES (1)", failure("23505"));
        fail("INSERT INTO t VALUES (1)", failure("57014"));
        SQLException slow = failure("08006");
        slow.initCause(new java.net.SocketTimeoutException());
        fail("SELECT pg_sleep(9)", slow);
        assertNull(tell("close"));
    }

    @Test
    void refusedWrite_afterTheApplicationAskedToReadOnlyEndsNothing() throws SQLException {
        for (String asked : new String[] {
            "BEGIN READ ONLY",
            "SET TRANSACTION ISOLATION LEVEL SERIALIZABLE, READ ONLY",
            "SET default_transaction_read_only = on",
            "SELECT set_config('transaction_read_only', 'on', true)"
        }) {
            driver.borrow();
            driver.agent.apply("query", asked);
            fail("INSERT INTO t VALUES (1)", failure("25006"));
            assertNull(tell("close"), asked);
        }
        assertEquals(1, driver.opened);
    }

    @Test
    void failureAfterClose_endsNothing() throws SQLException {
        driver.borrow();
        Object token = driver.agent.apply("query", "SELECT 1");
        assertNull(tell("close"));
        driver.agent.apply(token, failure("08003"));
        driver.borrow();
        assertEquals(1, driver.opened);
    }

    @Test
    void borrow_givesTheConnectionBackIfAShellCannotBeMade() throws SQLException {
        driver.borrow();
        tell("close");
        driver.calls.clear();
        driver.shells = false;
        assertThrows(IllegalStateException.class, driver::borrow);
        assertEquals(Arrays.asList("close socket-1"), driver.calls);
        assertTrue(driver.pool.state().startsWith("used=0/"), driver.pool.state());
    }
}
