package io.poolshim.pool;

import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/** Who uses a physical connection, and how it has been used: what each borrow and each return writes. */
abstract class Usage extends Apart {
    private static final AtomicReferenceFieldUpdater<Usage, @Nullable BorrowRecord> LOAN =
            AtomicReferenceFieldUpdater.newUpdater(Usage.class, BorrowRecord.class, "loan");
    private static final AtomicLongFieldUpdater<Usage> LAST_USED =
            AtomicLongFieldUpdater.newUpdater(Usage.class, "lastUsed");

    private volatile long lastUsed = System.nanoTime();
    private volatile @Nullable BorrowRecord loan;
    private int atOnce;
    private int uses;
    private long statements; // a race of two threads that share a connection loses some

    int uses() {
        return uses;
    }

    void borrowed() {
        uses++;
    }

    /** So many statements are sent. */
    void executes(int more) {
        statements += more;
    }

    /** How many were sent, if the settings ask for that. */
    long statements() {
        return statements;
    }

    /** It was borrowed from the shelf without any wait. */
    void borrowedAtOnce() {
        atOnce++;
    }

    /** How often it was; only nearly so while somebody borrows it. */
    int borrowsAtOnce() {
        return atOnce;
    }

    /** The loan of whoever has it; null if it is idle. */
    @Nullable BorrowRecord loan() {
        return loan;
    }

    /** From now on, in this loan. Whoever sees it sees what its thread has written before. */
    void lentIn(BorrowRecord record) {
        LOAN.lazySet(this, record);
    }

    /** In no loan any more; before anybody else can have it. At this {@link System#nanoTime()}. */
    void returned(long now) {
        LAST_USED.lazySet(this, now);
        LOAN.lazySet(this, null);
    }

    /** When it was returned, by {@link System#nanoTime()}; or opened, if it has not been. */
    long lastUsed() {
        return lastUsed;
    }
}
