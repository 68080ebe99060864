package io.poolshim.benchmark.stub;

import java.util.Arrays;
import java.util.HashSet;
import java.util.function.BiFunction;
import java.util.function.Function;

/** What the agent asks of this driver, by name. */
public final class PoolshimOperations implements BiFunction<Object, Object, Object> {
    @Override
    public Object apply(Object operation, Object argument) {
        switch ((String) operation) {
            case "install":
            case "died":
            case "attributes":
                return null;
            case "properties":
                return new HashSet<>(Arrays.asList("user", "password"));
            case "state":
                return "new";
            case "function":
                return function((String) argument);
            case "probe":
                return !((StubConnection) argument).isClosed();
            case "valid":
                return isUsable((Object[]) argument);
            case "close":
                ((StubConnection) argument).close();
                return null;
            case "address":
                return new Object[] {"nowhere", 1, "stub"};
            default:
                throw new IllegalArgumentException(String.valueOf(operation));
        }
    }

    private static Function<Object[], Object> function(String operation) {
        switch (operation) {
            case "bind":
                return PoolshimOperations::bind;
            case "usable":
                return PoolshimOperations::isUsable;
            default:
                return PoolshimOperations::restore;
        }
    }

    private static Object isUsable(Object[] parts) {
        return !((StubConnection) parts[0]).isClosed();
    }

    /** {shell, physical, state, agent}. */
    @SuppressWarnings("unchecked")
    private static Object bind(Object[] parts) {
        PoolshimLoan loan = new PoolshimLoan((StubConnection) parts[1], (BiFunction<Object, Object, Object>) parts[3]);
        ((PoolshimShell) parts[0]).poolshim$init(loan);
        return loan;
    }

    /** The attributes that HikariCP restores, too. */
    private static Object restore(Object[] parts) {
        StubConnection physical = (StubConnection) parts[0];
        if (physical.isClosed()) {
            return false;
        }
        if (!physical.getAutoCommit()) {
            physical.rollback();
            physical.setAutoCommit(true);
        }
        physical.setReadOnly(false);
        physical.clearWarnings();
        return true;
    }
}
