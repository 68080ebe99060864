package io.poolshim.pool;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Who may have a connection: the places of the pool, first come first served, and the overflow beyond them. The lock is
 * taken only while somebody waits, or while the pool is suspended or off.
 */
final class Permits {
    private static final int SUSPENDED = 1 << 30;
    private static final int OFF = 1 << 29;
    private static final int STALLED = 1 << 28; // see isStalled
    private static final int STALLED_NESTED = 1 << 27; // for those who hold connections only: they wait less
    private static final int PENDING = STALLED_NESTED - 1;

    private volatile int size;
    private volatile int overflow;
    private volatile int keptForNested;
    private volatile long stalledAfter;
    private final Places places;
    private final AtomicInteger overflowFree;

    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<Waiter> waiters = new ArrayDeque<>();
    private volatile int barrier; // how many wait, and whether they are to or not: a borrower looks at one field only
    private volatile long lastReturn; // while somebody waits

    /** {@code stalledNanos}: nobody waits on when for so long nobody has returned anything; 0 for never. */
    Permits(int places, int overflow, long stalledNanos) {
        this.places = new Places(places);
        this.overflowFree = new AtomicInteger(overflow);
        this.lastReturn = System.nanoTime();
        setSizes(places, overflow, stalledNanos);
    }

    private void setSizes(int newSize, int newOverflow, long stalledNanos) {
        size = newSize;
        overflow = newOverflow;
        keptForNested = (newOverflow + 3) / 4;
        stalledAfter = stalledNanos == 0 ? Long.MAX_VALUE : stalledNanos;
    }

    /**
     * There are more places from now on, or fewer; those that are taken stay with whoever has them, and if they are too many
     * they end when they are released.
     */
    void resize(int newSize, int newOverflow, long stalledNanos) {
        lock.lock();
        try {
            places.resize(newSize);
            overflowFree.addAndGet(newOverflow - overflow);
            setSizes(newSize, newOverflow, stalledNanos);
            hopeAgain();
            wakeAll();
        } finally {
            lock.unlock();
        }
        grantPlaces();
        grantOverflow();
    }

    /** Suspended: nobody gets a place but those who hold connections already, since others may wait for what they do. */
    void setSuspended(boolean suspended) {
        setFlag(SUSPENDED, suspended);
    }

    /** Off: there is nothing to be had, and nobody waits for it. */
    void setOff(boolean off) {
        setFlag(OFF, off);
    }

    private void setFlag(int flag, boolean on) {
        lock.lock();
        try {
            barrier = (on ? barrier | flag : barrier & ~flag) & ~(STALLED | STALLED_NESTED);
            lastReturn = System.nanoTime(); // who was made to wait has not waited in vain
            wakeAll();
            grantPlaces(); // before anybody who was woken can give up
            grantOverflow();
        } finally {
            lock.unlock();
        }
    }

    /** For each to look again whether waiting helps. */
    private void wakeAll() {
        for (Waiter waiter : waiters) {
            LockSupport.unpark(waiter.thread);
        }
    }

    boolean isSuspended() {
        return (barrier & SUSPENDED) != 0;
    }

    boolean isOff() {
        return (barrier & OFF) != 0;
    }

    /** Whether somebody has waited in vain, and nobody has returned anything since. */
    boolean isStalled() {
        return (barrier & (STALLED | STALLED_NESTED)) != 0;
    }

    private void countWaiters() {
        barrier = barrier & ~PENDING | waiters.size();
    }

    /** A caller that asks for a connection. Times in nanoseconds; a nested one holds connections already. */
    static final class Ask {
        final boolean nested;
        final int heldHere;
        final long overflowAfter;
        final long giveUpAfter;

        Ask(boolean nested, int heldHere, long overflowAfter, long giveUpAfter) {
            this.nested = nested;
            this.heldHere = heldHere;
            this.overflowAfter = overflowAfter;
            this.giveUpAfter = giveUpAfter;
        }
    }

    private static final class Waiter {
        final Thread thread = Thread.currentThread();
        final Ask ask;
        volatile @Nullable Grant grant;
        volatile boolean mayOverflow;

        Waiter(Ask ask) {
            this.ask = ask;
            this.mayOverflow = ask.nested;
        }
    }

    /** A place in the pool if one is free and nobody waits for it, or is to wait. */
    boolean tryPlace() {
        return barrier == 0 && places.take();
    }

    /**
     * Waits for a place.
     *
     * @return null if the time was up, if the thread was interrupted (its flag stays set), or if waiting does not help:
     *     every place is held by threads that wait here themselves, or nobody returns anything any more; or the pool is
     *     off
     */
    @Nullable Grant acquire(Ask ask) {
        if (tryPlace()) {
            return Grant.POOL;
        }
        if (ask.nested && isSuspended() && !isOff() && places.take()) {
            return Grant.POOL;
        }
        if (ask.nested && !isOff() && takeOverflow(true)) {
            return Grant.OVERFLOW;
        }
        return ask.giveUpAfter <= 0 || isOff() ? null : await(new Waiter(ask));
    }

