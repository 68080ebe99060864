package io.poolshim.pool;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/** The data of one loan: OPEN until exactly one side closes it. */
public final class BorrowRecord {
    private enum State {
        OPEN,
        CLOSED
    }

    private final ConnectionPool pool;
    private volatile PooledPhysical physical;
    private final boolean reused;
    private final String place;
    private final Holdings holdings;
    private final Thread thread = Thread.currentThread();
    private final long since = System.nanoTime();
    private final AtomicReference<State> state = new AtomicReference<>(State.OPEN);
    private final AtomicReference<Grant> grant;
    private final AtomicBoolean putAway = new AtomicBoolean();
    private final AtomicBoolean finished = new AtomicBoolean();
    private volatile boolean warned;
    private volatile boolean abandoned;

    @SuppressWarnings("UnusedVariable") // it only keeps alive
    private volatile Object watch;

    /** What a listener keeps with the loan. */
    public volatile Object attachment;

    BorrowRecord(
            ConnectionPool pool,
            PooledPhysical physical,
            Grant grant,
            boolean reused,
            String place,
            Holdings holdings) {
        this.pool = pool;
        this.physical = physical;
        this.grant = new AtomicReference<>(grant);
        this.reused = reused;
        this.place = place;
        this.holdings = holdings;
    }

    public ConnectionPool pool() {
        return pool;
    }

    public Physical physical() {
        return physical.physical();
    }

    /** On what terms; changes once, from POOL or OVERFLOW to OWN, if the connection is held for long. */
    public Grant grant() {
        return grant.get();
    }

    /** Whether the connection was idle in the pool before. */
    public boolean isReused() {
        return reused;
    }

    /** Ends the loan; true for exactly one caller, who must then call {@link ConnectionPool#giveBack}. */
    public boolean tryClose() {
        return state.compareAndSet(State.OPEN, State.CLOSED);
    }

    /** Keeps what watches the borrowed connection alive until the loan ends. */
    public void watchedBy(Object watcher) {
        watch = watcher;
    }

    /**
     * Whoever closed the record cannot finish, at the end of the stack or of the heap: then the pool's housekeeping takes
     * the connection back.
     */
    public void abandon() {
        abandoned = true;
    }

    boolean isAbandoned() {
        return abandoned;
    }

    /** True once: then the connection is kept or closed. */
    boolean putAway() {
        return putAway.compareAndSet(false, true);
    }

    /** True once: then the place is given back. */
    boolean finish() {
        return finished.compareAndSet(false, true);
    }

    /** Whether nobody has closed it yet. */
    public boolean isOpen() {
        return state.get() == State.OPEN;
    }

    PooledPhysical pooled() {
        return physical;
    }

    Holdings holdings() {
        return holdings;
    }

    /** The terms until now, which become OWN. */
    Grant makeOwn() {
        return grant.getAndSet(Grant.OWN);
    }

    /** For how long it has been held. */
    public long heldMillis() {
        return heldNanos() / 1_000_000;
    }

    void replace(PooledPhysical other) {
        physical = other;
    }

    long heldNanos() {
        return System.nanoTime() - since;
    }

    /** True once. */
    boolean warnOnce() {
        boolean first = !warned;
        warned = true;
        return first;
    }

    /** Where it was borrowed. */
    public String place() {
        return place;
    }

    /** Who has the connection, since when, borrowed where: for logs and exceptions. */
    String describe() {
        return "thread '" + thread.getName() + "' for " + heldNanos() / 1_000_000 + " ms, borrowed by " + place;
    }
}
