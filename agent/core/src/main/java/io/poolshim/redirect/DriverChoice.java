package io.poolshim.redirect;

import io.poolshim.jdbc.ConnectRequest;
import io.poolshim.jdbc.DriverManagerAccess;
import io.poolshim.jdbc.JdbcUrl;
import io.poolshim.log.Log;
import io.poolshim.proxy.InterfaceProfile;
import io.poolshim.session.DriverProfile;
import io.poolshim.session.DriverProfiles;
import io.poolshim.session.ShellProfile;
import io.poolshim.wrap.Borrowing;
import io.poolshim.wrap.PooledDriver;
import java.lang.ref.WeakReference;
import java.sql.Driver;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Which driver a request would get, remembered by caller and URL until drivers come or go. */
final class DriverChoice {
    private static final int MOST_REMEMBERED = 1000;

    /** Turns a class into what borrows connections of it. */
    interface Preparer {
        /** Null if connections of this class cannot be pooled; said in the log. The driver's class if that alone is known. */
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
    private final DriverProfiles profiles;
    private final Predicate<String> included;
    private final Preparer preparer;
    private final AtomicInteger epoch = new AtomicInteger();
    private final ClassValue<Map<String, Choice>> byCaller = new ClassValue<Map<String, Choice>>() {
        @Override
        protected Map<String, Choice> computeValue(Class<?> caller) {
            return new ConcurrentHashMap<>();
        }
    };

    /** Drivers without a profile are pooled for URLs that the user has {@code included}. */
    DriverChoice(DriverManagerAccess access, DriverProfiles profiles, Predicate<String> included, Preparer preparer) {
        this.access = access;
        this.profiles = profiles;
        this.included = included;
        this.preparer = preparer;
    }

    /** Drivers were registered or deregistered. */
    void forget() {
        epoch.incrementAndGet();
    }

    /** Changes whenever drivers come or go. */
    int epoch() {
        return epoch.get();
    }

    /** Whether a driver is registered no more. */
    boolean isGone(PooledDriver driver) {
        return !access.isRegistered(
                driver.profile().driverClass(), driver.connectionClass().getClassLoader());
    }

    /** What borrows connections for this request; null if they cannot be pooled. */
    @Nullable Borrowing of(ConnectRequest request) {
        if (!request.isDriverLoaderFixed()) {
            return choose(request);
        }
        Map<String, Choice> choices = byCaller.get(request.caller());
        int now = epoch.get(); // before looking at the drivers: a choice made meanwhile is not kept
        Choice choice = choices.get(request.url());
        Borrowing borrowing = choice == null || choice.epoch != now ? null : choice.borrowing.get();
        if (borrowing == null) {
            borrowing = choose(request);
            boolean room = choice != null || choices.size() < MOST_REMEMBERED;
            if (borrowing != null && room && !mayHoldPassword(request.url())) {
                choices.put(request.url(), new Choice(now, borrowing));
            }
        }
        return borrowing;
    }

    /** Many URLs are remembered here, so none with a password; routes, which need it, keep the latest few. */
    private boolean mayHoldPassword(String url) {
        return profiles.ofUrl(url) == null
                ? !JdbcUrl.redact(url).equals(url)
                : JdbcUrl.parameter(url, "password") != null;
    }

    private @Nullable Borrowing choose(ConnectRequest request) {
        ShellProfile expected = profiles.ofUrl(request.url());
        Driver driver = access.choose(request, expected == null ? null : expected.driverClass());
        if (driver == null) {
            return null; // DriverManager will say so
        }
        Class<?> type = driver.getClass();
        ShellProfile profile = profiles.ofDriver(type.getName());
        if (profile != null) {
            return shells(profile, type.getClassLoader());
        }
        if (included.test(request.url())) {
            return preparer.prepare(new InterfaceProfile(type.getName(), request.url()), type);
        }
        Log.once(
                Log.Level.INFO,
                "driver " + type.getName() + " is not known; its connections pass through unless poolshim.include"
                        + " names their URLs");
        return null;
    }

    private @Nullable Borrowing shells(ShellProfile profile, ClassLoader loader) {
        try {
            return preparer.prepare(profile, Class.forName(profile.connectionClass(), true, loader));
        } catch (ClassNotFoundException e) {
            Log.once(
                    Log.Level.WARN,
                    "connections of this version of " + profile.driverClass() + " pass through: it has no "
                            + profile.connectionClass());
            return null;
        }
    }
}
