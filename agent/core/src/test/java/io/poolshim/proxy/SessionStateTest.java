package io.poolshim.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** The way back, with drivers that go it unwillingly. */
class SessionStateTest {
    private final FakeDatabase database = new FakeDatabase();

    private SessionState state() throws SQLException {
        return new SessionState(database.connection, false);
    }

    private boolean restore(SessionState state) {
        database.calls.clear();
        return state.restore(database.connection, true, true);
    }

    @Test
    void restore_ofAnUntouchedConnectionSetsNothing() throws SQLException {
        assertTrue(restore(state()));
        database.calls.removeIf(call -> call.equals("Connection.setNetworkTimeout"));
        assertEquals(java.util.Arrays.asList("Connection.clearWarnings"), database.calls);
    }

    @Test
    void restore_bringsEachAttributeBack() throws SQLException {
        SessionState state = state();
        String[] names = {"AutoCommit", "ReadOnly", "TransactionIsolation", "Holdability", "Catalog", "Schema"};
        Object[] before = new Object[names.length];
        Object[] other = {false, true, 8, 2, "another", "another"};
        for (int i = 0; i < names.length; i++) {
            before[i] = database.attribute(names[i]);
            database.attribute(names[i], other[i]);
        }
        database.attribute("NetworkTimeout", 77);
        assertTrue(restore(state));
        for (int i = 0; i < names.length; i++) {
            assertEquals(before[i], database.attribute(names[i]), names[i]);
        }
        assertEquals(0, database.attribute("NetworkTimeout"));
    }

    @Test
    void restore_rollsBackFirst() throws SQLException {
        SessionState state = state();
        database.attribute("AutoCommit", false);
        assertTrue(restore(state));
        assertTrue(database.calls.indexOf("Connection.rollback") < database.calls.indexOf("Connection.setAutoCommit"));
        assertTrue(database.calls.contains("Connection.rollback"));
    }

    @Test
    void restore_leavesAnOpenTransactionToADriverThatCommitsIt() throws SQLException {
        SessionState state = new SessionState(database.connection, true);
        assertTrue(restore(state));
        database.attribute("AutoCommit", false);
        assertFalse(restore(state));
        assertFalse(database.calls.contains("Connection.rollback"));
    }

    @Test
    void restore_givesUpWhenAnythingFails() throws SQLException {
        SessionState state = state();
        database.attribute("AutoCommit", false);
        database.fail("Connection.rollback", new SQLException("lost"));
        assertFalse(restore(state));
        database.attribute("AutoCommit", true);
        assertTrue(restore(state));
        database.fail("Connection.clearWarnings", new IllegalStateException());
        assertFalse(restore(state));
        database.fail("Connection.clearWarnings", new AbstractMethodError());
        assertFalse(restore(state));
    }

    @Test
    void restore_givesUpWhenTheDriverDoesNotTakeAValue() throws SQLException {
        SessionState state = state();
        database.attribute("Schema", "another");
        database.answer("Connection.setSchema", (self, arguments) -> null);
        assertFalse(restore(state));
    }

    @Test
    void restore_givesUpOnAClosedConnection() throws SQLException {
        SessionState state = state();
        database.attribute("Closed", true);
        assertFalse(restore(state));
    }

    @Test
    void clientInfo_isComparedWithACopy() throws SQLException {
        Properties live = new Properties();
        live.setProperty("ApplicationName", "new");
        database.answer("Connection.getClientInfo", (self, arguments) -> live);
        database.answer("Connection.setClientInfo", (self, arguments) -> {
            live.clear();
            live.putAll((Properties) arguments[0]);
            return null;
        });
        SessionState state = state();
        live.setProperty("ApplicationName", "changed");
        live.setProperty("more", "x");
        assertTrue(restore(state));
        assertEquals("{ApplicationName=new}", live.toString());
    }

    @Test
    void attributeThatCannotBeRead_cannotBeTakenBack() throws SQLException {
        database.fail("Connection.getSchema", new AbstractMethodError());
        database.fail("Connection.getNetworkTimeout", new SQLFeatureNotSupportedException());
        SessionState state = state();
        assertTrue(state.isIrreversible("setSchema"));
        assertFalse(state.isIrreversible("setCatalog"));
        assertTrue(restore(state));
        FakeLoan loan = new FakeLoan(database);
        loan.connection.setSchema("x");
        assertEquals(java.util.Arrays.asList("taint setSchema"), loan.events);
    }

    @Test
    void driverWithoutAutoCommit_isNotPooled() {
        database.fail("Connection.getAutoCommit", new SQLException("no"));
        assertThrows(SQLException.class, this::state);
    }

    @Test
    void newConnectionInManualMode_isLeftWithoutATransaction() throws SQLException {
        database.attribute("AutoCommit", false);
        state();
        assertTrue(database.calls.contains("Connection.rollback"));
    }
}
