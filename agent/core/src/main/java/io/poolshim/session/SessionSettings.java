package io.poolshim.session;

import io.poolshim.config.Config;
import io.poolshim.config.Settings;
import io.poolshim.log.Log;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What sessions begin with besides what the application asks for: settings of PostgreSQL's, and a time-out for statements.
 * The settings are said at login ({@code options}), so that a reset of the session brings them back; the time zone, which the
 * driver says itself, is set after it.
 */
public final class SessionSettings {
    /** Nothing. */
    public static final SessionSettings NONE = new SessionSettings("", null, 0);

    private static final String TIME_ZONE = "timezone";

    /** The driver says these at login, and what is said so wins over {@code options}. */
    private static final Set<String> OF_THE_DRIVER =
            new HashSet<>(Arrays.asList("client_encoding", "datestyle", "extra_float_digits", "application_name"));

    /** A value, a name or the whole of it is refused; the last is what PgBouncer says. */
    private static final Set<String> REFUSED =
            new HashSet<>(Arrays.asList("22023", "42704", "42501", "42601", "55P02", "08P01"));

    private final String options;
    private final @Nullable String timeZone;
    private final int queryTimeout;
    private volatile boolean refused;
    private volatile boolean zoneRefused;

    private SessionSettings(String options, @Nullable String timeZone, int queryTimeout) {
        this.options = options;
        this.timeZone = timeZone;
        this.queryTimeout = queryTimeout;
    }

    /** Those of pools with these settings. */
    public static SessionSettings of(Config config) {
        StringBuilder options = new StringBuilder();
        String zone = null;
        for (Map.Entry<String, String> given : config.sessionSettings().entrySet()) {
            String name = given.getKey();
            String lower = name.toLowerCase(Locale.ROOT);
            if (lower.equals(TIME_ZONE)) {
                zone = given.getValue();
            } else if (OF_THE_DRIVER.contains(lower)) {
                Log.once(
                        Log.Level.WARN,
                        "poolshim.pool.session." + name + " is ignored: the driver tells the server its own"
                                + (lower.equals("application_name") ? "; there is poolshim.application-name" : ""));
            } else {
                options.append(options.length() == 0 ? "-c " : " -c ")
                        .append(name)
                        .append('=')
                        .append(escaped(given.getValue()));
            }
        }
        long millis = config.millis(Settings.QUERY_TIMEOUT);
        int seconds = (int) Math.min(TimeUnit.MILLISECONDS.toSeconds(millis + 999), Integer.MAX_VALUE);
        return options.length() == 0 && zone == null && seconds == 0
                ? NONE
                : new SessionSettings(options.toString(), zone, seconds);
    }

    /** The server splits them at blanks, and takes what follows a backslash as it is. */
    private static String escaped(String value) {
        return value.replaceAll("[\\\\\\s]", "\\\\$0");
    }

    /** What of it does not concern the server: sessions that a pooler lends to others are not to be changed. */
    public SessionSettings throughPooler() {
        if (!options.isEmpty() || timeZone != null) {
            Log.once(
                    Log.Level.WARN,
                    "poolshim.pool.session.… is ignored where a connection pooler is between: set it in the database, by"
                            + " ALTER ROLE … SET");
        }
        return queryTimeout == 0 ? NONE : new SessionSettings("", null, queryTimeout);
    }

    /** Whether nothing is said after the login. */
    boolean isEmpty() {
        return queryTimeout == 0 && timeZone() == null;
    }

    /**
     * What the driver is to tell the server as {@code options}; null for nothing but the request's own.
     *
     * @param own what the request says there, which wins; null for nothing
     */
    public @Nullable String options(@Nullable String own) {
        if (options.isEmpty() || refused) {
            return null;
        }
        return own == null || own.trim().isEmpty() ? options : options + " " + own;
    }

    /** Whether a login failed because of them; it is to be tried without, and so are all that come after it. */
    public boolean areRefused(String sqlState) {
        if (!REFUSED.contains(sqlState)) {
            return false;
        }
        refused = true;
        Log.once(
                Log.Level.WARN,
                "the server refuses settings poolshim.pool.session.… at login (SQLSTATE " + sqlState
                        + "): sessions begin without them; its log tells which");
        return true;
    }

    /** The time zone to set; null to leave the JVM's. */
    @Nullable String timeZone() {
        return zoneRefused ? null : timeZone;
    }

    void timeZoneIsRefused() {
        zoneRefused = true;
        Log.once(
                Log.Level.WARN,
                "the server refuses the value of poolshim.pool.session.TimeZone: sessions have the JVM's");
    }

    /** In seconds, for statements to which the application gives none; 0 for none. */
    int queryTimeout() {
        return queryTimeout;
    }
}
