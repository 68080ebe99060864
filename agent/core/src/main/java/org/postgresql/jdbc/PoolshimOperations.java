package org.postgresql.jdbc;

import java.io.IOException;
import java.sql.CallableStatement;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import org.postgresql.PGProperty;
import org.postgresql.core.QueryExecutor;
import org.postgresql.core.TransactionState;
import org.postgresql.util.HostSpec;

/** What the agent asks of the driver, by name; the agent's side of this is its class DriverOperations. */
public final class PoolshimOperations implements BiFunction<Object, Object, Object> {
    @Override
    @SuppressWarnings("unchecked")
    public Object apply(Object operation, Object argument) {
        try {
            switch ((String) operation) {
                case "install":
                    PoolshimAccess.mustBeThere();
                    PoolshimLoan.executors = (Function<Object, Object>) argument;
                    return null;
                case "properties":
                    return properties();
                case "state":
                    return new PoolshimState((PgConnection) argument);
                case "session":
                    Object[] session = (Object[]) argument;
                    return PoolshimState.of((PgConnection) session[0], (String) session[1], (Integer) session[2]);
                case "functions":
                    Object[] opened = (Object[]) argument;
                    return functions((PgConnection) opened[0], (PoolshimState) opened[1]);
                case "process":
                    return ((PgConnection) argument).getBackendPID();
                case "login":
                    Object[] loggedIn = (Object[]) argument;
                    return ((PoolshimState) loggedIn[1]).noteLogin((PgConnection) loggedIn[0]);
                case "probe":
                    return probe((PgConnection) argument);
                case "died":
                    return attributesIfDead((Object[]) argument);
                case "attributes":
                    ((PoolshimState) ((Object[]) argument)[1]).copyTo((PgConnection) ((Object[]) argument)[0]);
                    return null;
                case "primary":
                    return isPrimary((Object[]) argument);
                case "rows":
                    return rows((Object[]) argument);
                case "keep":
                    ((PoolshimState) argument).statements().mayKeep();
                    return null;
                case "expect":
                    ((PoolshimState) ((Object[]) argument)[0]).expect((String) ((Object[]) argument)[1]);
                    return null;
                case "transaction":
                    return ((PgConnection) argument).getQueryExecutor().getTransactionState() != TransactionState.IDLE;
                case "valid":
                    return isValid((Object[]) argument);
                case "close":
                    close((Object[]) argument);
                    return null;
                case "address":
                    return address((PgConnection) argument);
                default:
                    throw new IllegalArgumentException(String.valueOf(operation));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What each borrow needs of a connection. */
    private static Object[] functions(PgConnection physical, PoolshimState state) {
        BiFunction<Object, Object, Object> bind = (shell, agent) -> bind(shell, physical, state, agent);
        Predicate<Boolean> usable = longerLook -> isUsable(physical, state, longerLook);
        IntPredicate restore = how -> restore(physical, state, how);
        PoolshimCommands commands = state.commands();
        BooleanSupplier unsent = commands::isUnsent;
        Runnable flush = () -> flush(commands);
        return new Object[] {bind, usable, restore, unsent, flush};
    }

    private static Set<String> properties() {
        Set<String> names = new HashSet<String>();
        for (PGProperty property : PGProperty.values()) {
            names.add(property.getName());
        }
        return names;
    }

    @SuppressWarnings("unchecked")
    private static Object bind(Object shell, PgConnection physical, PoolshimState state, Object agent) {
        PoolshimLoan loan =
                new PoolshimLoan(physical, (BiFunction<Object, Object, Object>) agent, state, state.commands());
        ((PoolshimShell) shell).poolshim$init(loan);
        return loan;
    }

    /** Whether a bound shell works as a connection of this driver does; no round trip. */
    private static Object probe(PgConnection shell) throws SQLException {
        // prepareStatement() ends in a final method: woven
        try (PreparedStatement prepared = shell.prepareStatement("SELECT 1");
                PreparedStatement returning = shell.prepareStatement("SELECT 1", new String[] {"x"});
                CallableStatement callable = shell.prepareCall("{call f()}");
                Statement plain = shell.createStatement()) {
            return prepared.getConnection() == shell
                    && returning.getConnection() == shell
                    && callable.getConnection() == shell
                    && plain.getConnection() == shell
                    && shell.getMetaData().getConnection() == shell;
        }
    }

    private static boolean isUsable(PgConnection physical, PoolshimState state, boolean longerLook) {
        try {
            if (physical.isClosed()) {
                return false;
            }
            boolean left = state.commands().begin(); // nobody else is to send anything while this looks
            boolean usable = (left || state.isAnswering())
                    && (!state.isUncertain() && state.isQuiet(longerLook) || state.isValid(physical, 1));
            if (left) {
                state.commands().leave();
            }
            return usable;
        } catch (SQLException e) {
            return false;
        } catch (IOException ended) {
            return false;
        }
    }

    /** {physical, state, longer look?} to the attributes of a connection that has died; null if it lives. */
    private static Object attributesIfDead(Object[] parts) throws SQLException, IOException {
        PgConnection physical = (PgConnection) parts[0];
        PoolshimState state = (PoolshimState) parts[1];
        if (physical.isClosed()) {
            return null; // the application knows
        }
        PoolshimState attributes = null;
        try {
            if (state.isQuiet((Boolean) parts[2])) {
                return null;
            }
            attributes = new PoolshimState(physical); // before the driver notices and refuses to tell
            return state.isValid(physical, 1) ? null : attributes;
        } catch (IOException ended) {
            return attributes != null ? attributes : new PoolshimState(physical);
        }
    }

    /** {physical, state} to whether its server takes writes; null if it does not answer. */
    private static Object isPrimary(Object[] parts) {
        try {
            return ((PoolshimState) parts[1]).isPrimary((PgConnection) parts[0]);
        } catch (SQLException e) {
            return null;
        } catch (IOException e) {
            return null;
        }
    }

    /** {physical, state, query} to its rows, each value as text; null if it fails. */
    private static Object rows(Object[] parts) {
        try {
            return ((PoolshimState) parts[1]).rows((PgConnection) parts[0], (String) parts[2]);
        } catch (SQLException e) {
            return null;
        } catch (IOException e) {
            return null;
        }
    }

    /** {physical, state, seconds}. */
    private static Object isValid(Object[] parts) {
        PgConnection physical = (PgConnection) parts[0];
        try {
            return !physical.isClosed() && ((PoolshimState) parts[1]).isValid(physical, (Integer) parts[2]);
        } catch (SQLException e) {
            return false;
        } catch (IOException e) {
            return false;
        }
    }

    /** {@code how}: see the agent's class Restore. An SQL error means that the session cannot be handed on. */
    private static boolean restore(PgConnection physical, PoolshimState state, int how) {
        try {
            return state.restore(physical, how);
        } catch (SQLException e) {
            return false;
        } catch (IOException e) {
            return false;
        }
    }

    /** Should it fail, whoever uses the connection next finds out. */
    private static void flush(PoolshimCommands commands) {
        try {
            commands.flush();
        } catch (IOException broken) {
            return;
        }
    }

    /** {physical, state}. */
    private static void close(Object[] parts) throws SQLException {
        PgConnection physical = (PgConnection) parts[0];
        ((PoolshimState) parts[1]).readAnswer(physical);
        physical.close();
    }

    /** {host, port, database} of an open connection. */
    private static Object address(PgConnection physical) {
        QueryExecutor executor = physical.getQueryExecutor();
        HostSpec host = executor.getHostSpec();
        return new Object[] {host.getHost(), host.getPort(), executor.getDatabase()};
    }
}
