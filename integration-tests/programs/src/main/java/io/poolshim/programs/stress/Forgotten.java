package io.poolshim.programs.stress;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Connections that nobody can reach any more, though a statement of theirs is still there: whoever has it still uses the
 * session, so that nobody else may get that before the statement is gone, too.
 */
final class Forgotten {
    private final Queue<Kept> all = new ConcurrentLinkedQueue<>();
    private final Scene scene;

    Forgotten(Scene scene) {
        this.scene = scene;
    }

    private static final class Kept {
        final Statement statement;
        final Loan ghost;

        Kept(Statement statement, Loan ghost) {
            this.statement = statement;
            this.ghost = ghost;
        }
    }

    /** Lets go of the connection, not of the statement; the claim stays. */
    void keep(Statement statement, Loan loan) {
        all.add(new Kept(statement, scene.sessions.withoutConnection(loan)));
    }

    /** One of them answers once more; then it is gone for good. */
    void useOne(Claims claims) {
        Kept kept = all.poll();
        if (kept != null) {
            try (ResultSet row = kept.statement.executeQuery("SELECT pg_backend_pid()")) {
                row.next();
                scene.tally.count("forgotten answered");
                if (row.getInt(1) != kept.ghost.pid()) {
                    scene.findings.violation("foreign answer", kept.ghost, "from " + row.getInt(1));
                }
            } catch (SQLException e) {
                scene.findings.judge(scene, "forgotten", kept.ghost, e);
            }
            claims.release(kept.ghost);
        }
    }
}
