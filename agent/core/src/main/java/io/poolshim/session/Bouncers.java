package io.poolshim.session;

import io.poolshim.config.Config;
import io.poolshim.config.Settings;
import io.poolshim.jdbc.DriverFailure;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Which URLs lead through a connection pooler. A login tells it without a round trip: the process that the server names
 * for cancelling is the session's own, whose number has at most 22 bits on Linux, while a pooler makes up 32 at random.
 * The one such number in a thousand that could be a process is found out when the catalogue is read.
 */
public final class Bouncers {
    private static final int HIGHEST_PROCESS = 1 << 22; // the most that pid_max can be
    private static final int MOST_URLS = 1000;
    private static final int LOOKS = 4;
    private static final String SESSION = "SELECT pg_catalog.pg_backend_pid()";

    private static final Bouncers NONE = new Bouncers(url -> "none");

    private final Map<String, Bouncer> found = new ConcurrentHashMap<>();
    private final Function<String, String> setting;

    private Bouncers(Function<String, String> setting) {
        this.setting = setting;
    }

    /** As the settings say, which may be others for some URLs. */
    public static Bouncers of(Config config) {
        return new Bouncers(url -> config.of(url, null).get(Settings.BOUNCER));
    }

    /** For drivers of whose servers no pooler is known. */
    public static Bouncers none() {
        return NONE;
    }

    /** What is known of this URL's, which may be nothing. */
    public Bouncer of(String url) {
        Bouncer known = found.get(url);
        return known != null ? known : new Bouncer(this, url, setting.apply(url));
    }

    /** The one that is known from now on of this URL's: this one, or another one that was found meanwhile. */
    Bouncer add(String url, Bouncer bouncer) {
        if (found.size() >= MOST_URLS) {
            found.clear(); // they are found again
        }
        Bouncer before = bouncer.looks() ? found.putIfAbsent(url, bouncer) : null;
        return before != null ? before : bouncer;
    }

    /** Whether an open connection leads through a pooler of which there is something to {@link #learn}; sends nothing. */
    public boolean isNews(Bouncer bouncer, DriverOperations driver, Object connection) {
        if (!bouncer.looks() || bouncer.isThere()) {
            return bouncer.owesAnswer();
        }
        int process = driver.process(connection);
        return process <= 0 || process > HIGHEST_PROCESS;
    }

    /**
     * Finds out, and remembers, whether a pooler shares sessions, by one more connection and some round trips; whoever comes
     * meanwhile does not wait for that.
     *
     * @param another opens one more, in a way in which it sends nothing after the login: that might have to wait
     * @return what is known of the pooler
     */
    public Bouncer learn(Bouncer bouncer, DriverOperations driver, Object connection, Supplier<Object> another) {
        Bouncer known = bouncer.isThere() ? bouncer : bouncer.found();
        if (known.beginLook()) {
            Boolean isShared = null;
            try {
                isShared = isShared(driver, connection, another);
            } finally {
                known.endLook(isShared);
            }
        }
        return known;
    }

    /**
     * Two connections that are open at the same time do not have the same session, nor does a connection change its own,
     * unless sessions are shared. On an idle pooler that shows at once, as the session used last is the next one to be used.
     *
     * @return null if one of them got no session in time
     */
    private static @Nullable Boolean isShared(DriverOperations driver, Object connection, Supplier<Object> another) {
        Object state = driver.newState(connection);
        String own = session(driver, connection, state);
        Object second = own == null ? null : open(another);
        if (second == null) {
            return null;
        }
        Object secondState = driver.newState(second);
        try {
            String before = null;
            for (int i = 0; i < LOOKS; i++) {
                String other = session(driver, second, secondState);
                String again = other == null ? null : session(driver, connection, state);
                if (other == null || again == null) {
                    return null; // it waits for a session, maybe for the one that the first connection has
                }
                if (!again.equals(own) || other.equals(own) || before != null && !other.equals(before)) {
                    return true;
                }
                before = other;
            }
            return false;
        } finally {
            driver.close(second, secondState);
        }
    }

    private static @Nullable Object open(Supplier<Object> another) {
        try {
            return another.get();
        } catch (DriverFailure refused) {
            return null;
        }
    }

    private static @Nullable String session(DriverOperations driver, Object connection, Object state) {
        List<String[]> rows = driver.rows(connection, state, SESSION);
        return rows == null || rows.isEmpty() ? null : rows.get(0)[0];
    }
}
