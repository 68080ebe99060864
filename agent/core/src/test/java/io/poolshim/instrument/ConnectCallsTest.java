package io.poolshim.instrument;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class ConnectCallsTest {
    static class Once {
        Connection connect() throws SQLException {
            return DriverManager.getConnection("jdbc:a");
        }
    }

    static class Twice {
        Connection connect() throws SQLException {
            return DriverManager.getConnection("jdbc:a");
        }

        Connection connectAs(String user) throws SQLException {
            return DriverManager.getConnection("jdbc:a", user, "");
        }
    }

    /** Who calls it has another line. */
    interface Source {
        Connection connect(String url) throws SQLException;
    }

    static class ByReference {
        Source source() {
            return DriverManager::getConnection;
        }
    }

    @Test
    void isOne_isAClassWithOneCall() {
        assertTrue(ConnectCalls.isOne(Once.class));
        assertFalse(ConnectCalls.isOne(Twice.class));
        assertFalse(ConnectCalls.isOne(ByReference.class));
        assertFalse(ConnectCalls.isOne(ConnectCallsTest.class));
    }

    @Test
    void isOne_isNoClassWithoutAFile() {
        Runnable lambda = () -> {};
        assertFalse(ConnectCalls.isOne(lambda.getClass()));
        assertFalse(ConnectCalls.isOne(int[].class));
    }
}
