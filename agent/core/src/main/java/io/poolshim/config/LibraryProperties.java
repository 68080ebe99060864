package io.poolshim.config;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * What the libraries inside the agent see instead of system properties: the application sets those for its own copies
 * of HikariCP, SLF4J and Prometheus' client, the last of which would also set some. The build replaces their calls by calls to this class.
 */
public final class LibraryProperties {
    private static final Map<String, Long> OWN = own();

    private LibraryProperties() {}

    private static Map<String, Long> own() {
        Map<String, Long> values = new HashMap<>();
        // HikariCP must not validate with a round trip at a borrow; the agent looks at the socket itself.
        values.put("com.zaxxer.hikari.aliveBypassWindowMs", Long.MAX_VALUE);
        values.put("com.zaxxer.hikari.housekeeping.periodMs", 5_000L);
        return Collections.unmodifiableMap(values);
    }

    private static boolean isForeign(String name) {
        return name.startsWith("com.zaxxer.")
                || name.startsWith("hikaricp.")
                || name.startsWith("slf4j.")
                || name.startsWith("prometheus.");
    }

    /** Stands in for {@link System#getProperty(String)}. */
    public static @Nullable String getProperty(String name) {
        return isForeign(name) ? null : System.getProperty(name);
    }

    /** Stands in for {@link System#getProperty(String, String)}. */
    public static String getProperty(String name, String fallback) {
        return isForeign(name) ? fallback : System.getProperty(name, fallback);
    }

    /** Stands in for {@link Long#getLong(String, long)}. */
    public static Long getLong(String name, long fallback) {
        return OWN.getOrDefault(name, fallback);
    }

    /** Stands in for {@link Integer#getInteger(String, int)}. */
    public static Integer getInteger(String name, int fallback) {
        return fallback;
    }

    /** Stands in for {@link Boolean#getBoolean(String)}. */
    public static boolean getBoolean(String name) {
        return false;
    }

    /** Stands in for {@link System#getProperties()}, in Prometheus' client: none. */
    public static Properties getProperties() {
        return new Properties();
    }

    /** Stands in for {@link System#setProperty(String, String)}, in Prometheus' client, and sets nothing. */
    @SuppressWarnings("unused") // the signature is the original's
    public static @Nullable String setProperty(String name, String value) {
        return null;
    }

    /** Stands in for {@link System#getenv()}, in Prometheus' client: nothing. */
    public static Map<String, String> getenv() {
        return Collections.emptyMap();
    }

    /** Stands in for {@link System#getenv(String)}, in Prometheus' client: nothing. */
    @SuppressWarnings("unused") // the signature is the original's
    public static @Nullable String getenv(String name) {
        return null;
    }
}
