package io.poolshim.wrap;

import io.poolshim.config.Config;
import io.poolshim.pool.AgentThreads;
import io.poolshim.pool.ConnectionPool;
import io.poolshim.pool.Opener;
import io.poolshim.pool.Physical;
import io.poolshim.pool.PoolListener;
import io.poolshim.session.DriverOperations;
import io.poolshim.session.DriverProfile;
import io.poolshim.session.OpaqueSql;
import io.poolshim.session.PhysicalConnection;
import io.poolshim.session.SessionReset;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.BiFunction;

/** A driver whose connections are words, and everything of the agent around it. */
final class FakeDriver implements Opener {
    private static final Config CONFIG =
            Config.read(new Properties(), Collections.emptyMap(), "pool.max-size=1,pool.overflow=0");

    private final ScheduledThreadPoolExecutor scheduler = AgentThreads.scheduler();
    private final DriverOperations operations = new DriverOperations(this::answer);
    final ConnectionPool pool = new ConnectionPool("fake", CONFIG, scheduler, new PoolListener() {});
    final Borrowing borrowing = new Borrowing(
            new PooledDriver(DriverProfile.POSTGRESQL, operations, String.class, this::newShell),
            SessionReset.discardAll(CONFIG),
            new OpaqueSql(),
            QueryListener.NONE,
            new Sabotage("none"));

    /** What was asked of the driver that changes something. */
    final List<String> calls = new ArrayList<>();
    /** What the shell made last tells the agent. */
    BiFunction<Object, Object, Object> agent;

    int opened;
    boolean restorable = true;
    boolean sound = true;
    boolean shells = true;
    boolean dead;
    RuntimeException surprise;
    RuntimeException refusal;

    Connection borrow() throws SQLException {
        pool.enter();
        return borrowing.borrow(pool, this, "test", 0);
    }

    @Override
    public Physical open() {
        if (refusal != null) {
            throw refusal;
        }
        return new PhysicalConnection(operations, "socket-" + ++opened);
    }

    private Object newShell() {
        if (!shells) {
            throw new IllegalStateException("no shell");
        }
        return Proxy.newProxyInstance(
                FakeDriver.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    throw new UnsupportedOperationException(method.getName());
                });
    }

    @SuppressWarnings("unchecked")
    private Object answer(Object operation, Object argument) {
        Object[] parts = argument instanceof Object[] ? (Object[]) argument : new Object[] {argument};
        switch ((String) operation) {
            case "properties":
                return Collections.emptySet();
            case "state":
                return "state of " + argument;
            case "address":
                return new Object[] {"host", 5432, "db"};
            case "bind":
                agent = (BiFunction<Object, Object, Object>) parts[3];
                return null;
            case "probe":
                return sound;
            case "usable":
            case "valid":
                return true;
            case "died":
                return dead ? "of " + parts[0] : null;
            case "attributes":
                calls.add("attributes " + parts[0] + " " + parts[1]);
                return null;
            case "restore":
                calls.add("restore " + parts[0]);
                if (surprise != null) {
                    throw surprise;
                }
                return restorable;
            case "close":
                calls.add("close " + argument);
                return null;
            default:
                throw new IllegalArgumentException("unexpected: " + operation);
        }
    }

    void end() {
        scheduler.shutdownNow();
    }
}
