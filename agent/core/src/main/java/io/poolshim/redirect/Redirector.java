package io.poolshim.redirect;

import io.poolshim.config.Config;
import io.poolshim.config.Settings;
import io.poolshim.jdbc.ConnectRequest;
import io.poolshim.jdbc.DriverFailure;
import io.poolshim.jdbc.DriverManagerAccess;
import io.poolshim.jdbc.JdbcUrl;
import io.poolshim.log.Log;
import io.poolshim.pool.ConnectionPool;
import io.poolshim.pool.Opener;
import io.poolshim.pool.PoolMode;
import io.poolshim.registry.LoginRules;
import io.poolshim.registry.PoolRegistry;
import io.poolshim.session.DriverProfile;
import io.poolshim.session.DriverProfiles;
import io.poolshim.session.SessionSettings;
import io.poolshim.wrap.Borrowing;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where every {@code DriverManager.getConnection} comes in: pool it, or let it pass. Returns the connection, or null if
 * the original method is to run; throws only what the driver threw. Any error of the agent means: let it pass.
 */
public final class Redirector implements Function<Object[], Object>, Supplier<MethodHandle> {
    private static final int MOST_TOLD = 100;

    private final Config config;
    private final Map<Config, SessionSettings> sessions = new ConcurrentHashMap<>();
    private final DriverManagerAccess access;
    private final DriverProfiles profiles;
    private final DriverChoice choice;
    private final PoolRegistry registry;
    private final PassThrough passed;
    private final Callers callers;
    private final List<Pattern> include;
    private final List<Pattern> exclude;
    private final Routes routes = new Routes();
    private final WarmUp warmUp;
    private final Set<String> told = ConcurrentHashMap.newKeySet();

    /** {@code prepare} makes a driver poolable, see {@link DriverChoice.Preparer}. */
    public Redirector(
            Config config,
            DriverManagerAccess access,
            DriverProfiles profiles,
            java.util.function.BiFunction<DriverProfile, Class<?>, Borrowing> prepare,
            PoolRegistry registry,
            PassThrough passed) {
        this.config = config;
        this.access = access;
        this.profiles = profiles;
        this.include = JdbcUrl.globs(config.list(Settings.INCLUDE));
        this.exclude = JdbcUrl.globs(config.list(Settings.EXCLUDE));
        this.choice = new DriverChoice(access, profiles, url -> JdbcUrl.matchesAny(include, url), prepare::apply);
        this.registry = registry;
        this.passed = passed;
        this.callers = new Callers(config.list(Settings.CALLERS));
        this.warmUp = new WarmUp(config.sections(), this::warm);
    }

    @Override
    public @Nullable Object apply(Object @Nullable [] call) {
        if (call == null) {
            choice.forget();
            registry.driversChanged(choice::isGone);
            return null;
        }
        try {
            if (access.isOwnCall()) {
                return null;
            }
            return redirect((String) call[0], (Properties) call[1], (Class<?>) call[2]);
        } catch (Throwable failure) {
            return failed(failure);
        }
    }

