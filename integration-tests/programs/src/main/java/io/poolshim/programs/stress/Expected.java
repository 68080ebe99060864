package io.poolshim.programs.stress;

import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.function.BiPredicate;

/** Which failures a borrower may see, and why; unpooled it would see the same. */
enum Expected {
    /** Another thread closes or aborts the connection. */
    ENDING((scene, loan) -> loan.ending, "08003", "08006", "55000", "57014", Expected.CLOSE_FAILED),
    /** The server's administrator, or the borrower itself, has ended the session. */
    KILLED((scene, loan) -> scene.sessions.wasKilled(loan.pid()), "57P01", "08006", "08003", Expected.CLOSE_FAILED),
    /** A cancel of the borrower's own, or a time-out that it has set. */
    CANCELLED((scene, loan) -> loan.cancelled, "57014"),
    /** A cancel by the administrator. */
    CANCELLED_BY_ADMINISTRATOR((scene, loan) -> scene.sessions.wasCancelledDuring(loan), "57014"),
    /** A time-out of the socket; then the driver has closed the connection. */
    IMPATIENT((scene, loan) -> loan.impatient, "08006", "08003", Expected.CLOSE_FAILED),
    /**
     * What the borrower has done before: a failed or read-only transaction, another role or search path, names used
     * twice, the server's serialization failures.
     */
    OWN_DIRT((scene, loan) -> loan.dirty, "25", "42", "55", "34", "40", "0A", "3F", "22023");

    /** The driver has no SQLState for a socket that is gone before its last message. */
    private static final String CLOSE_FAILED = "";

    private final BiPredicate<Scene, Loan> circumstance;
    private final Set<String> states;

    Expected(BiPredicate<Scene, Loan> circumstance, String... states) {
        this.circumstance = circumstance;
        this.states = new HashSet<>(Arrays.asList(states));
    }

    /** Why it is no surprise; null if it is one. */
    static String reason(Scene scene, Loan loan, Exception failure) {
        if (failure instanceof SQLException) {
            String state = state(failure);
            for (Expected expected : values()) {
                if (expected.covers(state) && expected.circumstance.test(scene, loan)) {
                    return expected.name();
                }
            }
        }
        return null;
    }

    /** An administrator hits those who are logging in, too; which session it will be nobody knows by then. */
    static boolean atLogin(Scene scene, Exception failure) {
        return failure instanceof SQLException
                && Arrays.asList("57P01", "57014", "08006", "08001").contains(((SQLException) failure).getSQLState())
                && scene.sessions.wasAnybodyHit();
    }

    /** The driver wraps some failures. */
    static String state(Exception failure) {
        boolean wrapped = failure instanceof SQLClientInfoException && failure.getCause() instanceof SQLException;
        SQLException told = (SQLException) (wrapped ? failure.getCause() : failure);
        return String.valueOf(told.getSQLState());
    }

    private boolean covers(String state) {
        return states.stream().anyMatch(known -> known.isEmpty() ? state.isEmpty() : state.startsWith(known));
    }
}
