package io.poolshim.proxy;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Between the wrappers of one borrower and the physical connection it has borrowed. After {@code close()} no wrapper
 * reaches the physical connection or anything made by it: calls on the connection go to a really closed one of the same
 * kind, the tombstone, and calls on all others fail as that one does.
 *
 * <p>Every call is counted while it runs. A call counts itself and then reads the target, a close clears the target and
 * then reads the count: so either the call finds the connection closed, or the close finds it busy and does not hand it
 * on.
 */
final class Loan {
    private final AtomicReference<Connection> target;
    private final AtomicInteger calls = new AtomicInteger();
    private final Connection physical;
    private final SessionState state;
    private final BiFunction<Object, Object, Object> agent;
    private final Wrappers wrappers = new Wrappers(this);
    private final Connection connection;
    private volatile @Nullable Connection tombstone;

    Loan(Connection physical, SessionState state, BiFunction<Object, Object, Object> agent) {
        this.target = new AtomicReference<>(physical);
        this.physical = physical;
        this.state = state;
        this.agent = agent;
        this.connection = (Connection) Proxy.newProxyInstance(
                Interfaces.loader(physical.getClass()),
                Interfaces.of(physical.getClass()),
                new ConnectionWrapper(this));
    }

    /** What the application has. */
    Connection connection() {
        return connection;
    }

    boolean isPhysical(Object value) {
        return value == physical;
    }

    Wrappers wrappers() {
        return wrappers;
    }

    BiFunction<Object, Object, Object> agent() {
        return agent;
    }

    /** The connection that a call may use, null after the end; each is followed by {@link #exit}. */
    @Nullable Connection enter() {
        calls.incrementAndGet();
        return target.get();
    }

    /** Whether a call may use what the connection has made; each is followed by {@link #exit}. */
    boolean enterObject() {
        return enter() != null || tombstone == physical; // really closed: what it made is nobody else's
    }

    void exit() {
        calls.decrementAndGet();
    }

    /** A call that nobody could take back. */
    void watch(Method method) {
        boolean ofJdbc = method.getDeclaringClass().getName().startsWith("java.");
        if (!ofJdbc || state.isIrreversible(method.getName())) {
            taint(method.getName());
        }
    }

    /** The connection is not to be handed on, because of what the application did or got. */
    @SuppressWarnings("ReturnValueIgnored") // a function, and yet some things are only said to it
    void taint(String what) {
        agent.apply("taint", what);
    }

    void close() {
        if (target.getAndSet(null) != null) {
            boolean busy = calls.get() > 0; // even by this very thread: really closed, as it would have been unpooled
            if (!busy && !wrappers.close()) {
                taint("close");
            }
            end(busy ? "close-busy" : "close");
        }
    }

    /** Some drivers ignore it, and then the connection is still open. */
    void abort(Executor threads) throws SQLException {
        Connection aborted = enter();
        boolean ended;
        try {
            (aborted == null ? tombstone() : aborted).abort(threads);
            ended = aborted != null && aborted.isClosed();
        } finally {
            exit();
        }
        if (!ended) {
            taint("abort");
        } else if (target.getAndSet(null) != null) {
            end("aborted");
        }
    }

    private void end(String how) {
        Connection reallyClosed = (Connection) agent.apply(how, null);
        if (reallyClosed != null) {
            tombstone = reallyClosed;
        }
    }

    boolean isClosed() throws SQLException {
        Connection open = enter();
        try {
            return open == null || open.isClosed();
        } finally {
            exit();
        }
    }

    /** A really closed connection. */
    Connection tombstone() throws SQLException {
        Connection closed = tombstone;
        if (closed == null) {
            closed = (Connection) agent.apply("tombstone", null);
            if (closed == null) {
                throw closedAlready();
            }
            tombstone = closed;
        }
        return closed;
    }

    /** What a call fails with on a statement whose connection is closed: what the driver says of such a connection. */
    SQLException failure() {
        try {
            tombstone().createStatement().close();
            return closedAlready();
        } catch (SQLException e) {
            return e;
        }
    }

    private static SQLException closedAlready() {
        return new SQLException("This connection has been closed.", "08003");
    }
}
