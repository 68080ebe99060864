package io.poolshim.admin;

import io.poolshim.log.JsonWriter;
import io.poolshim.pool.BorrowRecord;
import io.poolshim.pool.ConnectionPool;
import java.util.List;

/** The pools with their numbers, as docs/admin.md lists them. */
final class PoolsJson {
    private static final int MOST_HOLDERS = 200; // of one pool

    private final boolean everything;
    private final boolean histories;

    /**
     * A way to tell them.
     *
     * @param everything also who holds connections
     * @param histories also how it was in the last minutes
     */
    PoolsJson(boolean everything, boolean histories) {
        this.everything = everything;
        this.histories = histories;
    }

    /** An array. */
    void append(JsonWriter json, List<PoolWatch> watches) {
        json.array();
        for (PoolWatch watch : watches) {
            append(json, watch);
        }
        json.endArray();
    }

    private void append(JsonWriter json, PoolWatch watch) {
        ConnectionPool pool = watch.pool;
        json.object().name("name").value(pool.name());
        watch.health.append(json);
        json.name("mode").value(pool.mode().text());
        json.name("suspended").value(pool.isSuspended());
        json.name("breaker").value(pool.breaker());
        json.name("tls").value(pool.tls());
        json.name("maxSize").value(pool.maxSize());
        json.name("overflowSize").value(pool.overflow());
        json.name("minIdle").value(pool.minIdle());
        json.name("idle").value(pool.idle());
        json.name("pending").value(pool.pending());
        json.name("statements").value(watch.statements.sum());
        json.name("errors").value(watch.errors.sum());
        Report.counts(json, pool.statistics());
        if (everything) {
            holders(json.name("holders"), pool.loans());
        }
        if (histories && watch.history != null) {
            watch.history.append(json.name("history"));
        }
        json.endObject();
    }

    private static void holders(JsonWriter json, List<BorrowRecord> loans) {
        json.array();
        for (BorrowRecord loan : loans.subList(0, Math.min(loans.size(), MOST_HOLDERS))) {
            json.object().name("thread").value(loan.borrower());
            json.name("heldMillis").value(loan.heldMillis());
            json.name("place").value(loan.place()).endObject();
        }
        json.endArray();
    }
}
