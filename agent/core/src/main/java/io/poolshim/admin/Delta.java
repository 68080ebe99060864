package io.poolshim.admin;

import java.util.function.LongSupplier;

/** What was added to a count since it was last asked for; by one thread. */
final class Delta {
    private final LongSupplier total;
    private long before;

    Delta(LongSupplier total) {
        this.total = total;
    }

    long next() {
        long now = total.getAsLong();
        long more = now - before;
        before = now;
        return more;
    }
}
