package io.poolshim.proxy;

import io.poolshim.log.Log;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** What JDBC can tell of a physical connection when it is new, and the way back to that. */
final class SessionState {
    private static final int RESET_TIMEOUT = 2000; // ms; close() must not hang where an unpooled one would not

    private final Map<Attribute<?>, Object> originals = new LinkedHashMap<>();
    private final Set<String> unreadable = new HashSet<>();
    private final boolean commitsAtClose;

    SessionState(Connection physical, boolean commitsAtClose) throws SQLException {
        this.commitsAtClose = commitsAtClose;
        for (Attribute<?> attribute : Attribute.ALL) {
            read(attribute, physical);
        }
        endTransaction(physical); // some drivers ask the server for an attribute
    }

    private void read(Attribute<?> attribute, Connection physical) {
        try {
            originals.put(attribute, attribute.read(physical));
        } catch (SQLException | RuntimeException | LinkageError notSupported) {
            unreadable.add(attribute.setter());
        }
    }

    /** Whether this is the setter of an attribute that could not be read, and so could not be restored. */
    boolean isIrreversible(String method) {
        return unreadable.contains(method);
    }

    private static void endTransaction(Connection physical) throws SQLException {
        if (!physical.getAutoCommit()) {
            physical.rollback();
        }
    }

    /**
     * Makes the connection as it was, as far as JDBC goes.
     *
     * @param rollback false only to sabotage
     * @param attributes false only to sabotage
     * @return false if it cannot be handed on
     */
    boolean restore(Connection physical, boolean rollback, boolean attributes) {
        try {
            if (physical.isClosed() || commitsAtClose && !physical.getAutoCommit()) {
                return false;
            }
            limitTime(physical);
            if (rollback) {
                endTransaction(physical);
            }
            if (attributes && !restoreAttributes(physical)) {
                return false;
            }
            physical.clearWarnings();
            return !physical.isClosed();
        } catch (SQLException | RuntimeException | LinkageError e) {
            return false;
        }
    }

    private boolean restoreAttributes(Connection physical) throws SQLException {
        for (Map.Entry<Attribute<?>, Object> original : originals.entrySet()) {
            if (original.getKey() == Attribute.NETWORK_TIMEOUT) {
                endTransaction(physical); // an attribute may have begun one
            }
            if (!original.getKey().restore(physical, original.getValue())) {
                return false;
            }
        }
        return true;
    }

    private void limitTime(Connection physical) {
        try {
            if (originals.containsKey(Attribute.NETWORK_TIMEOUT)) {
                Attribute.NETWORK_TIMEOUT.write(physical, RESET_TIMEOUT);
            }
        } catch (SQLException | RuntimeException | LinkageError notSupported) {
            Log.debug("a driver has no network time-out: close() waits for as long as it does");
        }
    }
}
