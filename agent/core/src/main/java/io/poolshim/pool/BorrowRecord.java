package io.poolshim.pool;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/** The data of one loan: open until exactly one side closes it. One object for each borrow, so it is a lean one. */
public final class BorrowRecord {
    private static final AtomicIntegerFieldUpdater<BorrowRecord> STEPS =
            AtomicIntegerFieldUpdater.newUpdater(BorrowRecord.class, "steps");
    private static final AtomicReferenceFieldUpdater<BorrowRecord, Grant> GRANT =
            AtomicReferenceFieldUpdater.newUpdater(BorrowRecord.class, Grant.class, "grant");

    private static final int CLOSED = 1;
    private static final int ABANDONED = 2;
    private static final int WARNED = 4;

    private final ConnectionPool pool;
    private volatile PooledPhysical physical;
    private final boolean reused;
    private final String place;
    private final Holdings holdings;
    private final long since;
    private volatile int steps; // those taken so far, each once
    private volatile Grant grant;
    private boolean putAway; // by whoever closed it or, once that one has abandoned it, by the housekeeping
    private boolean finished;

    @SuppressWarnings("UnusedVariable") // it only keeps alive
    private @Nullable Object watch;

    /** What a listener keeps with the loan. */
    public volatile @Nullable Object attachment;

    BorrowRecord(
            ConnectionPool pool, PooledPhysical physical, Grant grant, String place, Holdings holdings, long since) {
        this.pool = pool;
        this.physical = physical;
        this.grant = grant;
        this.reused = physical.isShelved();
        this.place = place;
        this.holdings = holdings;
        this.since = since;
    }

    /** True for the first one who takes this step. */
    private boolean take(int step) {
        for (int now = steps; (now & step) == 0; now = steps) {
            if (STEPS.compareAndSet(this, now, now | step)) {
                return true;
            }
        }
        return false;
    }

    public ConnectionPool pool() {
        return pool;
    }

    public Physical physical() {
        return physical.physical();
    }

    /** On what terms; changes once, from POOL or OVERFLOW to OWN, if the connection is held for long. */
    public Grant grant() {
        return grant;
    }

    /** Whether the connection was idle in the pool before. */
    public boolean isReused() {
        return reused;
    }

    /** Ends the loan; true for exactly one caller, who must then call {@link ConnectionPool#giveBack}. */
    public boolean tryClose() {
        return take(CLOSED);
    }

    /** Keeps what watches the borrowed connection alive until the loan ends; by the thread that borrows. */
    public void watchedBy(Object watcher) {
        watch = watcher;
    }

    /**
     * Whoever closed the record cannot finish, at the end of the stack or of the heap: then the pool's housekeeping takes
     * the connection back.
     */
    public void abandon() {
        take(ABANDONED);
    }

    boolean isAbandoned() {
        return (steps & ABANDONED) != 0;
    }

    /** True once: then the connection is kept or closed. */
    boolean putAway() {
        boolean first = !putAway;
        putAway = true;
        return first;
    }

    /** True once: then the place is given back. */
    boolean finish() {
        boolean first = !finished;
        finished = true;
        return first;
    }

    /** Whether nobody has closed it yet. */
    public boolean isOpen() {
        return (steps & CLOSED) == 0;
    }

    PooledPhysical pooled() {
        return physical;
    }

    Holdings holdings() {
        return holdings;
    }

    /** The terms until now, which become OWN. */
    Grant makeOwn() {
        return GRANT.getAndSet(this, Grant.OWN);
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
        return take(WARNED);
    }

    /** Where it was borrowed. */
    public String place() {
        return place;
    }

    /** Who has the connection, since when, borrowed where: for logs and exceptions. */
    String describe() {
        return "thread '" + holdings.thread().getName() + "' for " + heldMillis() + " ms, borrowed by " + place;
    }
}
