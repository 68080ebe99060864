package io.poolshim.proxy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** The questions that the agent asks a driver, answered through JDBC alone. */
class InterfaceOperationsTest {
    private final FakeDatabase database = new FakeDatabase();
    private final InterfaceOperations driver =
            new InterfaceOperations(new InterfaceProfile("com.example.Driver", "jdbc:example:x"));

    @SuppressWarnings("unchecked")
    private Object bind() {
        BiFunction<Object, Object, Object> agent = (event, argument) -> null;
        Object state = driver.apply("state", database.connection);
        BiFunction<Object, Object, Object> bind = (BiFunction<Object, Object, Object>) functions(state)[0];
        return driver.apply("connection", bind.apply(null, agent));
    }

    private Object[] functions(Object state) {
        return (Object[]) driver.apply("functions", new Object[] {database.connection, state});
    }

    @SuppressWarnings("unchecked")
    private boolean isUsable(boolean longerLook) {
        return ((Predicate<Boolean>) functions(null)[1]).test(longerLook);
    }

    @Test
    void probe_acceptsADriverWhoseObjectsLeadBack() {
        assertEquals(true, driver.apply("probe", bind()));
    }

    @Test
    void probe_refusesADriverWhoseStatementsHaveNoConnection() {
        database.answer("Statement.getConnection", (self, arguments) -> null);
        assertEquals(false, driver.apply("probe", bind()));
    }

    @Test
    void usable_validatesAfterALongTimeOnly() {
        database.answer("Connection.isValid", (self, arguments) -> false);
        assertTrue(isUsable(false));
        assertFalse(isUsable(true));
        database.attribute("Closed", true);
        assertFalse(isUsable(false));
    }

    @Test
    void valid_isFalseForADriverThatCannotTell() {
        for (Throwable failure :
                new Throwable[] {new SQLException(), new IllegalStateException(), new AbstractMethodError()}) {
            database.fail("Connection.isValid", failure);
            assertEquals(false, driver.apply("valid", new Object[] {database.connection, 1}));
        }
    }

    @Test
    void close_isQuiet() {
        database.fail("Connection.close", new SQLException("no"));
        assertNull(driver.apply("close", new Object[] {database.connection, null}));
    }

    @Test
    void unknownOperations_areRefused() {
        assertThrows(IllegalArgumentException.class, () -> driver.apply("install", null));
        assertNull(driver.apply("properties", null), "all of them count");
    }

    @Test
    void address_isReadFromTheUrl() {
        assertArrayEquals(new Object[] {"db1", 3306, "orders"}, address("jdbc:mysql://db1:3306/orders?password=x"));
        assertArrayEquals(new Object[] {"db1", 0, ""}, address("jdbc:sqlserver://db1;password=x"));
        assertArrayEquals(new Object[] {null, 0, "mem:twin"}, address("jdbc:h2:mem:twin;PASSWORD=x"));
        assertArrayEquals(new Object[] {null, 0, "…"}, address("jdbc:oracle:thin:scott/tiger@db1:1521:x"));
        assertArrayEquals(new Object[] {null, 0, ""}, address("secret"));
        assertArrayEquals(new Object[] {null, 0, ""}, address(null));
        database.fail("Connection.getMetaData", new SQLException());
        assertArrayEquals(new Object[] {null, 0, ""}, (Object[]) driver.apply("address", database.connection));
    }

    private Object[] address(String url) {
        database.answer("DatabaseMetaData.getURL", (self, arguments) -> url);
        return (Object[]) driver.apply("address", database.connection);
    }

    @Test
    void system_isToldByTheUrl() {
        assertEquals("mysql", new InterfaceProfile("x", "jdbc:mysql://h/d").system());
        assertEquals("other_sql", new InterfaceProfile("x", "jdbc:example:x").system());
        assertEquals("other_sql", new InterfaceProfile("x", "?").system());
    }

    /** Not public, but what it extends is. */
    interface Hidden extends Runnable, DriversOwn {}

    /** Public. */
    public interface DriversOwn {}

    @Test
    void interfaces_areThePublicOnesWithThoseOfJavaFirst() {
        Hidden hidden = () -> {};
        assertArrayEquals(new Class<?>[] {Runnable.class, DriversOwn.class}, Interfaces.of(hidden.getClass()));
        assertSame(Connection.class, Interfaces.of(database.connection.getClass())[0]);
    }
}
