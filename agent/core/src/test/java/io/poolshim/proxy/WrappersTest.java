package io.poolshim.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Collections;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What goes through a wrapper, and what comes back. */
class WrappersTest {
    private final FakeDatabase database = new FakeDatabase();
    private final FakeLoan loan;

    WrappersTest() throws SQLException {
        loan = new FakeLoan(database);
    }

    @Test
    void sameObject_hasTheSameWrapper() throws SQLException {
        ResultSet rows = database.make(ResultSet.class);
        database.answer("Statement.getResultSet", (self, arguments) -> rows);
        Statement statement = loan.connection.createStatement();
        database.answer(
                "ResultSet.getStatement",
                (self, arguments) ->
                        ((ObjectWrapper) java.lang.reflect.Proxy.getInvocationHandler(statement)).original);
        assertSame(statement.getResultSet(), statement.getResultSet());
        assertSame(statement, statement.getResultSet().getStatement());
        assertSame(loan.connection, statement.getConnection());
        assertSame(loan.connection, loan.connection.getMetaData().getConnection());
        assertNotSame(loan.connection.createStatement(), statement);
    }

    @Test
    void getConnection_isTheWrapperWhateverTheDriverReturns() throws SQLException {
        database.answer("Statement.getConnection", (self, arguments) -> new FakeDatabase().connection);
        assertSame(loan.connection, loan.connection.createStatement().getConnection());
        database.answer("Statement.getConnection", (self, arguments) -> null);
        assertEquals(null, loan.connection.createStatement().getConnection());
    }

    @Test
    void equality_isThatOfTheDriversObjects() throws SQLException {
        Statement statement = loan.connection.createStatement();
        assertEquals(statement, statement);
        assertNotEquals(statement, loan.connection.createStatement());
        assertNotEquals(loan.connection, new FakeLoan(database).connection);
        assertEquals(loan.connection, loan.connection);
        int before = statement.hashCode();
        assertEquals("fake Statement", statement.toString());
        loan.connection.close();
        assertEquals(before, statement.hashCode());
        assertNotEquals("fake Statement", statement.toString());
    }

    @Test
    void exceptions_passUnchanged() throws SQLException {
        Statement statement = loan.connection.createStatement();
        for (Throwable failure :
                new Throwable[] {new SQLException("x"), new IllegalArgumentException(), new AbstractMethodError()}) {
            database.fail("Statement.execute", failure);
            assertSame(failure, assertThrows(Throwable.class, () -> statement.execute("SELECT 1")));
        }
    }

    @Test
    void arguments_areTheDriversOwnObjects() throws SQLException {
        Object[] seen = new Object[3];
        database.answer("Connection.rollback", (self, arguments) -> seen[0] = arguments[0]);
        Savepoint savepoint = loan.connection.setSavepoint();
        loan.connection.rollback(savepoint);
        assertNotSame(savepoint, seen[0]);
        database.answer("Connection.createArrayOf", (self, arguments) -> seen[1] = arguments[1]);
        Blob blob = loan.connection.createBlob();
        Object[] given = {blob, 1};
        assertThrows(ClassCastException.class, () -> loan.connection.createArrayOf("blob", given));
        assertNotSame(blob, ((Object[]) seen[1])[0]);
        assertSame(blob, given[0], "the application's array is its own");
    }

    @Test
    void argumentOfAnotherLoan_staysWrapped() throws SQLException {
        Blob foreign = new FakeLoan(database).connection.createBlob();
        Object[] seen = new Object[1];
        database.answer("Connection.prepareStatement", (self, arguments) -> database.make(PreparedStatement.class));
        database.answer("PreparedStatement.setBlob", (self, arguments) -> seen[0] = arguments[1]);
        loan.connection.prepareStatement("INSERT INTO t VALUES (?)").setBlob(1, foreign);
        assertSame(foreign, seen[0]);
    }

    @Test
    void values_comeAsTheyAre() throws SQLException {
        ResultSet rows = loan.connection.createStatement().executeQuery("SELECT 1");
        loan.events.clear();
        for (Object value : new Object[] {
            "text",
            1,
            new byte[] {1},
            new String[] {"a"},
            java.util.UUID.randomUUID(),
            java.time.LocalDate.MIN,
            new ByteArrayInputStream(new byte[0]),
            new Object[] {1, "a"},
            java.sql.Date.valueOf("2020-01-01")
        }) {
            database.answer("ResultSet.getObject", (self, arguments) -> value);
            assertSame(value, rows.getObject(1));
        }
        assertEquals(Collections.emptyList(), loan.events);
    }

