package io.poolshim.programs.stress;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/**
 * Says whose session it is, in three books: in this JVM, on the server by a lock of the session (the next borrower finds
 * it), and in a table, from which another connection deletes it before the return.
 */
final class Claims {
    private final Scene scene;
    private final Map<Target, Connection> registrars = new HashMap<>();

    Claims(Scene scene) throws SQLException {
        this.scene = scene;
        for (Target target : scene.targets) {
            Connection registrar = target.direct();
            registrars.put(target, registrar);
            scene.sessions.spare(((org.postgresql.PGConnection) registrar).getBackendPID());
        }
    }

    void claim(Loan loan) {
        Loan other = scene.sessions.claim(loan);
        if (other != null) {
            scene.findings.violation("two borrowers", loan, "it is also that of " + other);
        }
        if (scene.sessions.isReused(loan)) {
            scene.tally.count("reused");
        }
    }

    void tellServer(Loan loan, Plan plan) throws SQLException {
        if (plan.byLock) {
            loan.query("SELECT pg_try_advisory_lock(731, pg_backend_pid())");
        }
        if (plan.byTable) {
            insert(loan);
        }
    }

    private void insert(Loan loan) throws SQLException {
        try {
            loan.inTable = true;
            loan.execute("INSERT INTO public.stress_claim (owner) VALUES ('" + loan.owner + "')");
        } catch (SQLException e) {
            if (!"23505".equals(e.getSQLState())) {
                throw e;
            }
            scene.findings.violation("two borrowers", loan, "the server knows: " + e.getMessage());
        }
    }

    /** To be called before the connection is closed. */
    void release(Loan loan) {
        scene.sessions.release(loan);
        if (loan.inTable) {
            try (PreparedStatement delete =
                    registrars.get(loan.target).prepareStatement("DELETE FROM public.stress_claim WHERE owner = ?")) {
                delete.setString(1, loan.owner);
                delete.executeUpdate();
            } catch (SQLException e) {
                scene.findings.unexpected("release of " + loan, loan.history, e);
            }
        }
    }
}
