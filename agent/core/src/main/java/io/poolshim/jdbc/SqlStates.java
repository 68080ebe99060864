package io.poolshim.jdbc;

import java.sql.SQLException;

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

    private static String of(Throwable thrown) {
        String state = thrown instanceof SQLException ? ((SQLException) thrown).getSQLState() : null;
        return state == null ? "" : state;
    }
}
