package io.poolshim.reclaim;

import io.poolshim.config.Config;
import io.poolshim.config.Settings;
import io.poolshim.log.Log;
import io.poolshim.pool.BorrowRecord;
import java.lang.ref.ReferenceQueue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Takes back what the application dropped without {@code close()}: the connection is really closed, as the driver's own
 * cleaner would have done.
 *
 * <p>Watched is the driver's side of a loan, which everything derived from the borrowed connection leads to, and which a
 * running call holds: so when it is unreachable, nobody can use the connection any more.
 */
public final class LeakWatch {
    private static final int SAMPLE_BITS = 10; // one in a thousand: a stack costs as much as ten borrows and more
    private static final int MOST_PLACES = 1000;

    private final ReferenceQueue<Object> dropped = new ReferenceQueue<>();
    private final Set<String> suspects = ConcurrentHashMap.newKeySet();
    private final Set<String> told = ConcurrentHashMap.newKeySet();
    private volatile boolean suspicious;
    private final boolean always;
    private final boolean sampled;

    public LeakWatch(Config config) {
        always = config.is(Settings.LEAK_STACK, "always");
        sampled = config.is(Settings.LEAK_STACK, "sampled");
    }

    /** Watches a loan until it ends; {@code borrowed} must not be reachable from the record. */
    public void watch(Object borrowed, BorrowRecord record) {
        Throwable stack = wantsStackOf(record) ? new Throwable() : null;
        record.watchedBy(new Leak(borrowed, dropped, record, stack));
    }

    private boolean wantsStackOf(BorrowRecord record) {
        return always || sampled && (isSample(record) || suspicious && suspects.contains(record.place()));
    }

    /** By chance, which the clock has decided already. */
    private static boolean isSample(BorrowRecord record) {
        return (int) record.since() * 0x9E3779B9 >>> Integer.SIZE - SAMPLE_BITS == 0; // the golden ratio mixes the bits
    }

    /** Takes back whatever the garbage collector has found. */
    public void reclaim() {
        for (Object found = dropped.poll(); found != null; found = dropped.poll()) {
            try {
                reclaim((Leak) found);
            } catch (Throwable e) { // whatever it is, the scheduler must call again
                Log.swallowed("reclaiming a connection", e);
            }
        }
    }

    private void reclaim(Leak leak) {
        BorrowRecord record = leak.record;
        if (record.tryClose()) {
            record.pool().reclaim(record);
            tell(leak);
        }
    }

    /** Once for each place, and once more when there is a stack. */
    private void tell(Leak leak) {
        String place = leak.record.place();
        boolean hasStack = leak.stack != null;
        if (told.size() < MOST_PLACES && told.add(hasStack ? place + " with its stack" : place)) {
            Log.warn("[pool " + leak.record.pool().name() + "] reclaimed a connection that was dropped without close() "
                    + leak.record.heldMillis() + " ms after it was borrowed by " + place + "; more of them are counted"
                    + (hasStack ? "" : sampled ? ", and the stack of one is shown" : "") + leak.stackText());
        }
        if (hasStack) {
            suspects.remove(place);
        } else if (sampled && suspects.size() < MOST_PLACES && !told.contains(place + " with its stack")) {
            suspects.add(place);
            suspicious = true;
        }
    }
}
