package io.poolshim.proxy;

import io.poolshim.log.Log;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** What the agent asks of a driver, as far as the interfaces of JDBC answer it; see {@code DriverOperations}. */
final class InterfaceOperations implements BiFunction<Object, Object, Object> {
    private final InterfaceProfile profile;

    InterfaceOperations(InterfaceProfile profile) {
        this.profile = profile;
    }

    @Override
    public @Nullable Object apply(Object operation, Object argument) {
        try {
            return answer((String) operation, argument);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private @Nullable Object answer(String operation, Object argument) throws SQLException {
        switch (operation) {
            case "properties":
            case "function":
                return null;
            case "state":
                return new SessionState((Connection) argument, profile.commitsAtClose());
            case "address":
                return ConnectionTarget.of((Connection) argument);
            case "bind":
                return bind((Object[]) argument);
            case "connection":
                return ((Loan) argument).connection();
            case "probe":
                return probe((Connection) argument);
            case "usable":
                return isUsable((Object[]) argument);
            case "valid":
                Object[] asked = (Object[]) argument;
                return isValid((Connection) asked[0], (Integer) asked[asked.length - 1]);
            case "restore":
                Object[] parts = (Object[]) argument;
                return ((SessionState) parts[1]).restore((Connection) parts[0], (Boolean) parts[2], (Boolean) parts[3]);
            case "close":
                close((Connection) argument);
                return null;
            case "primary":
                return null; // who asks for a certain server gets a new connection
            default:
                throw new IllegalArgumentException(operation);
        }
    }

    /** {nothing, physical, state, agent}. */
    @SuppressWarnings("unchecked")
    private static Object bind(Object[] parts) {
        BiFunction<Object, Object, Object> agent = (BiFunction<Object, Object, Object>) parts[3];
        return new Loan((Connection) parts[1], (SessionState) parts[2], agent);
    }

    /** Whether a wrapper does what it should; drivers make a statement without a round trip. */
    private static boolean probe(Connection wrapper) throws SQLException {
        try (Statement statement = wrapper.createStatement()) {
            return statement.getConnection() == wrapper && wrapper.getMetaData().getConnection() == wrapper;
        }
    }

    /** {physical, state, longer look?}. */
    private static boolean isUsable(Object[] parts) throws SQLException {
        Connection physical = (Connection) parts[0];
        return !physical.isClosed() && (!(Boolean) parts[2] || isValid(physical, 1));
    }

    private static boolean isValid(Connection physical, int seconds) {
        try {
            return physical.isValid(seconds);
        } catch (SQLException | RuntimeException | LinkageError cannotTell) {
            return false;
        }
    }

    /** The application has closed its wrapper long ago: there is nobody to tell. */
    private static void close(Connection physical) {
        try {
            physical.close();
        } catch (SQLException | RuntimeException | LinkageError e) {
            Log.debug("a driver failed to close a connection: " + e.getClass().getName());
        }
    }
}
