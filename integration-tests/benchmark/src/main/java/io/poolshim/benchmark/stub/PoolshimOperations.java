package io.poolshim.benchmark.stub;

import java.util.Arrays;
import java.util.HashSet;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.function.Predicate;

/** What the agent asks of this driver, by name. */
public final class PoolshimOperations implements BiFunction<Object, Object, Object> {
    @Override
    @SuppressWarnings("unchecked") // what the agent gives
    public Object apply(Object operation, Object argument) {
        switch ((String) operation) {
            case "install":
                PoolshimLoan.executors = (Function<Object, Object>) argument;
                return null;
            case "died":
            case "attributes":
                return null;
            case "properties":
                return new HashSet<>(Arrays.asList("user", "password"));
            case "state":
                return "new";
            case "functions":
                return functions((StubConnection) ((Object[]) argument)[0]);
            case "probe":
                return !((StubConnection) argument).isClosed();
            case "valid":
                return isUsable((StubConnection) ((Object[]) argument)[0]);
            case "close":
                ((StubConnection) ((Object[]) argument)[0]).close();
                return null;
            case "address":
                return new Object[] {"nowhere", 1, "stub"};
            default:
                throw new IllegalArgumentException(String.valueOf(operation));
        }
    }

    private static Object[] functions(StubConnection physical) {
        BiFunction<Object, BiFunction<Object, Object, Object>, Object> bind =
                (shell, agent) -> bind((PoolshimShell) shell, physical, agent);
        Predicate<Boolean> usable = longerLook -> isUsable(physical);
        IntPredicate restore = how -> restore(physical);
        BooleanSupplier unsent = () -> false;
        Runnable flush = () -> {};
        return new Object[] {bind, usable, restore, unsent, flush};
    }

    private static boolean isUsable(StubConnection physical) {
        return !physical.isClosed();
    }

    private static Object bind(PoolshimShell shell, StubConnection physical, BiFunction<Object, Object, Object> agent) {
        PoolshimLoan loan = new PoolshimLoan(physical, agent);
        shell.poolshim$init(loan);
        return loan;
    }

    /** The attributes that HikariCP restores, too. */
    private static boolean restore(StubConnection physical) {
        if (physical.isClosed()) {
            return false;
        }
        if (!physical.getAutoCommit()) {
            physical.rollback();
            physical.setAutoCommit(true);
        }
        if (physical.isReadOnly()) {
            physical.setReadOnly(false);
        }
        physical.clearWarnings();
        return true;
    }
}
