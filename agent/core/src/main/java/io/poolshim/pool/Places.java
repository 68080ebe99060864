package io.poolshim.pool;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * The free places of a pool. A thread leaves the place it gives back where it will look first, so that threads which
 * borrow at the same time do not wait for each other's memory; anybody finds it there.
 */
final class Places {
    private static final int SHUT = -1;
    private static final int APART = 32; // two cache lines of ints, since some processors fetch them in pairs

    private final int places;
    private final AtomicInteger shared;
    private final AtomicIntegerArray cells =
            new AtomicIntegerArray(cell(Slots.COUNT + 1)); // 1 if a place was left there

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
            free += cells.get(cell(i));
        }
        return Math.max(places - free, 0);
    }

    /** From now on there are none; false if one is taken. */
    boolean shut() {
        while (takeFromAny()) {
            shared.incrementAndGet();
        }
        return shared.compareAndSet(places, SHUT);
    }

    /** There are all of them again. */
    void reopen() {
        shared.set(places);
    }
}
