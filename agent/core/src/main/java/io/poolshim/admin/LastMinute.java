package io.poolshim.admin;

/** Borrows, failed logins and borrow time-outs of the last sixty seconds; by one thread. */
final class LastMinute {
    private static final int SECONDS = 60;

    private final long[] borrows = new long[SECONDS];
    private final long[] failures = new long[SECONDS];
    private final long[] timeouts = new long[SECONDS];
    private final long[] pending = new long[SECONDS];
    private int at;

    /** What came in the last second, and how many were waiting at its end. */
    void add(long borrowed, long failed, long timedOut, int waiting) {
        at = (at + 1) % SECONDS;
        borrows[at] = borrowed;
        failures[at] = failed;
        timeouts[at] = timedOut;
        pending[at] = waiting;
    }

    private static long sum(long[] counts) {
        long sum = 0;
        for (long count : counts) {
            sum += count;
        }
        return sum;
    }

    long failures() {
        return sum(failures);
    }

    long timeouts() {
        return sum(timeouts);
    }

    /** Of all borrows, those in vain included, in thousandths. */
    long failureShare() {
        return share(failures());
    }

    /** Of all borrows, in thousandths. */
    long timeoutShare() {
        return share(timeouts());
    }

    private long share(long part) {
        long all = sum(borrows) + failures();
        return all == 0 ? 0 : Math.min(1000, Math.round(1000.0 * part / all));
    }

    /** Whether those who asked last all failed to log in. */
    boolean isFailing() {
        for (int i = 0; i < SECONDS; i++) {
            int second = (at - i + SECONDS) % SECONDS;
            if (borrows[second] + failures[second] > 0) {
                return failures[second] > 0 && borrows[second] == 0;
            }
        }
        return false;
    }

    /** Whether somebody was waiting at the end of each of the last so many seconds. */
    boolean hasWaitersFor(int seconds) {
        for (int i = 0; i < seconds; i++) {
            if (pending[(at - i + SECONDS) % SECONDS] == 0) {
                return false;
            }
        }
        return true;
    }
}
