package io.poolshim.programs.stress;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;

/** Transactions that nobody ends. */
final class TransactionActs {
    private TransactionActs() {}

    static void into(Map<String, Act> acts) {
        acts.put("transaction", TransactionActs::transaction);
        acts.put("transaction-by-sql", TransactionActs::bySql);
        acts.put("transaction-failed", TransactionActs::failed);
        acts.put("transaction-committed", TransactionActs::committed);
        acts.put("transaction-chained", TransactionActs::chained);
        acts.put("savepoint", TransactionActs::savepoint);
        acts.put("isolation", TransactionActs::isolation);
        acts.put("read-only", (scene, loan, n) -> loan.connection.setReadOnly(true));
        acts.put("auto-commit", (scene, loan, n) -> loan.connection.setAutoCommit(false));
        acts.put("row-locked", TransactionActs::rowLocked);
    }

    /**
     * A row that nobody must ever see: each borrow looks for it. Not with a statement time-out: if that fires while the
     * server reads the BEGIN that the driver sends together with the statement, the statement may be executed without
     * it, and is committed. Unpooled that happens as well, to one such transaction in some thousands.
     */
    private static void insertUncommitted(Loan loan) throws SQLException {
        loan.uncommitted = true;
        loan.execute("INSERT INTO public.stress_row VALUES ('" + loan.owner + "', " + loan.timesOut + ")");
    }

    private static void transaction(Scene scene, Loan loan, int n) throws Exception {
        loan.connection.setAutoCommit(false);
        insertUncommitted(loan);
    }

    private static void bySql(Scene scene, Loan loan, int n) throws Exception {
        loan.execute(n % 2 == 0 ? "BEGIN" : "START TRANSACTION ISOLATION LEVEL REPEATABLE READ");
        insertUncommitted(loan);
    }

    private static void failed(Scene scene, Loan loan, int n) throws Exception {
        transaction(scene, loan, n);
        try {
            loan.query("SELECT 1 / 0");
        } catch (SQLException e) {
            if (!"22012".equals(e.getSQLState())) {
                throw e;
            }
        }
    }

    private static void committed(Scene scene, Loan loan, int n) throws Exception {
        if (!loan.uncommitted && loan.connection.getAutoCommit()) {
            loan.connection.setAutoCommit(false);
            loan.execute("UPDATE public.stress_counter SET n = n + 1 WHERE id = " + n);
            loan.connection.commit();
        }
    }

    private static void chained(Scene scene, Loan loan, int n) throws Exception {
        if (!loan.uncommitted) {
            loan.execute("BEGIN");
            loan.execute("COMMIT AND CHAIN");
            insertUncommitted(loan);
        }
    }

    private static void savepoint(Scene scene, Loan loan, int n) throws Exception {
        loan.connection.setAutoCommit(false);
        loan.keep(loan.connection.setSavepoint("s" + n));
        insertUncommitted(loan);
    }

    private static void isolation(Scene scene, Loan loan, int n) throws Exception {
        loan.connection.setTransactionIsolation(
                n % 2 == 0 ? Connection.TRANSACTION_SERIALIZABLE : Connection.TRANSACTION_REPEATABLE_READ);
    }

    /** Were it still locked after the return, others would wait. */
    private static void rowLocked(Scene scene, Loan loan, int n) throws Exception {
        loan.connection.setAutoCommit(false);
        loan.query("SELECT n FROM public.stress_counter WHERE id = " + n + " FOR UPDATE SKIP LOCKED");
    }
}