    /** What takes url, user, password and caller of a call, before DriverManager makes properties of them. */
    @Override
    public MethodHandle get() {
        try {
            MethodType fourObjects = MethodType.genericMethodType(4);
            return MethodHandles.lookup().bind(this, "followKnown", fourObjects);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    @SuppressWarnings("UnusedMethod") // see get()
    private @Nullable Object followKnown(
            @Nullable Object url, @Nullable Object user, @Nullable Object password, @Nullable Object caller) {
        if (user == null || password == null) {
            return null;
        }
        try {
            return follow(
                    routes.find((String) url, (String) user, (String) password, (Class<?>) caller, choice.epoch()));
        } catch (Throwable failure) {
            return failed(failure);
        }
    }

    /** The application gets what the driver threw; any failure of the agent lets the call pass. */
    private @Nullable Object failed(Throwable failure) {
        if (failure instanceof DriverFailure) {
            throw Redirector.<RuntimeException>sneaky(((DriverFailure) failure).getCause());
        }
        if (failure instanceof RuntimeException || failure instanceof LinkageError) {
            Log.swallowed("borrowing a connection (this call passes through)", failure);
            passed.count("agent-error");
            return null;
        }
        throw Redirector.<RuntimeException>sneaky(failure); // a hard limit, or the end of the stack or of the heap
    }

    /** DriverManager's method declares SQLException; the function type between us and it does not. */
    @SuppressWarnings("unchecked")
    private static <T extends Throwable> RuntimeException sneaky(Throwable thrown) throws T {
        throw (T) thrown;
    }

    private @Nullable Connection redirect(@Nullable String url, @Nullable Properties info, @Nullable Class<?> caller)
            throws SQLException {
        int epoch = choice.epoch(); // before looking at the drivers: a route found meanwhile is outdated
        Connection connection = info == null ? null : follow(routes.find(url, info, caller, epoch));
        if (connection != null) {
            return connection;
        }
        ConnectRequest asked = new ConnectRequest(url, info, caller);
        try {
            return redirect(asked, epoch);
        } finally {
            warmUp.after(asked);
        }
    }

    /** Has a pool filled for those who will ask so; null, or why it is not. */
    private @Nullable String warm(ConnectRequest request) {
        if (hasSecurityManager()) {
            return "security-manager";
        }
        if (!isIncluded(request.url())) {
            return "url";
        }
        String reason = LoginRules.whyNot(request);
        Borrowing borrowing = reason == null ? choice.of(request) : null;
        if (borrowing == null || !borrowing.isSound()) {
            return reason == null ? "driver" : reason;
        }
        Opener opener = opener(borrowing, request).detached();
        registry.pool(borrowing.driver(), request).warm(opener);
        return null;
    }

    /** Null if there is no route, or if it leads nowhere any more. */
    private @Nullable Connection follow(@Nullable Route route) throws SQLException {
        if (route == null || hasSecurityManager()) {
            return null;
        }
        Borrowing borrowing = route.borrowing();
        ConnectionPool pool = route.pool();
        if (borrowing == null || pool == null || !borrowing.isSound()) {
            return null;
        }
        return borrowing.borrow(
                pool, route.opener(), route.request().callerName(), longestWait(access, route.loginTimeout));
    }

    private @Nullable Connection redirect(ConnectRequest asked, int epoch) throws SQLException {
        String reason = whyNot(asked);
        if (reason != null) {
            passed.count(reason);
            return null;
        }
        ConnectRequest request = asked.withCopiedInfo(); // programs reuse their Properties for the next user
        Borrowing borrowing = choice.of(request);
        if (borrowing == null || !borrowing.isSound()) {
            passed.count(borrowing == null ? "driver" : "unsound-driver");
            return null;
        }
        Opener opener = opener(borrowing, request);
        long loginTimeout = loginTimeout(request);
        ConnectionPool pool;
        Connection connection;
        do {
            pool = registry.pool(borrowing.driver(), request);
            connection = borrowing.borrow(pool, opener, request.callerName(), longestWait(access, loginTimeout));
        } while (connection == null && pool.isRetired());
        if (connection == null && pool.mode() != PoolMode.POOL) {
            passed.count(pool.mode().text());
        }
        if (connection != null && isSettled(request)) {
            routes.remember(new Route(request, opener, epoch, borrowing, pool, loginTimeout));
        }
        return connection;
    }

    private Opener opener(Borrowing borrowing, ConnectRequest request) {
        return new DriverOpener(access, borrowing.driver(), request, sessionSettings(borrowing, request));
    }

    private SessionSettings sessionSettings(Borrowing borrowing, ConnectRequest request) {
        String user = request.value("user");
        Config ofPool = config.of(request.url(), user == null ? System.getProperty("user.name", "") : user);
        SessionSettings session = sessions.computeIfAbsent(ofPool, SessionSettings::of);
        if (session == SessionSettings.NONE || borrowing.driver().profile().isPostgres()) {
            return session;
        }
        Log.once(
                Log.Level.WARN,
                "poolshim.pool.session.… and poolshim.pool.query-timeout are ignored with "
                        + borrowing.driver().profile().driverClass());
        return SessionSettings.NONE;
    }

    /** Whether nothing but the request and its caller's class decided where it leads. */
    private boolean isSettled(ConnectRequest request) {
        return request.info() != null
                && request.isDriverLoaderFixed()
                && !callers.opensForOthers(request.caller())
                && request.gives("user")
                && request.gives("password");
    }

    private @Nullable String whyNot(ConnectRequest request) {
        String url = request.url();
        if (url == null) {
            return "no-url";
        }
        if (registry.controls().isOff()) {
            return PoolMode.OFF.text();
        }
        if (hasSecurityManager()) {
            return "security-manager";
        }
        if (!isIncluded(url)) {
            return "url";
        }
        if (callers.isPool(request.caller())) {
            return "caller-is-a-pool";
        }
        return LoginRules.whyNot(request);
    }

    @SuppressWarnings({"removal", "deprecation"})
    private static boolean hasSecurityManager() {
        return System.getSecurityManager() != null;
    }

    private boolean isIncluded(String url) {
        if (JdbcUrl.matchesAny(exclude, url)) {
            return false;
        }
        if (profiles.ofUrl(url) != null || JdbcUrl.matchesAny(include, url)) {
            return true;
        }
        String scheme = JdbcUrl.scheme(url);
        if (told.contains(scheme)) {
            return false; // a program may do this for each request: no text is to be built for nothing
        }
        if (told.size() < MOST_TOLD) {
            told.add(scheme);
        }
        Log.once(Log.Level.INFO, NotIncluded.text(scheme));
        return false;
    }

    /** Of the request, in milliseconds; 0 for none. */
    static long loginTimeout(ConnectRequest request) {
        String text = request.value("loginTimeout");
        return text != null && text.matches("[0-9]{1,6}") ? Long.parseLong(text) * 1000 : 0;
    }

    /** In milliseconds; 0 for none. A wait longer than the login time-out would be a hang that was none before. */
    static long longestWait(DriverManagerAccess access, long loginTimeout) {
        long ofAll = access.loginTimeout() * 1000L;
        return ofAll == 0 || loginTimeout == 0 ? Math.max(ofAll, loginTimeout) : Math.min(ofAll, loginTimeout);
    }
}
