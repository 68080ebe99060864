package io.poolshim.pool;

import io.poolshim.jdbc.DriverFailure;
import org.jspecify.annotations.Nullable;

/** Which physical connection a record gets, and where that goes afterwards. */
final class Lending {
    private final Stock stock;
    private final Permits permits;
    private final Keeping keeping;
    private final PoolEvents events;

    Lending(Stock stock, Permits permits, Keeping keeping, PoolEvents events) {
        this.stock = stock;
        this.permits = permits;
        this.keeping = keeping;
        this.events = events;
    }

    /**
     * Lends a connection on these terms; if there is none, the place is free again.
     *
     * @param atOnce whether nobody waited for it
     * @throws DriverFailure what the driver threw
     */
    void lend(BorrowRecord record, Grant grant, boolean atOnce, Holdings holdings, long start) {
        try {
            open(record, grant, holdings, start);
            events.borrowed(record, atOnce, holdings, start);
        } catch (DriverFailure e) {
            stock.used(System.nanoTime());
            events.refused(record, start, e.getCause());
            throw e;
        }
    }

    private void open(BorrowRecord record, Grant grant, Holdings holdings, long start) {
        PooledPhysical physical = null;
        boolean lent = false;
        try {
            physical = take(grant, record.isObserved() ? record.opener().plain() : record.opener(), start);
            long since = physical.isShelved() ? start : System.nanoTime(); // what took its time was not yet held
            record.begin(physical, grant, holdings, since);
            physical.lentIn(record);
            holdings.borrow();
            lent = true;
        } finally {
            if (!lent) {
                if (physical != null) {
                    stock.discard(physical);
                }
                permits.release(grant);
                record.left();
            }
        }
    }

    private PooledPhysical take(Grant grant, Opener opener, long now) {
        return grant == Grant.OWN ? stock.open(opener, now) : stock.takeOrOpen(opener, now);
    }

    /**
     * Another one in the place of one that has died.
     *
     * @throws DriverFailure if there is no other; then the record is as it was
     */
    void replace(BorrowRecord record) {
        PooledPhysical dead = record.pooled();
        record.replace(take(record.grant(), record.opener(), System.nanoTime()));
        record.pooled().lentIn(record);
        dead.returned(System.nanoTime());
        events.evicted(Eviction.DEAD);
        stock.discard(dead);
    }

    /** Keeps the connection or really closes it; true if it is kept. */
    boolean putAway(BorrowRecord record, @Nullable Eviction unfit, long now) {
        PooledPhysical physical = record.pooled();
        boolean hasPlace = record.grant() != Grant.OWN;
        physical.returned(now);
        if (hasPlace) {
            Eviction why = unfit != null ? unfit : keeping.whyNot(physical);
            if (why == null) {
                return stock.keep(physical, now);
            }
            events.evicted(why);
        }
        stock.discard(physical);
        return false;
    }
}
