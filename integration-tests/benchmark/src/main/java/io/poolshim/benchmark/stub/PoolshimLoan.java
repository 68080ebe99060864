package io.poolshim.benchmark.stub;

import java.sql.Connection;
import java.sql.Statement;
import java.util.Properties;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.BiFunction;

/** Between a shell and its connection: the same protocol as in the loan for pgjdbc, without what pgjdbc alone needs. */
final class PoolshimLoan {
    private static final AtomicReferenceFieldUpdater<PoolshimLoan, StubConnection> TARGET =
            AtomicReferenceFieldUpdater.newUpdater(PoolshimLoan.class, StubConnection.class, "target");
    private static final AtomicIntegerFieldUpdater<PoolshimLoan> CALLS =
            AtomicIntegerFieldUpdater.newUpdater(PoolshimLoan.class, "calls");

    private volatile StubConnection target;
    private volatile int calls;
    private final BiFunction<Object, Object, Object> agent;
    private volatile StubConnection tombstone;

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

    void beforeStatement() {
        agent.apply("first-statement", null);
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

    /** There are no statements. */
    void created(Statement statement, Connection shell) {
        taint("created");
    }

    static String describe(Object shell) {
        return StubConnection.class.getName() + "@" + Integer.toHexString(System.identityHashCode(shell));
    }
}
