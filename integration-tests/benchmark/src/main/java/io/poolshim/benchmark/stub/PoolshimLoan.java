package io.poolshim.benchmark.stub;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Between a shell and its connection: the same protocol as in the loan for pgjdbc, without what pgjdbc alone needs. */
final class PoolshimLoan {
    /** Makes the executor that statements see; set once when this class is defined. */
    static volatile Function<Object, Object> executors;

    private static final AtomicReferenceFieldUpdater<PoolshimLoan, StubConnection> TARGET =
            AtomicReferenceFieldUpdater.newUpdater(PoolshimLoan.class, StubConnection.class, "target");
    private static final AtomicIntegerFieldUpdater<PoolshimLoan> CALLS =
            AtomicIntegerFieldUpdater.newUpdater(PoolshimLoan.class, "calls");

    private volatile StubConnection target;
    private volatile int calls;
    private final BiFunction<Object, Object, Object> agent;
    private volatile StubConnection tombstone;
    private volatile StubExecutor executor;
    private volatile boolean begun;
    private boolean checked; // a race costs a second look

    PoolshimLoan(StubConnection physical, BiFunction<Object, Object, Object> agent) {
        TARGET.lazySet(this, physical);
        this.agent = agent;
    }

    StubConnection enter() {
        CALLS.incrementAndGet(this);
        StubConnection physical = target;
        return physical != null ? physical : tombstone();
    }

    void exit() {
        CALLS.decrementAndGet(this);
    }

    private StubConnection tombstone() {
        if (tombstone == null) {
            tombstone = (StubConnection) agent.apply("tombstone", null);
        }
        return tombstone;
    }

    void beforeStatement(Object sql) {
        if (!begun) {
            agent.apply("first-statement", sql);
            begun = true;
        }
    }

    /** The executor that this loan's statements use; it never leads to a later borrower. */
    StubExecutor queryExecutor() {
        StubExecutor guarded = executor;
        if (guarded == null) {
            guarded = (StubExecutor) executors.apply(this);
            executor = guarded;
        }
        return guarded;
    }

    Object queryStarted(Object sql, int flags) {
        return agent.apply("query", sql);
    }

    int flags(Object sql, int flags) {
        return flags;
    }

    void queryEnded(Object token, Throwable thrown) {
        if (token != null) {
            agent.apply(token, thrown);
        }
    }

    void close() {
        if (TARGET.getAndSet(this, null) != null) {
            end(calls > 0 ? "close-busy" : "close");
        }
    }

    void abort(Executor threads) {
        enter().abort(threads);
        exit();
        if (TARGET.getAndSet(this, null) != null) {
            end("aborted");
        }
    }

    private void end(String how) {
        StubConnection reallyClosed = (StubConnection) agent.apply(how, null);
        if (reallyClosed != null) {
            tombstone = reallyClosed;
        }
    }

    boolean isClosed() {
        StubConnection physical = target;
        return physical == null || physical.isClosed();
    }

    void setTransactionIsolation(int level) {
        StubConnection physical = target;
        if (physical != null) {
            physical.setTransactionIsolation(level);
        }
    }

    void setClientInfo(String name, String value) {
        taint("setClientInfo");
    }

    void setClientInfo(Properties values) {
        taint("setClientInfo");
    }

    Properties getClientInfo() {
        taint("getClientInfo");
        return new Properties();
    }

    String getClientInfo(String name) {
        return getClientInfo().getProperty(name);
    }

    void taint(String what) {
        agent.apply("taint", what);
    }

    void created(Statement statement, Connection shell) throws SQLException {
        if (!checked) {
            checked = true;
            if (statement.getConnection() != shell) {
                agent.apply("foreign-statement", null);
            }
        }
    }

    static String describe(Object shell) {
        return StubConnection.class.getName() + "@" + Integer.toHexString(System.identityHashCode(shell));
    }
}
