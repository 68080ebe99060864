package io.poolshim.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Blob;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Collections;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** How a loan ends, and that nothing leads to the connection afterwards. */
class LoanTest {
    private final FakeDatabase database = new FakeDatabase();
    private final FakeLoan loan;

    LoanTest() throws SQLException {
        loan = new FakeLoan(database);
    }

    private static Connection closedConnection() throws SQLException {
        Connection closed = new FakeDatabase().connection;
        closed.close();
        return closed;
    }

    @Test
    void close_isToldOnceAndLeavesThePhysicalConnectionOpen() throws SQLException {
        loan.connection.close();
        loan.connection.close();
        assertEquals(Arrays.asList("close null"), loan.events);
        assertTrue(loan.connection.isClosed());
        assertEquals(false, database.attribute("Closed"));
    }

    @Test
    void close_closesWhatWasForgotten() throws SQLException {
        Statement forgotten = loan.connection.createStatement();
        loan.connection.createStatement().close();
        ResultSet rows = loan.connection.getMetaData().getTables(null, null, null, null);
        database.calls.clear();
        loan.connection.close();
        Collections.sort(database.calls);
        assertEquals(Arrays.asList("ResultSet.close", "Statement.close"), database.calls);
        assertTrue(forgotten.isClosed() && rows.isClosed());
    }

    @Test
    void close_withAStatementThatCannotBeClosedDoesNotHandTheConnectionOn() throws SQLException {
        Statement forgotten = loan.connection.createStatement();
        database.fail("Statement.close", new SQLException("no"));
        loan.connection.close();
        assertEquals(Arrays.asList("taint close", "close null"), loan.events);
        assertTrue(forgotten.isClosed());
    }

    @Test
    void close_duringACallReallyCloses() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        database.answer("Statement.execute", (self, arguments) -> {
            running.countDown();
            closed.await();
            return true;
        });
        Statement statement = loan.connection.createStatement();
        Thread busy = new Thread(() -> assertTrue(execute(statement)));
        busy.start();
        running.await();
        loan.reallyClosed = database.connection;
        loan.connection.close();
        closed.countDown();
        busy.join();
        assertTrue(loan.events.contains("close-busy null"), loan.events::toString);
    }

    private static boolean execute(Statement statement) {
        try {
            return statement.execute("SELECT 1");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A driver that keeps statements may give the very same object to the next borrower. */
    @Test
    void staleStatement_neverReachesTheDriver() throws SQLException {
        Statement kept = database.make(Statement.class);
        database.answer("Connection.createStatement", (self, arguments) -> kept);
        Statement stale = loan.connection.createStatement();
        loan.connection.close();
        FakeLoan next = new FakeLoan(database);
        assertNotEquals(stale, next.connection.createStatement());
        database.calls.clear();
        loan.tombstone = closedConnection();
        SQLException thrown = assertThrows(SQLException.class, () -> stale.executeUpdate("DELETE FROM t"));
        assertEquals("closed for good 08003 7", describe(thrown));
        assertThrows(SQLException.class, stale::cancel);
        stale.close();
        assertSame(loan.connection, stale.getConnection());
        assertEquals(Collections.emptyList(), database.calls);
    }

    private static String describe(SQLException thrown) {
        return thrown.getMessage() + " " + thrown.getSQLState() + " " + thrown.getErrorCode();
    }

    @Test
    void connectionAfterClose_isTheTombstone() throws SQLException {
        loan.connection.close();
        loan.tombstone = closedConnection();
        SQLException thrown = assertThrows(SQLException.class, loan.connection::createStatement);
        assertEquals("closed for good 08003 7", describe(thrown));
        assertEquals(Collections.emptyList(), database.calls);
    }

    @Test
    void connectionAfterClose_failsEvenWithoutATombstone() throws SQLException {
        Statement stale = loan.connection.createStatement();
        Blob blob = loan.connection.createBlob();
        loan.connection.close();
        assertEquals(
                "08003",
                assertThrows(SQLException.class, loan.connection::commit).getSQLState());
        assertEquals(
                "08003", assertThrows(SQLException.class, stale::getMaxRows).getSQLState());
        assertThrows(SQLException.class, blob::length);
        blob.free();
        assertThrows(java.sql.SQLClientInfoException.class, () -> loan.connection.setClientInfo("a", "b"));
        assertThrows(IllegalStateException.class, () -> ((FakeDatabase.Extra) loan.connection).extra());
    }

    @Test
    void statementOfAReallyClosedConnection_saysItself() throws SQLException {
        database.fail("Statement.getMaxRows", new SQLException("the statement's own words"));
        Statement statement = loan.connection.createStatement();
        loan.reallyClosed = database.connection;
        loan.connection.close();
        assertEquals(
                "the statement's own words",
                assertThrows(SQLException.class, statement::getMaxRows).getMessage());
    }

    @Test
    void abort_endsTheLoan() throws SQLException {
        loan.connection.abort(Runnable::run);
        loan.connection.close();
        assertEquals(Arrays.asList("aborted null"), loan.events);
    }

    @Test
    void abort_thatTheDriverIgnoresLeavesTheConnectionOpen() throws SQLException {
        database.answer("Connection.abort", (self, arguments) -> null);
        loan.connection.abort(Runnable::run);
        assertFalse(loan.connection.isClosed());
        loan.connection.close();
        assertEquals(Arrays.asList("taint abort", "close null"), loan.events);
    }

    @Test
    void isClosed_isWhatTheDriverSays() throws SQLException {
        database.attribute("Closed", true);
        assertTrue(loan.connection.isClosed());
        assertEquals(Collections.emptyList(), loan.events);
    }
}
