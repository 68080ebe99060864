package io.poolshim.admin;

import io.poolshim.log.JsonWriter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/** The last things that happened, for anyone to read; like ones of a pool within ten seconds are one. */
final class Events {
    private static final int MOST = 100;
    private static final int LOOKED_BACK = 10; // events
    private static final long ONE_WITHIN = 10_000; // ms

    private final Deque<Event> events = new ArrayDeque<>();

    private static final class Event {
        final String kind;
        final String pool;
        final String text;
        long count;
        final long since = System.currentTimeMillis();
        long last = since;

        Event(String kind, String pool, String text, long count) {
            this.kind = kind;
            this.pool = pool;
            this.text = text;
            this.count = count;
        }
    }

    /** {@code count} times; none is no event. */
    synchronized void add(String kind, String pool, String text, long count) {
        if (count <= 0) {
            return;
        }
        Event before = like(kind, pool, text);
        if (before != null) {
            before.count += count;
            before.last = System.currentTimeMillis();
            return;
        }
        if (events.size() == MOST) {
            events.removeLast();
        }
        events.addFirst(new Event(kind, pool, text, count));
    }

    private @org.jspecify.annotations.Nullable Event like(String kind, String pool, String text) {
        long oldest = System.currentTimeMillis() - ONE_WITHIN;
        Iterator<Event> newest = events.iterator();
        for (int i = 0; i < LOOKED_BACK && newest.hasNext(); i++) {
            Event event = newest.next();
            if (event.since >= oldest
                    && event.kind.equals(kind)
                    && event.pool.equals(pool)
                    && event.text.equals(text)) {
                return event;
            }
        }
        return null;
    }

    /** An array, the newest first. */
    synchronized void append(JsonWriter json) {
        json.array();
        for (Event event : events) {
            json.object().name("time").value(event.last).name("event").value(event.kind);
            json.name("pool").value(event.pool).name("text").value(event.text);
            json.name("count").value(event.count).endObject();
        }
        json.endArray();
    }
}
