package io.poolshim.wrap;

import io.poolshim.config.Config;
import io.poolshim.jdbc.Login;
import io.poolshim.observe.Uses;
import io.poolshim.pool.AgentThreads;
import io.poolshim.pool.ConnectionPool;
import io.poolshim.pool.Neighbourhood;
import io.poolshim.pool.Opener;
import io.poolshim.pool.Physical;
import io.poolshim.pool.PoolListener;
import io.poolshim.reclaim.LeakWatch;
import io.poolshim.session.DriverOperations;
import io.poolshim.session.PhysicalConnection;
import io.poolshim.session.PostgresProfile;
import io.poolshim.session.SessionReset;
import io.poolshim.sql.Databases;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.IntPredicate;
import java.util.function.Predicate;

/** A driver whose connections are words, and everything of the agent around it. */
final class FakeDriver implements Opener {
    private static final Config CONFIG =
            Config.read(new Properties(), Collections.emptyMap(), "pool.max-size=1,pool.overflow=0,pool.keep-from=1");

    private final ScheduledThreadPoolExecutor scheduler = AgentThreads.scheduler();
    private final DriverOperations operations = new DriverOperations(new PostgresProfile(), this::answer);
    final Uses uses = new Uses(caller -> "a place");
    final LeakWatch leaks = new LeakWatch(CONFIG);
    final ConnectionPool pool = new ConnectionPool(
            new Login("fake", Collections.singletonList("host:5432"), "db", 0),
            CONFIG,
            scheduler,
            new PoolListener() {},
            new Neighbourhood(100, () -> {}));
    final Borrowing borrowing = new Borrowing(
            new PooledDriver(new PostgresProfile(), operations, String.class, this::newShell),
            SessionReset.of(CONFIG),
            new Databases(CONFIG),
            leaks,
            QueryListener.NONE,
            new Sabotage("none", () -> {}),
            uses);

    /** See {@code CatalogueReader}. */
    List<String[]> catalogue = Collections.emptyList();

    /** What was asked of the driver that changes something. */
    final List<String> calls = new ArrayList<>();
    /** What the shell made last tells the agent. */
    BiFunction<Object, Object, Object> agent;

    int opened;
    boolean restorable = true;
    boolean sound = true;
    boolean shells = true;
    boolean valid = true;
    boolean usable = true;
    boolean dead;
    boolean inTransaction;
    RuntimeException surprise;
    RuntimeException stateless;
    Error fatal;
    Error shellFailure;
    RuntimeException refusal;

    Connection borrow() throws SQLException {
        return borrowing.borrow(pool, this, "test", 0);
    }

    @Override
    public Physical open() {
        if (refusal != null) {
            throw refusal;
        }
        return new PhysicalConnection(operations, "socket-" + ++opened, null);
    }

    private Object newShell() {
        if (shellFailure != null) {
            throw shellFailure;
        }
        if (!shells) {
            throw new IllegalStateException("no shell");
        }
        return Proxy.newProxyInstance(
                FakeDriver.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    throw new UnsupportedOperationException(method.getName());
                });
    }

    private Object[] functions(Object physical) {
        BiFunction<Object, BiFunction<Object, Object, Object>, Object> bind = (shell, asks) -> {
            agent = asks;
            return shell;
        };
        Predicate<Boolean> looksUsable = longerLook -> usable;
        IntPredicate restore = how -> restore(physical);
        BooleanSupplier unsent = () -> false;
        Runnable flush = () -> {};
        return new Object[] {bind, looksUsable, restore, unsent, flush};
    }

    private boolean restore(Object physical) {
        calls.add("restore " + physical);
        if (fatal != null) {
            throw fatal;
        }
        if (surprise != null) {
            throw surprise;
        }
        return restorable;
    }

    private Object answer(Object operation, Object argument) {
        Object[] parts = argument instanceof Object[] ? (Object[]) argument : new Object[] {argument};
        switch ((String) operation) {
            case "properties":
                return Collections.emptySet();
            case "functions":
                return functions(parts[0]);
            case "state":
                if (stateless != null) {
                    throw stateless;
                }
                return "state of " + argument;
            case "address":
                return new Object[] {"host", 5432, "db"};
            case "probe":
                return sound;
            case "rows":
                return parts[2].toString().contains("'function'")
                        ? catalogue
                        : Collections.singletonList(new String[] {"its version"});
            case "transaction":
                return inTransaction;
            case "valid":
                return valid;
            case "died":
                return dead ? "of " + parts[0] : null;
            case "attributes":
                calls.add("attributes " + parts[0] + " " + parts[1]);
                return null;
            case "close":
                calls.add("close " + parts[0]);
                return null;
            default:
                throw new IllegalArgumentException("unexpected: " + operation);
        }
    }

    void end() {
        scheduler.shutdownNow();
    }
}
