package io.poolshim.pool;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * One loan, from when it is asked for: it is open until exactly one side closes it. One object for each borrow, so it is a
 * lean one.
 */
@SuppressWarnings("NullAway.Init") // what the pool gives, it gives before anybody asks
public class BorrowRecord {
    private static final AtomicReferenceFieldUpdater<BorrowRecord, PooledPhysical> PHYSICAL =
            AtomicReferenceFieldUpdater.newUpdater(BorrowRecord.class, PooledPhysical.class, "physical");
    private static final AtomicIntegerFieldUpdater<BorrowRecord> STEPS =
            AtomicIntegerFieldUpdater.newUpdater(BorrowRecord.class, "steps");

    private static final int CLOSED = 1;
    private static final int ABANDONED = 2;
    private static final int WARNED = 4;
    private static final int OWN = 8;
    private static final int REPLACING = 16;
    private static final int OVERFLOW = 32;

    private final ConnectionPool pool;
    private final Opener opener;
    private final String place;
    private volatile PooledPhysical physical;
    private boolean reused;
    private boolean timedOut;
    private Holdings holdings;
    private long since;
    private int queuedMicros; // no more than half an hour, which is a single int
    private volatile int steps; // those taken so far, and the terms
    private boolean putAway; // by whoever closed it or, once that one has abandoned it, by the housekeeping
    private boolean finished;

    @SuppressWarnings("UnusedVariable") // it only keeps alive
    private @Nullable Object watch;

    /** What a listener keeps with the loan. */
    public volatile @Nullable Object attachment;

    /**
     * A loan to be, see {@link ConnectionPool#borrow}.
     *
     * @param opener opens a connection in the thread that borrows
     * @param place where it is borrowed, for logs
     */
    public BorrowRecord(ConnectionPool pool, Opener opener, String place) {
        this.pool = pool;
        this.opener = opener;
        this.place = place;
    }

    /** It is granted. Volatile fields are written without a memory barrier each: the pool publishes all of it at once. */
    void begin(PooledPhysical granted, Grant terms, Holdings holder, long nanoTime) {
        PHYSICAL.lazySet(this, granted);
        if (terms != Grant.POOL) {
            STEPS.lazySet(this, terms == Grant.OWN ? OWN : OVERFLOW);
        }
        reused = granted.isShelved();
        holdings = holder;
        since = nanoTime;
    }

    /** True for the first one who takes this step, unless one of the others has been taken. */
    private boolean take(int step, int unless) {
        for (int now = steps; (now & (step | unless)) == 0; now = steps) {
            if (STEPS.compareAndSet(this, now, now | step)) {
                return true;
            }
        }
        return false;
    }

    public ConnectionPool pool() {
        return pool;
    }

    public Opener opener() {
        return opener;
    }

    public Physical physical() {
        return physical.physical();
    }

    /** It waited for a place in vain. */
    void timedOut() {
        timedOut = true;
    }

    /** Whether it waited for a place in vain. */
    public boolean hasTimedOut() {
        return timedOut;
    }

    /** It waited so long for its place. */
    void queued(long nanos) {
        queuedMicros = (int) Math.min(nanos / 1000, Integer.MAX_VALUE);
    }

    /** How long it waited for a place of its pool. */
    public long queuedNanos() {
        return queuedMicros * 1000L;
    }

    /** How long it took to open its connection; 0 if that was idle before. */
    public long openedNanos() {
        return reused ? 0 : physical.openedNanos();
    }

    /** The class that asked for a connection; null if that is not known. */
    public @Nullable Class<?> caller() {
        return opener.caller();
    }

    /** On what terms; changes once, from POOL or OVERFLOW to OWN, if the connection is held for long. */
    public Grant grant() {
        int now = steps;
        return (now & OWN) != 0 ? Grant.OWN : (now & OVERFLOW) != 0 ? Grant.OVERFLOW : Grant.POOL;
    }

    /** Whether the connection was idle in the pool before. */
    public boolean isReused() {
        return reused;
    }

    /**
     * Ends the loan; true for exactly one caller, who must then call {@link ConnectionPool#giveBack}. False, too, between
     * {@link #beginReplacement} and its end.
     */
    public boolean tryClose() {
        return take(CLOSED, REPLACING);
    }

    /** Keeps the loan from ending; false if it has ended. One thread at a time. */
    public boolean beginReplacement() {
        return take(REPLACING, CLOSED);
    }

    /** The loan may end. */
    public void endReplacement() {
        STEPS.getAndUpdate(this, now -> now & ~REPLACING);
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
        take(ABANDONED, 0);
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

    /** The terms until now, which become OWN; null if they were, or if the loan has ended. */
    @Nullable Grant makeOwn() {
        Grant until = grant();
        return take(OWN, CLOSED) ? until : null;
    }

    /** Since when it has been held, by {@link System#nanoTime()}. */
    public long since() {
        return since;
    }

    /** For how long it has been held. */
    public long heldNanos() {
        return System.nanoTime() - since;
    }

    /** For how long it has been held. */
    public long heldMillis() {
        return heldNanos() / 1_000_000;
    }

    void replace(PooledPhysical other) {
        physical = other;
    }

    /** True once. */
    boolean warnOnce() {
        return take(WARNED, 0);
    }

    /** So many statements are about to be sent. */
    protected void executes(int statements) {
        if (pool.countsStatements()) {
            physical.executes(statements);
        }
    }

    /** Whether its connection is the application's own, whatever is free, and the agent looks on. */
    protected boolean isObserved() {
        return false;
    }

    /** Its connection is about to be opened; {@code nested} if the thread holds another one. If it is observed. */
    protected void asked(boolean nested) {}

    /** Opening its connection failed. */
    protected void refused(Throwable thrown) {}

    /** It was dropped without {@code close()}; {@link #left} follows. */
    protected void dropped() {}

    /** It has no connection any more, or never had one. */
    protected void left() {}

    /** Where it was borrowed. */
    public String place() {
        return place;
    }

    /** The name of the thread that borrowed it. */
    public String borrower() {
        return holdings.thread().getName();
    }

    /** The thread that borrowed it. */
    public Thread holder() {
        return holdings.thread();
    }

    /** Who has the connection, since when, borrowed where: for logs and exceptions. */
    String describe() {
        return "thread '" + borrower() + "' for " + heldMillis() + " ms, borrowed by " + place;
    }
}
