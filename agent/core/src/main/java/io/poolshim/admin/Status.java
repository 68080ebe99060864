package io.poolshim.admin;

import java.util.Locale;

/** How a pool is, from what matters least to what matters most when many are told as one. */
public enum Status {
    /** Nothing has happened yet by which it could be told. */
    UNKNOWN(0),
    HEALTHY(1),
    /** It serves, but slower or less reliably than it should. */
    DEGRADED(2),
    /** Who needs a connection now is not likely to get one. */
    UNHEALTHY(3);

    private final int level;

    Status(int level) {
        this.level = level;
    }

    /** For metrics: the higher, the worse. */
    int level() {
        return level;
    }

    Status or(Status other) {
        return compareTo(other) >= 0 ? this : other;
    }

    /** In lower case. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
