package io.poolshim.jdbc;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** What the SQLSTATE of a failed login says. */
public final class SqlStates {
    private SqlStates() {}

    /** The server, the database or the role has no connection left (53300). */
    public static boolean isTooManyConnections(Throwable thrown) {
        return "53300".equals(of(thrown));
    }

    /** The server does not accept who wants to log in, or not any more (class 28). */
    public static boolean isRefusedLogin(Throwable thrown) {
        return of(thrown).startsWith("28");
    }

    /** Nobody answered, or whoever did lets nobody in now: classes 08 and 53300, or a server that starts or stops. */
    public static boolean isUnreachable(Throwable thrown) {
        String state = of(thrown);
        return state.startsWith("08") || state.equals("57P03") || state.equals("53300");
    }

    /** A login that failed so may succeed a moment later. */
    public static boolean isPassing(@Nullable Throwable thrown) {
        String state = of(thrown);
        return state.equals("08001") || state.equals("57P03") || state.equals("53300");
    }

    /** The SQLSTATE; empty if there is none. */
    public static String of(@Nullable Throwable thrown) {
        String state = thrown instanceof SQLException ? ((SQLException) thrown).getSQLState() : null;
        return state == null ? "" : state;
    }
}
