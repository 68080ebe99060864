package io.poolshim.pool;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Who may have a connection: the places of the pool, first come first served, and the overflow beyond them. The lock is
 * taken only while somebody waits.
 */
final class Permits {
    private final int size;
    private final int overflow;
    private final int keptForNested;
    private final long stalledAfter;
    private final Places places;
    private final AtomicInteger overflowFree;

    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<Waiter> waiters = new ArrayDeque<>();
    private volatile int pending;
    private volatile long lastReturn; // while somebody waits

    /** {@code stalledNanos}: nobody waits on when for so long nobody has returned anything; 0 for never. */
    Permits(int places, int overflow, long stalledNanos) {
        this.stalledAfter = stalledNanos == 0 ? Long.MAX_VALUE : stalledNanos;
        this.size = places;
        this.overflow = overflow;
        this.keptForNested = (overflow + 3) / 4;
        this.places = new Places(places);
        this.overflowFree = new AtomicInteger(overflow);
        this.lastReturn = System.nanoTime();
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

    /** A place in the pool if one is free and nobody waits for it. */
    boolean tryPlace() {
        return pending == 0 && places.take();
    }

    /**
     * Waits for a place.
     *
     * @return null if the time was up, if the thread was interrupted (its flag stays set), or if waiting does not help:
     *     every place is held by threads that wait here themselves, or nobody returns anything any more
     */
    @Nullable Grant acquire(Ask ask) {
        if (tryPlace()) {
            return Grant.POOL;
        }
        if (ask.nested && takeOverflow(true)) {
            return Grant.OVERFLOW;
        }
        return ask.giveUpAfter <= 0 ? null : await(new Waiter(ask));
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
            long hope = stalledAfter - Math.max(0, Math.min(waited, now - lastReturn)); // it may be later than now
            if (!waiter.mayOverflow && waited >= waiter.ask.overflowAfter) {
                waiter.mayOverflow = true;
                grantOverflow();
                continue;
            }
            boolean over = waited >= waiter.ask.giveUpAfter || hope <= 0;
            if (over || Thread.currentThread().isInterrupted() || isStuck(waiter)) {
                return leave(waiter);
            }
            long until = waiter.mayOverflow ? waiter.ask.giveUpAfter : waiter.ask.overflowAfter;
            if (waiter.grant == null) { // the lock may have taken the wake-up that came with a grant
                LockSupport.parkNanos(this, Math.min(Math.min(until, waiter.ask.giveUpAfter) - waited, hope));
            }
        }
        return waiter.grant;
    }

    private void enter(Waiter waiter) {
        lock.lock();
        try {
            waiters.add(waiter);
            pending = waiters.size();
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Grant leave(Waiter waiter) {
        lock.lock();
        try {
            if (waiter.grant == null) {
                waiters.remove(waiter);
                pending = waiters.size();
            }
            return waiter.grant;
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
        if (pending > 0 && grant != Grant.OWN) {
            lastReturn = System.nanoTime();
        }
        if (grant == Grant.POOL) {
            places.give();
            if (pending > 0) {
                grantPlaces();
            }
        } else if (grant == Grant.OVERFLOW) {
            overflowFree.incrementAndGet();
            if (pending > 0) {
                grantOverflow();
            }
        }
    }

    private void grantPlaces() {
        lock.lock();
        try {
            while (!waiters.isEmpty() && places.take()) {
                grant(waiters.poll(), Grant.POOL);
            }
        } finally {
            lock.unlock();
        }
    }

    private void grantOverflow() {
        lock.lock();
        try {
            for (Iterator<Waiter> all = waiters.iterator(); all.hasNext(); ) {
                Waiter waiter = all.next();
                if (waiter.mayOverflow && takeOverflow(waiter.ask.nested)) {
                    all.remove();
                    grant(waiter, Grant.OVERFLOW);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private void grant(Waiter waiter, Grant grant) {
        pending = waiters.size();
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
        if (pending > 0) {
            grantPlaces();
        }
    }

    /** Places and overflow in use. */
    int used() {
        return places.taken() + overflow - overflowFree.get();
    }

    /** Threads that wait. */
    int pending() {
        return pending;
    }
}
