package io.poolshim.redirect;

import io.poolshim.jdbc.DefaultTimeZone;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** The latest routes of each calling class. Programs ask for the same few connections again and again. */
final class Routes {
    private static final int MOST = 4; // of one class; a power of two

    /** Of one class, and of the time zone they were found in. */
    private static final class Latest {
        final AtomicReferenceArray<Route> routes = new AtomicReferenceArray<>(MOST);
        final String timeZone;
        int next; // a race only costs one of them its place

        Latest(String timeZone) {
            this.timeZone = timeZone;
        }

        /** In the place of the one it succeeds, such as to a pool that was retired; else in that of the oldest. */
        void put(Route route) {
            for (int i = 0; i < MOST; i++) {
                Route old = routes.get(i);
                if (old == null || old.isOutdatedBy(route)) {
                    routes.set(i, route);
                    return;
                }
            }
            routes.set(next++ & MOST - 1, route);
        }
    }

    private final ClassValue<AtomicReferenceArray<Latest>> byCaller = new ClassValue<AtomicReferenceArray<Latest>>() {
        @Override
        protected AtomicReferenceArray<Latest> computeValue(Class<?> caller) {
            return new AtomicReferenceArray<>(1);
        }
    };

    /** The route of a request; null if it is to be found first. */
    @Nullable Route find(@Nullable String url, Properties info, @Nullable Class<?> caller, int epoch) {
        return find(url, info, "", "", caller, epoch);
    }

    /** The route of a request whose properties are to be made of a user and a password. */
    @Nullable Route find(@Nullable String url, String user, String password, @Nullable Class<?> caller, int epoch) {
        return find(url, null, user, password, caller, epoch);
    }

    private @Nullable Route find(
            @Nullable String url,
            @Nullable Properties info,
            String user,
            String password,
            @Nullable Class<?> caller,
            int epoch) {
        if (url == null || caller == null) {
            return null;
        }
        Latest latest = byCaller.get(caller).get(0);
        if (latest == null || !latest.timeZone.equals(DefaultTimeZone.id())) {
            return null;
        }
        for (int i = 0; i < MOST; i++) {
            Route route = latest.routes.get(i);
            if (route == null) {
                return null; // they are filled from the first on
            }
            if (route.isFor(url, epoch) && (info == null ? route.isFor(user, password) : route.isFor(info))) {
                return route;
            }
        }
        return null;
    }

    void remember(Route route) {
        AtomicReferenceArray<Latest> slot = byCaller.get(route.request().caller());
        String timeZone = DefaultTimeZone.id();
        Latest latest = slot.get(0);
        if (latest == null || !latest.timeZone.equals(timeZone)) {
            latest = new Latest(timeZone);
            slot.set(0, latest);
        }
        latest.put(route);
    }
}
