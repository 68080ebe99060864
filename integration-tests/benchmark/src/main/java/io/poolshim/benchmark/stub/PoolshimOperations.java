package io.poolshim.benchmark.stub;

import java.util.Arrays;
import java.util.HashSet;
import java.util.function.BiFunction;

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
            case "bind":
                return bind((Object[]) argument);
            case "probe":
                return !((StubConnection) argument).isClosed();
            case "usable":
            case "valid":
                return !((StubConnection) ((Object[]) argument)[0]).isClosed();
            case "restore":
                return restore((StubConnection) ((Object[]) argument)[0]);
            case "close":
                ((StubConnection) argument).close();
                return null;
            case "address":
                return new Object[] {"nowhere", 1, "stub"};
            default:
                throw new IllegalArgumentException(String.valueOf(operation));
        }
    }

    /** {shell, physical, state, agent}. */
    @SuppressWarnings("unchecked")
    private static Object bind(Object[] parts) {
        ((PoolshimShell) parts[0])
                .poolshim$init(
                        new PoolshimLoan((StubConnection) parts[1], (BiFunction<Object, Object, Object>) parts[3]));
        return parts[0];
    }

    /** The attributes that HikariCP restores, too. */
    private static Object restore(StubConnection physical) {
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