    private @Nullable Grant await(Waiter waiter) {
        long start = System.nanoTime();
        enter(waiter);
        grantPlaces(); // one may have come free before we stood in the queue
        if (waiter.mayOverflow) {
            grantOverflow();
        }
        while (waiter.grant == null) {
            long now = System.nanoTime();
            long waited = now - start;
            long hope = isSuspended() ? Long.MAX_VALUE : hope(waiter.ask, waited, now);
            if (!waiter.mayOverflow && waited >= waiter.ask.overflowAfter) {
                waiter.mayOverflow = true;
                grantOverflow();
                continue;
            }
            boolean over = waited >= waiter.ask.giveUpAfter;
            if (over || hope <= 0 || isOff() || Thread.currentThread().isInterrupted() || isStuck(waiter)) {
                return leave(waiter, hope <= 0 || over && waiter.ask.nested && start - lastReturn > 0);
            }
            long until = waiter.mayOverflow ? waiter.ask.giveUpAfter : waiter.ask.overflowAfter;
            if (waiter.grant == null) { // the lock may have taken the wake-up that came with a grant
                LockSupport.parkNanos(this, Math.min(Math.min(until, waiter.ask.giveUpAfter) - waited, hope));
            }
        }
        return waiter.grant;
    }

    /** For how long it makes sense to wait for somebody to return something. */
    private long hope(Ask ask, long waited, long now) {
        if ((barrier & (ask.nested ? STALLED | STALLED_NESTED : STALLED)) != 0) {
            return 0;
        }
        return stalledAfter - Math.max(0, Math.min(waited, now - lastReturn)); // it may be later than now
    }

    private void enter(Waiter waiter) {
        lock.lock();
        try {
            waiters.add(waiter);
            countWaiters();
        } finally {
            lock.unlock();
        }
    }

    /** {@code inVain}: nobody has returned anything while it waited. The next ones do not wait for that again. */
    private @Nullable Grant leave(Waiter waiter, boolean inVain) {
        lock.lock();
        try {
            if (waiter.grant == null) {
                waiters.remove(waiter);
                countWaiters();
                if (inVain && !isSuspended() && stalledAfter != Long.MAX_VALUE) {
                    barrier |= waiter.ask.nested ? STALLED_NESTED : STALLED;
                }
            }
            return waiter.grant;
        } finally {
            lock.unlock();
        }
    }

    private void hopeAgain() {
        lock.lock();
        try {
            barrier &= ~(STALLED | STALLED_NESTED);
        } finally {
            lock.unlock();
        }
    }

    /** A thread waits for connections that only threads in this very queue could return. */
    private boolean isStuck(Waiter waiter) {
        if (!waiter.ask.nested) {
            return false;
        }
        lock.lock();
        try {
            int held = 0;
            for (Waiter other : waiters) {
                held += other.ask.heldHere;
            }
            return waiter.grant == null && held >= size + overflow;
        } finally {
            lock.unlock();
        }
    }

    /** Gives back what {@link #acquire} gave. */
    void release(Grant grant) {
        if (barrier != 0 && grant != Grant.OWN) {
            lastReturn = System.nanoTime();
            if (isStalled()) {
                hopeAgain();
            }
        }
        if (grant == Grant.POOL) {
            places.give();
            if (barrier != 0) {
                grantPlaces();
            }
        } else if (grant == Grant.OVERFLOW) {
            overflowFree.incrementAndGet();
            if (barrier != 0) {
                grantOverflow();
            }
        }
    }

    private void grantPlaces() {
        lock.lock();
        try {
            for (Iterator<Waiter> all = waiters.iterator(); all.hasNext(); ) {
                Waiter waiter = all.next();
                if (mayPass(waiter)) {
                    if (!places.take()) {
                        return;
                    }
                    all.remove();
                    grant(waiter, Grant.POOL);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean mayPass(Waiter waiter) {
        return !isOff() && (waiter.ask.nested || !isSuspended());
    }

    private void grantOverflow() {
        lock.lock();
        try {
            for (Iterator<Waiter> all = waiters.iterator(); all.hasNext(); ) {
                Waiter waiter = all.next();
                if (waiter.mayOverflow && mayPass(waiter) && takeOverflow(waiter.ask.nested)) {
                    all.remove();
                    grant(waiter, Grant.OVERFLOW);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private void grant(Waiter waiter, Grant grant) {
        countWaiters();
        waiter.grant = grant;
        LockSupport.unpark(waiter.thread);
    }

    private boolean takeOverflow(boolean nested) {
        int floor = nested ? 0 : keptForNested;
        for (int now = overflowFree.get(); now > floor; now = overflowFree.get()) {
            if (overflowFree.compareAndSet(now, now - 1)) {
                return true;
            }
        }
        return false;
    }

    /** From now on there are no places; false if one is taken. */
    boolean shut() {
        return places.shut();
    }

    /** After all; for those, too, who wait by now. */
    void reopen() {
        places.reopen();
        if (barrier != 0) {
            grantPlaces();
        }
    }

    /** Places and overflow in use. */
    int used() {
        return places.taken() + Math.max(overflow - overflowFree.get(), 0);
    }

    /** Whether more connections are out than the pool is to have, since it was made smaller. */
    boolean isInDebt() {
        return places.isInDebt();
    }

    /** Housekeeping after the pool was made smaller; true if it was since the last time. */
    boolean settle() {
        return places.settle();
    }

    /** Threads that wait. */
    int pending() {
        return barrier & PENDING;
    }
}
