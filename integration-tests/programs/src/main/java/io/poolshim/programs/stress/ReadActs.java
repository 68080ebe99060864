package io.poolshim.programs.stress;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/** Queries, whose answers are checked, and results that nobody reads to the end. */
final class ReadActs {
    static final int FETCH_SIZE = 10;
    private static final int ROWS = 300;

    private ReadActs() {}

    static void into(Map<String, Act> acts) {
        acts.put("echo", ReadActs::echo);
        acts.put("prepared-often", ReadActs::preparedOften);
        acts.put("half-read", ReadActs::halfRead);
        acts.put("big-result", ReadActs::bigResult);
        acts.put("batch", ReadActs::batch);
        acts.put("batch-unfinished", ReadActs::batchUnfinished);
        acts.put("metadata", ReadActs::metadata);
        acts.put("generated-keys", ReadActs::generatedKeys);
    }

    /** The answer must be to this borrower's question, from its own session. */
    static void echo(Scene scene, Loan loan, int n) throws SQLException {
        try (PreparedStatement p = loan.connection.prepareStatement("SELECT ?::text, pg_backend_pid()")) {
            p.setString(1, loan.owner + "/" + n);
            try (ResultSet row = p.executeQuery()) {
                row.next();
                boolean own = row.getString(1).equals(loan.owner + "/" + n) && row.getInt(2) == loan.pid();
                if (!own) {
                    scene.findings.violation("foreign answer", loan, row.getString(1) + " from " + row.getInt(2));
                }
            }
        }
    }

    private static void preparedOften(Scene scene, Loan loan, int n) throws Exception {
        PreparedStatement p = loan.prepare("SELECT ?::int + ?::int");
        for (int i = 0; i < 7; i++) {
            p.setInt(1, n);
            p.setInt(2, i);
            try (ResultSet row = p.executeQuery()) {
                row.next();
                if (row.getInt(1) != n + i) {
                    scene.findings.violation("foreign row", loan, row.getInt(1) + " instead of " + (n + i));
                }
            }
        }
    }

    private static void halfRead(Scene scene, Loan loan, int n) throws Exception {
        loan.connection.setAutoCommit(false);
        ResultSet rows = cursor(loan, FETCH_SIZE);
        for (int row = 0; row < 1 + n % 35; row++) {
            rows.next();
        }
    }

    /** Rows that come by portions, whatever the connection's holdability is. */
    static ResultSet cursor(Loan loan, int fetchSize) throws SQLException {
        Statement s = loan.keep(loan.connection.createStatement(
                ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY, ResultSet.CLOSE_CURSORS_AT_COMMIT));
        s.setFetchSize(fetchSize);
        return loan.keep(s.executeQuery("SELECT generate_series(1, " + ROWS + ")"));
    }

    private static void bigResult(Scene scene, Loan loan, int n) throws Exception {
        ResultSet rows = loan.statement().executeQuery("SELECT repeat('x', 100) FROM generate_series(1, " + n + ")");
        rows.next();
    }

    private static void batch(Scene scene, Loan loan, int n) throws Exception {
        PreparedStatement p = loan.prepare("UPDATE public.stress_counter SET n = n WHERE id = -?");
        for (int i = 0; i < 5 + n % 20; i++) {
            p.setInt(1, i);
            p.addBatch();
        }
        p.executeBatch();
    }

    private static void batchUnfinished(Scene scene, Loan loan, int n) throws Exception {
        Statement s = loan.statement();
        s.addBatch("SELECT 1 AS never_executed");
        s.addBatch("SET work_mem = '3MB'");
    }

    private static void metadata(Scene scene, Loan loan, int n) throws Exception {
        loan.keep(loan.connection.getMetaData())
                .getTables(null, "public", "stress_%", null)
                .next();
    }

    private static void generatedKeys(Scene scene, Loan loan, int n) throws Exception {
        if (loan.connection.getAutoCommit() && !loan.uncommitted) {
            Statement s = loan.statement();
            s.executeUpdate(
                    "INSERT INTO public.stress_key (owner) VALUES ('" + loan.owner + "')",
                    Statement.RETURN_GENERATED_KEYS);
            loan.keep(s.getGeneratedKeys()).next();
        }
    }
}
