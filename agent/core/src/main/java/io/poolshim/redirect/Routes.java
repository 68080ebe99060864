package io.poolshim.redirect;

import io.poolshim.jdbc.DefaultTimeZone;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** The latest routes of each calling class. Programs ask for the same few connections again and again. */
final class Routes {
    private static final int MOST = 4; // of one class

    /** Of one class. */
    private static final class OfCaller {
        volatile Latest latest = new Latest("", new Route[0]); // a race only costs one route its place
    }

    /** Those that were found in this time zone, the latest first. */
    private static final class Latest {
        final String timeZone;
        final Route[] routes;

        Latest(String timeZone, Route[] routes) {
            this.timeZone = timeZone;
            this.routes = routes;
        }

        /** With another one, and without those it succeeds, such as to a pool that was retired. */
        Latest and(Route route, String currentZone) {
            List<Route> all = new ArrayList<>(MOST);
            all.add(route);
            for (Route old : timeZone.equals(currentZone) ? routes : new Route[0]) {
                if (all.size() < MOST && !old.isOutdatedBy(route)) {
                    all.add(old);
                }
            }
            return new Latest(currentZone, all.toArray(new Route[0]));
        }
    }

    private final ClassValue<OfCaller> byCaller = new ClassValue<OfCaller>() {
        @Override
        protected OfCaller computeValue(Class<?> caller) {
            return new OfCaller();
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
        Latest latest = byCaller.get(caller).latest;
        if (!latest.timeZone.equals(DefaultTimeZone.id())) {
            return null;
        }
        for (Route route : latest.routes) {
            if (route.isFor(url, epoch) && (info == null ? route.isFor(user, password) : route.isFor(info))) {
                return route;
            }
        }
        return null;
    }

    void remember(Route route) {
        OfCaller known = byCaller.get(route.request().caller());
        known.latest = known.latest.and(route, DefaultTimeZone.id());
    }
}
