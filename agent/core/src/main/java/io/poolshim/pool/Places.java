package io.poolshim.pool;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * The free places of a pool. A thread leaves the place it gives back where it will look first, so that threads which
 * borrow at the same time do not wait for each other's memory; anybody finds it there.
 *
 * <p>When there are to be fewer than are taken, the shared number is below zero: a debt, which those who give places back
 * pay. Meanwhile the cells are blocked, so that nobody leaves a place there, and nobody has to look for the debt.
 */
final class Places {
    private static final int SHUT = Integer.MIN_VALUE;
    private static final int BLOCKED = 2; // in a cell: no place is to be left here
    private static final int APART = 32; // two cache lines of ints, since some processors fetch them in pairs

    private volatile int places;
    private volatile boolean blocked;
    private final AtomicInteger shared;
    private final AtomicIntegerArray cells =
            new AtomicIntegerArray(cell(Slots.COUNT + 1)); // 1 if a place was left there, or BLOCKED

    Places(int places) {
        this.places = places;
        this.shared = new AtomicInteger(places);
    }

    /** Away from the array's length, too, which all threads read. */
    private static int cell(int slot) {
        return (slot + 1) * APART;
    }

    /** False if none is free; or if one came free meanwhile, but whoever gave it looks after that for those who wait. */
    boolean take() {
        return takeFrom(cell(Slots.ofThisThread())) || takeShared() || takeFromAny();
    }

    private boolean takeFrom(int cell) {
        return cells.get(cell) == 1 && cells.compareAndSet(cell, 1, 0);
    }

    private boolean takeShared() {
        for (int now = shared.get(); now > 0; now = shared.get()) {
            if (shared.compareAndSet(now, now - 1)) {
                return true;
            }
        }
        return false;
    }

    private boolean takeFromAny() {
        for (int i = 0; i < Slots.COUNT; i++) {
            if (takeFrom(cell(i))) {
                return true;
            }
        }
        return false;
    }

    void give() {
        int cell = cell(Slots.ofThisThread());
        if (cells.get(cell) != 0 || !cells.compareAndSet(cell, 0, 1)) {
            shared.incrementAndGet();
        }
    }

    /** How many are taken; only nearly so while some are taken or given. */
    int taken() {
        int free = shared.get();
        if (free == SHUT) {
            return 0;
        }
        for (int i = 0; i < Slots.COUNT; i++) {
            free += cells.get(cell(i)) & 1;
        }
        return Math.max(places - free, 0);
    }

    /** From now on there are none; false if one is taken. */
    synchronized boolean shut() {
        while (takeFromAny()) {
            shared.incrementAndGet();
        }
        return shared.compareAndSet(places, SHUT);
    }

    /** There are all of them again. */
    synchronized void reopen() {
        shared.set(places);
    }

    /** From now on there are so many; those that are taken and too many end when they are given back. */
    synchronized void resize(int wanted) {
        int more = wanted - places;
        places = wanted;
        if (shared.get() != SHUT && shared.addAndGet(more) < 0) {
            blocked = true;
            for (int i = 0; i < Slots.COUNT; i++) {
                if (cells.getAndSet(cell(i), BLOCKED) == 1) {
                    shared.incrementAndGet();
                }
            }
        }
    }

    /** Whether more are taken than there are to be. */
    boolean isInDebt() {
        return blocked && shared.get() < 0;
    }

    /** Unblocks the cells once the debt is paid; true if there was one since the last time. */
    synchronized boolean settle() {
        boolean was = blocked;
        if (was && shared.get() >= 0) {
            for (int i = 0; i < Slots.COUNT; i++) {
                cells.compareAndSet(cell(i), BLOCKED, 0);
            }
            blocked = false;
        }
        return was;
    }
}
