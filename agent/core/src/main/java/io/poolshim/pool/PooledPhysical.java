package io.poolshim.pool;

import io.poolshim.log.Log;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLFeatureNotSupportedException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A physical connection in the pool, and the facade that HikariCP manages in its place: HikariCP sets auto-commit,
 * read-only and time-outs on what it is given, and must not do that to the physical connection behind our back.
 */
final class PooledPhysical extends Usage implements InvocationHandler {
    /** What HikariCP's own adder thread gets: there is nothing to add, the borrower is to open a connection itself. */
    @SuppressWarnings("NullAway") // has no physical connection, and nobody asks for it
    static final PooledPhysical EMPTY = new PooledPhysical(null, 0, closed -> {});

    private final Physical physical;
    private final int generation;
    private final Consumer<PooledPhysical> onClose;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Connection facade = (Connection)
            Proxy.newProxyInstance(PooledPhysical.class.getClassLoader(), new Class<?>[] {Connection.class}, this);

    @SuppressWarnings({"unused", "UnusedVariable"}) // see Apart
    private long a0, a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, a13, a14, a15;

    private long openedNanos;

    /** Whether HikariCP has taken it in: while it does, it may ask whether what has just been used is valid. */
    boolean isKnown;

    /** HikariCP's entry for it; null if the connection never was HikariCP's. */
    @Nullable Object entry;

    PooledPhysical(Physical physical, int generation, Consumer<PooledPhysical> onClose) {
        this.physical = physical;
        this.generation = generation;
        this.onClose = onClose;
    }

    /** The one whose facade it is. */
    static PooledPhysical behind(Connection facade) {
        return (PooledPhysical) Proxy.getInvocationHandler(facade); // not quick, but seldom
    }

    Physical physical() {
        return physical;
    }

    Connection facade() {
        return facade;
    }

    void openedIn(long nanos) {
        openedNanos = nanos;
    }

    /** How long it took to open. */
    long openedNanos() {
        return openedNanos;
    }

    /** The generation of the pool's connections when it was asked for. */
    int generation() {
        return generation;
    }

    /** Whether HikariCP knows it. */
    boolean isShelved() {
        return entry != null;
    }

    boolean isUsable(long now) {
        return physical.isUsable(TimeUnit.NANOSECONDS.toMillis(now - lastUsed()));
    }

    /** Really closes the connection, once. */
    void close() {
        if (physical != null && closed.compareAndSet(false, true)) {
            onClose.accept(this);
            try {
                physical.close();
            } catch (Throwable e) {
                Log.swallowed("closing a physical connection", e);
            }
        }
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object[] args) throws Throwable {
        switch (method.getName()) {
            case "unwrap":
                return this;
            case "close":
            case "abort":
                close();
                return null;
            case "isClosed":
                return closed.get();
            case "isValid":
                return physical != null && (!isKnown || physical.isValid((Integer) args[0]));
            case "getAutoCommit":
                return true;
            case "isReadOnly":
                return false;
            case "getTransactionIsolation":
                return Connection.TRANSACTION_READ_COMMITTED;
            case "getNetworkTimeout":
                return 0;
            case "clearWarnings":
            case "setNetworkTimeout":
            case "setReadOnly":
            case "setAutoCommit":
                return null;
            case "hashCode":
                return System.identityHashCode(this);
            case "equals":
                return proxy == args[0];
            case "toString":
                return "physical connection " + System.identityHashCode(this);
            default:
                throw new SQLFeatureNotSupportedException(method.getName());
        }
    }
}
