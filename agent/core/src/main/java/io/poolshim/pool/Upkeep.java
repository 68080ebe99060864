package io.poolshim.pool;

import io.poolshim.jdbc.DriverFailure;
import io.poolshim.log.Log;
import java.util.concurrent.TimeUnit;

/** What a pool does without being asked: it looks after connections that are held for long, and has enough of them idle. */
final class Upkeep {
    private final ConnectionPool pool;
    private final PoolControl control;
    private final Permits permits;
    private final Stock stock;
    private final Keeping keeping;

    Upkeep(ConnectionPool pool, PoolControl control, Permits permits, Stock stock, Keeping keeping) {
        this.pool = pool;
        this.control = control;
        this.permits = permits;
        this.stock = stock;
        this.keeping = keeping;
    }

    /**
     * Opens one, unless there are enough or all places are taken, and has the others opened.
     *
     * @throws DriverFailure what the driver threw
     */
    void warm(Opener opener) {
        if (stock.idle() >= control.settings().minIdle || !permits.tryPlace()) {
            return;
        }
        try {
            PooledPhysical fresh = stock.open(opener);
            keeping.begin();
            if (keeping.isOver()) {
                stock.discard(fresh);
            } else {
                stock.keep(fresh, System.nanoTime());
            }
        } finally {
            permits.release(Grant.POOL);
        }
        if (!keeping.isOver()) {
            stock.fill();
        }
    }

    /** Every second or so. */
    void maintain() {
        PoolSettings settings = control.settings();
        for (PooledPhysical physical : stock.physicals()) {
            BorrowRecord record = physical.loan();
            if (record != null) {
                lookAfter(record, settings);
            }
        }
        stock.maintain(keeping.isOn());
        if (keeping.isOver()) {
            stock.closeIdle(Eviction.NOT_KEPT); // a filler that was at it may have kept one
        }
    }

    private void lookAfter(BorrowRecord record, PoolSettings settings) {
        if (record.isAbandoned()) {
            pool.giveBack(record, Eviction.FAILED);
            return;
        }
        long held = TimeUnit.NANOSECONDS.toMillis(record.heldNanos());
        if (settings.leakWarning > 0 && held >= settings.leakWarning && record.warnOnce()) {
            Log.warn("[pool " + pool.name() + "] held for long, perhaps never closed: " + record.describe());
        }
        Grant until = settings.longHold > 0 && held >= settings.longHold ? record.makeOwn() : null;
        if (until != null) {
            pool.statistics().longHeld.increment();
            permits.release(until);
        }
    }
}
