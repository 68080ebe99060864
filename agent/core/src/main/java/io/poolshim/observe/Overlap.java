package io.poolshim.observe;

/**
 * How many connections overlap: from when one is asked for, the login included, until it is closed. A lock of a few
 * instructions, where each borrow takes a login.
 */
final class Overlap {
    private static final long SECOND = 1_000_000_000L;

    private final Levels found = new Levels();
    private final Levels times = new Levels();
    private long since;
    private boolean begun;
    private int held;
    private long second;
    private int asked; // in this second
    private int busiest;

    synchronized void enter(long now) {
        if (!begun) {
            begun = true;
            since = now;
            second = now;
        }
        pass(now);
        found.add(held, 1);
        held++;
        if (now - second >= SECOND) {
            second = now;
            asked = 0;
        }
        busiest = Math.max(busiest, ++asked);
    }

    synchronized void leave(long now) {
        pass(now);
        held--;
    }

    private void pass(long now) {
        times.add(held, Math.max(now - since, 0));
        since = now;
    }

    /** How many the others held when one was asked for. */
    synchronized Levels found() {
        return found.copy();
    }

    /** For how many nanoseconds so many were held. */
    synchronized Levels times(long now) {
        if (begun) {
            pass(now);
        }
        return times.copy();
    }

    synchronized int held() {
        return held;
    }

    /** The most that were asked for within a second. */
    synchronized int busiest() {
        return busiest;
    }
}
