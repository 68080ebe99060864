package io.poolshim.wrap;

import io.poolshim.jdbc.SqlStates;
import java.net.SocketTimeoutException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/** Whether the failure of a statement says that its server has gone, or takes no writes any more. */
final class ServerFailure {
    private static final int DEEPEST_CAUSE = 8;
    private static final String READ_ONLY = "25006";

    /** It was shut down, it crashed, it broke the connection, the connection was broken before. */
    private static final Set<String> GONE = new HashSet<>(Arrays.asList("57P01", "57P02", "08006", "08003"));

    private ServerFailure() {}

    /**
     * Whether connections opened before are not to be trusted.
     *
     * @param physical the driver's connection
     * @param asked whether a text of this loan has asked for a transaction that only reads
     */
    static boolean isSeenIn(Throwable thrown, Object physical, boolean asked) {
        String state = SqlStates.of(thrown);
        if (state.equals(READ_ONLY)) {
            return !asked && !isReadOnly(physical);
        }
        return GONE.contains(state) && !isOfTimeout(thrown);
    }

    private static boolean isReadOnly(Object physical) {
        try {
            return physical instanceof Connection && ((Connection) physical).isReadOnly();
        } catch (SQLException closed) {
            return false;
        }
    }

    /** The application has set how long it waits for an answer; the server may be well. */
    private static boolean isOfTimeout(Throwable thrown) {
        Throwable cause = thrown;
        for (int i = 0; cause != null && i < DEEPEST_CAUSE; i++) {
            if (cause instanceof SocketTimeoutException) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }
}
