package io.poolshim.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** The last events of all pools, as many as there is room for; takes no lock. */
final class RecentEvents {
    private final AtomicReferenceArray<@Nullable PoolEvent> ring;
    private final AtomicInteger next = new AtomicInteger();

    /** {@code room}: a power of two. */
    RecentEvents(int room) {
        ring = new AtomicReferenceArray<>(room);
    }

    void add(PoolEvent event) {
        ring.set(next.getAndIncrement() & ring.length() - 1, event);
    }

    /** Those since then ({@link System#currentTimeMillis()}), the oldest first. */
    List<PoolEvent> since(long millis) {
        List<PoolEvent> recent = new ArrayList<>();
        int end = next.get();
        for (int i = 0; i < ring.length(); i++) {
            PoolEvent event = ring.get(end + i & ring.length() - 1);
            if (event != null && event.millis >= millis) {
                recent.add(event);
            }
        }
        return recent;
    }
}
