package io.poolshim.pool;

import org.jspecify.annotations.Nullable;

/** Whether a pool keeps what is returned: a login that came once may never come again. */
final class Keeping {
    private final PoolControl control;
    private final Permits permits;
    private final Stock stock;
    private final PoolStatistics statistics;
    private volatile boolean begun;
    private volatile boolean ended;

    Keeping(PoolControl control, Permits permits, Stock stock, PoolStatistics statistics) {
        this.control = control;
        this.permits = permits;
        this.stock = stock;
        this.statistics = statistics;
    }

    boolean isOn() {
        if (!begun && (statistics.borrows() >= control.settings().keepFrom || permits.pending() > 0)) {
            begun = true;
        }
        return begun && !isOver();
    }

    /** Nothing is kept any more: the pool's driver is gone or, for now, it is in another mode. */
    boolean isOver() {
        return ended || permits.isOff();
    }

    /** However few came so far. */
    void begin() {
        begun = true;
    }

    void end() {
        ended = true;
    }

    boolean isEnded() {
        return ended;
    }

    /** Why this one is not kept; null if it is. */
    @Nullable Eviction whyNot(PooledPhysical physical) {
        return isOn() ? stock.whyNotKeep(physical) : Eviction.NOT_KEPT;
    }
}