    @Test
    void objectsThatMayLeadBack_keepTheConnectionFromBeingHandedOn() throws SQLException {
        ResultSet rows = loan.connection.createStatement().executeQuery("SELECT 1");
        InputStream stream = new InputStream() {
            @Override
            public int read() {
                return -1;
            }
        };
        for (Object value : new Object[] {
            stream,
            new StringBuffer[0],
            new java.util.Properties(),
            new FakeDatabase().connection,
            new Object[] {stream}
        }) {
            loan.events.clear();
            database.answer("ResultSet.getObject", (self, arguments) -> value);
            Object got = rows.getObject(1);
            assertTrue(got == value || Arrays.equals((Object[]) got, (Object[]) value));
            boolean empty = value instanceof Object[] && ((Object[]) value).length == 0;
            assertEquals(empty ? 0 : 1, loan.events.size(), () -> value + " " + loan.events);
        }
    }

    @Test
    void elementsOfArrays_areWrapped() throws SQLException {
        Blob blob = database.make(Blob.class);
        database.answer("Array.getArray", (self, arguments) -> new Object[] {blob, 1});
        database.answer("Connection.createArrayOf", (self, arguments) -> database.make(Array.class));
        Object[] elements =
                (Object[]) loan.connection.createArrayOf("blob", new Object[0]).getArray();
        loan.connection.close();
        assertThrows(SQLException.class, ((Blob) elements[0])::length);
        assertEquals(1, elements[1]);
    }

    @Test
    void unwrap_givesTheWrapperForItsInterfacesAndElseTheDriversOwnForGood() throws SQLException {
        database.answer("Connection.unwrap", (self, arguments) -> self);
        assertSame(loan.connection, loan.connection.unwrap(Connection.class));
        assertSame(loan.connection, loan.connection.unwrap(FakeDatabase.Extra.class));
        assertEquals(Collections.emptyList(), loan.events);
        assertSame(database.connection, loan.connection.unwrap(database.connection.getClass()));
        assertEquals(1, loan.events.size());
    }

    @Test
    void methodOfTheDriversOwn_keepsTheConnectionFromBeingHandedOn() {
        database.answer("Connection.extra", (self, arguments) -> "text");
        assertEquals("text", ((FakeDatabase.Extra) loan.connection).extra());
        assertEquals(Arrays.asList("taint extra"), loan.events);
    }

    @Test
    void queriesAndBatches_areTold() throws SQLException {
        database.answer("Connection.prepareStatement", (self, arguments) -> database.make(PreparedStatement.class));
        database.answer("PreparedStatement.executeBatch", (self, arguments) -> new int[0]);
        try (Statement statement = loan.connection.createStatement()) {
            statement.execute("SELECT 1");
            statement.addBatch("SELECT 2");
            statement.addBatch("SELECT 3");
            statement.executeLargeBatch();
        }
        PreparedStatement prepared = loan.connection.prepareStatement("SELECT ?");
        prepared.executeUpdate();
        prepared.addBatch();
        prepared.clearBatch();
        prepared.executeBatch();
        database.fail("PreparedStatement.execute", new SQLException("x"));
        assertThrows(SQLException.class, prepared::execute);
        assertEquals(
                Arrays.asList(
                        "query SELECT 1",
                        "token null",
                        "batch 2",
                        "token null",
                        "query SELECT ?",
                        "token null",
                        "query SELECT ?",
                        "token java.sql.SQLException: x"),
                loan.events);
    }

    /** Nothing but the driver has it any more, so nobody else would ever close it. */
    @Test
    void unreachableStatement_isClosed() throws SQLException {
        loan.connection.createStatement().executeQuery("SELECT 1");
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!database.calls.contains("Statement.close")) {
            assertFalse(System.nanoTime() > deadline, "not closed in time");
            System.gc();
            loan.connection.getMetaData();
        }
        assertEquals(Collections.emptyList(), taints());
    }

    private java.util.List<String> taints() {
        java.util.List<String> taints = new java.util.ArrayList<>(loan.events);
        taints.removeIf(event -> !event.startsWith("taint"));
        return taints;
    }
}
