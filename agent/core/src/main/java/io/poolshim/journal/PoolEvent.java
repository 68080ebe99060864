package io.poolshim.journal;

import org.jspecify.annotations.Nullable;

/** Something that happened in a pool, as the story of an incident tells it. */
final class PoolEvent {
    final long millis = System.currentTimeMillis();
    final String event;
    final String pool;
    final @Nullable String detail;
    final long nanos;

    /**
     * Now.
     *
     * @param detail why, with what SQLSTATE, or where; null for nothing more
     * @param nanos how long it took; negative if that does not matter
     */
    PoolEvent(String event, String pool, @Nullable String detail, long nanos) {
        this.event = event;
        this.pool = pool;
        this.detail = detail;
        this.nanos = nanos;
    }
}
