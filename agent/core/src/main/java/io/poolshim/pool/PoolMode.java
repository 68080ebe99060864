package io.poolshim.pool;

import java.util.Locale;
import java.util.StringJoiner;

/** What becomes of calls that lead to a pool. */
public enum PoolMode {
    /** They are served from it. */
    POOL,
    /** They get connections of their own, and the agent looks on. */
    OBSERVE,
    /** They pass through. */
    OFF;

    /** As settings and logs have it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The mode of that name, in whatever case.
     *
     * @throws IllegalArgumentException if there is none; the message names those there are
     */
    public static PoolMode of(String text) {
        StringJoiner all = new StringJoiner(", ");
        for (PoolMode mode : values()) {
            if (mode.text().equalsIgnoreCase(text.trim())) {
                return mode;
            }
            all.add(mode.text());
        }
        throw new IllegalArgumentException("there is no mode '" + text + "'; give one of " + all);
    }
}
