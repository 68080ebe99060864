package io.poolshim.pool;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Where those are who have neither a place nor a connection yet: they wait, or open without a place. Whoever is in there
 * keeps the pool from being retired, as does whoever has a place.
 */
final class Entrance {
    private static final int SHUT = -1;

    private final Permits permits;
    private final AtomicInteger inside = new AtomicInteger();

    Entrance(Permits permits) {
        this.permits = permits;
    }

    /** False if it is shut, for good; else {@link #leave} is to follow. */
    boolean enter() {
        for (int now = inside.get(); now != SHUT; now = inside.get()) {
            if (inside.compareAndSet(now, now + 1)) {
                return true;
            }
        }
        return false;
    }

    void leave() {
        inside.decrementAndGet();
    }

    boolean isShut() {
        return inside.get() == SHUT;
    }

    /** Shuts it for good, if nobody is in there or has a place; true if it was shut. */
    boolean shut() {
        if (!permits.shut()) {
            return false;
        }
        boolean shut = inside.compareAndSet(0, SHUT);
        if (!shut) {
            permits.reopen();
        }
        return shut;
    }
}
