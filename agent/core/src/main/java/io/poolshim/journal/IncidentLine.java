package io.poolshim.journal;

import io.poolshim.log.JsonWriter;
import io.poolshim.pool.BorrowRecord;
import io.poolshim.pool.ConnectionPool;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** An incident as one line of JSON: the pool, who holds its connections and what they do, and the last minute of all pools. */
final class IncidentLine {
    private static final long STORY = TimeUnit.MINUTES.toMillis(1);
    private static final int MOST_EVENTS = 500;
    private static final int MOST_HOLDERS = 20;
    private static final int DEEPEST_STACK = 50; // frames

    private final ConnectionPool pool;
    private final RecentEvents recent;

    IncidentLine(ConnectionPool pool, RecentEvents recent) {
        this.pool = pool;
        this.recent = recent;
    }

    /** {@code sqlState} is empty for none. */
    byte[] of(String cause, String sqlState) {
        long now = System.currentTimeMillis();
        JsonWriter json = Lines.begin(now, "incident").name("cause").value(cause);
        Lines.text(json, "sqlstate", sqlState);
        Lines.text(json, "pool", pool.name());
        Lines.text(json, "server", pool.target());
        Lines.text(json, "state", pool.state());
        Lines.text(json, "breaker", pool.breaker());
        holders(json, pool.loans());
        events(json, recent.since(now - STORY));
        return (json.endObject() + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static void holders(JsonWriter json, List<BorrowRecord> loans) {
        json.name("held").value(loans.size()).name("holders").array();
        for (BorrowRecord loan : loans.subList(0, Math.min(loans.size(), MOST_HOLDERS))) {
            Thread thread = loan.holder();
            json.object();
            Lines.text(json, "thread", thread.getName());
            json.name("thread_state").value(thread.getState().name());
            json.name("held_ms").value(loan.heldMillis());
            Lines.text(json, "borrowed_by", loan.place());
            json.name("stack").array();
            StackTraceElement[] stack = thread.getStackTrace(); // empty if the thread has ended
            for (int i = 0; i < Math.min(stack.length, DEEPEST_STACK); i++) {
                json.value(Lines.shortened(stack[i].toString()));
            }
            json.endArray().endObject();
        }
        json.endArray();
    }

    private static void events(JsonWriter json, List<PoolEvent> events) {
        json.name("events").array();
        for (PoolEvent event : events.subList(Math.max(0, events.size() - MOST_EVENTS), events.size())) {
            json.object().name("time").value(Lines.time(event.millis));
            json.name("event").value(event.event);
            Lines.text(json, "pool", event.pool);
            Lines.text(json, "detail", event.detail);
            if (event.nanos >= 0) {
                json.name("duration_ms").thousandths((event.nanos + 500) / 1000);
            }
            json.endObject();
        }
        json.endArray();
    }
}
