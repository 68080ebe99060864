package io.poolshim.programs;

import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.util.Arrays;

/** Failures as one line each: class, SQLState, vendor code, message, and whatever hangs on them. */
final class Failures {
    private Failures() {}

    static String describe(Throwable failure) {
        StringBuilder text = new StringBuilder(one(failure));
        if (failure instanceof BatchUpdateException) {
            text.append(" counts ").append(Arrays.toString(((BatchUpdateException) failure).getUpdateCounts()));
        }
        if (failure.getCause() != null) {
            text.append(" <- ").append(one(failure.getCause()));
        }
        for (Throwable suppressed : failure.getSuppressed()) {
            text.append(" & ").append(one(suppressed));
        }
        if (failure instanceof SQLException && ((SQLException) failure).getNextException() != null) {
            text.append(" -> ").append(one(((SQLException) failure).getNextException()));
        }
        return text.toString();
    }

    /** Class and SQLState only. */
    static String kind(Throwable failure) {
        String state = failure instanceof SQLException ? " [" + ((SQLException) failure).getSQLState() + "]" : "";
        return failure.getClass().getName() + state;
    }

    private static String one(Throwable failure) {
        String text = failure.getClass().getName();
        if (failure instanceof SQLException) {
            SQLException sql = (SQLException) failure;
            text += " [" + sql.getSQLState() + "/" + sql.getErrorCode() + "]";
        }
        return text + " " + String.valueOf(failure.getMessage()).replaceAll("\\s*\\R\\s*", " / ");
    }
}
