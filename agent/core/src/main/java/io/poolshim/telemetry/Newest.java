package io.poolshim.telemetry;

import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The application that came last with an SDK that has metrics: it is also told of the agent itself. Keeps none alive. */
final class Newest {
    private final AtomicInteger applications = new AtomicInteger();
    private volatile @Nullable Reference<Measures> measures;

    /** The age of the next application's. */
    int next() {
        return applications.incrementAndGet();
    }

    synchronized void set(Measures later) {
        Measures known = known();
        if (known == null || later.isNewerThan(known)) {
            measures = new WeakReference<>(later);
        }
    }

    private @Nullable Measures known() {
        Reference<Measures> known = measures;
        return known == null ? null : known.get();
    }

    /** Whether these are the ones; the agent's own are if there is no application's. */
    boolean is(Measures these) {
        Measures known = known();
        return known == null ? these.isOwn() : known == these;
    }
}
