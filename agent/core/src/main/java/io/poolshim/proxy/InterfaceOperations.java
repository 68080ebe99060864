package io.poolshim.proxy;

import io.poolshim.log.Log;
import io.poolshim.session.Restore;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
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
                return null;
            case "state":
                return new SessionState((Connection) argument, profile.commitsAtClose());
            case "address":
                return ConnectionTarget.of((Connection) argument);
            case "functions":
                Object[] opened = (Object[]) argument;
                return functions((Connection) opened[0], (SessionState) opened[1]);
            case "connection":
                return ((Loan) argument).connection();
            case "probe":
                return probe((Connection) argument);
            case "valid":
                Object[] asked = (Object[]) argument;
                return isValid((Connection) asked[0], (Integer) asked[asked.length - 1]);
            case "close":
                close((Connection) ((Object[]) argument)[0]);
                return null;
            case "primary":
                return null; // who asks for a certain server gets a new connection
            default:
                throw new IllegalArgumentException(operation);
        }
    }

    private static Object[] functions(Connection physical, SessionState state) {
        BiFunction<@Nullable Object, BiFunction<Object, Object, Object>, Object> bind =
                (noShell, agent) -> new Loan(physical, state, agent);
        Predicate<Boolean> usable = longerLook -> isUsable(physical, longerLook);
        IntPredicate restore =
                how -> state.restore(physical, (how & Restore.ROLLBACK) != 0, (how & Restore.DISCARD) != 0);
        BooleanSupplier unsent = () -> false;
        Runnable flush = () -> {};
        return new Object[] {bind, usable, restore, unsent, flush};
    }

    /** Whether a wrapper does what it should; drivers make a statement without a round trip. */
    private static boolean probe(Connection wrapper) throws SQLException {
        try (Statement statement = wrapper.createStatement()) {
            return statement.getConnection() == wrapper && wrapper.getMetaData().getConnection() == wrapper;
        }
    }

    private static boolean isUsable(Connection physical, boolean longerLook) {
        try {
            return !physical.isClosed() && (!longerLook || isValid(physical, 1));
        } catch (SQLException cannotTell) {
            return false;
        }
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
