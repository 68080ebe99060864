package io.poolshim.session;

import org.jspecify.annotations.Nullable;

/** Which of several servers a request asks for, by pgjdbc's connection property {@code targetServerType}. */
enum ServerRole {
    ANY,
    PRIMARY,
    SECONDARY;

    /** For "prefer…", too: if the preferred one is not what lies idle, the driver is to look for it. */
    static ServerRole wantedBy(@Nullable String targetServerType) {
        if (targetServerType == null || targetServerType.equals("any")) {
            return ANY;
        }
        boolean secondary = targetServerType.endsWith("econdary") || targetServerType.endsWith("lave");
        return secondary ? SECONDARY : PRIMARY;
    }

    /** Whether a server that takes writes, or does not, is what is wanted; null if it does not answer. */
    boolean isOf(@Nullable Boolean primary) {
        return primary != null && (this == ANY || primary == (this == PRIMARY));
    }
}
