package io.poolshim.redirect;

import java.util.Properties;
import java.util.TimeZone;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** The latest routes of each calling class. Programs ask for the same few connections again and again. */
final class Routes {
    private static final int MOST = 4; // of one class; a power of two

    /** Of one class, and of the time zone they were found in. */
    private static final class Latest {
        final AtomicReferenceArray<Route> routes = new AtomicReferenceArray<>(MOST);
        final String timeZone = TimeZone.getDefault().getID();
        int next; // a race only costs one of them its place
    }

    private final ClassValue<AtomicReferenceArray<Latest>> byCaller = new ClassValue<AtomicReferenceArray<Latest>>() {
        @Override
        protected AtomicReferenceArray<Latest> computeValue(Class<?> caller) {
            return new AtomicReferenceArray<>(1);
        }
    };

    /** The route of a request; null if it is to be found first. */
    @Nullable Route find(@Nullable String url, @Nullable Properties info, @Nullable Class<?> caller, int epoch) {
        if (caller == null || url == null || info == null) {
            return null;
        }
        Latest latest = byCaller.get(caller).get(0);
        if (latest == null || !latest.timeZone.equals(TimeZone.getDefault().getID())) {
            return null;
        }
        for (int i = 0; i < MOST; i++) {
            Route route = latest.routes.get(i);
            if (route == null) {
                return null; // they are filled from the first on
            }
            if (route.isFor(url, info, epoch)) {
                return route;
            }
        }
        return null;
    }

    void remember(Route route) {
        AtomicReferenceArray<Latest> slot = byCaller.get(route.request().caller());
        Latest latest = slot.get(0);
        if (latest == null || !latest.timeZone.equals(TimeZone.getDefault().getID())) {
            latest = new Latest();
            slot.set(0, latest);
        }
        latest.routes.set(latest.next++ & MOST - 1, route);
    }
}
