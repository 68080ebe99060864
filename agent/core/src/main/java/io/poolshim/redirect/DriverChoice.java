package io.poolshim.redirect;

import io.poolshim.jdbc.ConnectRequest;
import io.poolshim.jdbc.DriverManagerAccess;
import io.poolshim.jdbc.JdbcUrl;
import io.poolshim.log.Log;
import io.poolshim.session.DriverProfile;
import io.poolshim.wrap.Borrowing;
import java.lang.ref.WeakReference;
import java.sql.Driver;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Which driver a request would get, remembered by caller and URL until drivers come or go. */
final class DriverChoice {
    private static final int MOST_REMEMBERED = 1000;

    /** Turns a driver's connection class into what borrows connections of it. */
    interface Preparer {
        /** Null if connections of this class cannot be pooled; said in the log. */
        Borrowing prepare(DriverProfile profile, Class<?> connectionClass);
    }

    private static final class Choice {
        final int epoch;
        final WeakReference<Borrowing> borrowing; // weak: a web application's driver must go with its loader

        Choice(int epoch, Borrowing borrowing) {
            this.epoch = epoch;
            this.borrowing = new WeakReference<>(borrowing);
        }
    }

    private final DriverManagerAccess access;
    private final Preparer preparer;
    private final AtomicInteger epoch = new AtomicInteger();
    private final ClassValue<Map<String, Choice>> byCaller = new ClassValue<Map<String, Choice>>() {
        @Override
        protected Map<String, Choice> computeValue(Class<?> caller) {
            return new ConcurrentHashMap<>();
        }
    };

    DriverChoice(DriverManagerAccess access, Preparer preparer) {
        this.access = access;
        this.preparer = preparer;
    }

    /** Drivers were registered or deregistered. */
    void forget() {
        epoch.incrementAndGet();
    }

    /** Whether the driver that makes connections of this class is registered no more. */
    boolean isGone(Class<?> connectionClass) {
        return !access.isRegistered(DriverProfile.POSTGRESQL.driverClass(), connectionClass.getClassLoader());
    }

    /** What borrows connections for this request; null if they cannot be pooled. */
    Borrowing of(ConnectRequest request) {
        if (!request.isDriverLoaderFixed() || JdbcUrl.parameter(request.url(), "password") != null) {
            return choose(request); // a password is not to be kept as text
        }
        Map<String, Choice> choices = byCaller.get(request.caller());
        int now = epoch.get(); // before looking at the drivers: a choice made meanwhile is not kept
        Choice choice = choices.get(request.url());
        Borrowing borrowing = choice == null || choice.epoch != now ? null : choice.borrowing.get();
        if (borrowing == null) {
            borrowing = choose(request);
            if (borrowing != null && (choice != null || choices.size() < MOST_REMEMBERED)) {
                choices.put(request.url(), new Choice(now, borrowing));
            }
        }
        return borrowing;
    }

    private Borrowing choose(ConnectRequest request) {
        DriverProfile profile = DriverProfile.POSTGRESQL;
        boolean own = request.url().startsWith(profile.urlPrefix());
        Driver driver = access.choose(request, own ? profile.driverClass() : null);
        if (driver == null) {
            return null; // DriverManager will say so
        }
        if (!driver.getClass().getName().equals(profile.driverClass())) {
            Log.once(
                    Log.Level.INFO,
                    "driver " + driver.getClass().getName() + " is not supported yet; its connections pass through");
            return null;
        }
        try {
            ClassLoader loader = driver.getClass().getClassLoader();
            return preparer.prepare(profile, Class.forName(profile.connectionClass(), true, loader));
        } catch (ClassNotFoundException e) {
            Log.swallowed("looking for the driver's connection class", e);
            return null;
        }
    }
}
