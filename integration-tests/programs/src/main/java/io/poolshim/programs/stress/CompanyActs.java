package io.poolshim.programs.stress;

import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.Future;
import org.postgresql.jdbc.PgStatement;

/** What several threads do to one connection, and interrupts, cancels and time-outs. */
final class CompanyActs {
    private CompanyActs() {}

    static void into(Map<String, Act> acts) {
        acts.put("cancel", CompanyActs::cancel);
        acts.put("cancel-late", CompanyActs::cancelLate);
        acts.put("query-timeout", CompanyActs::queryTimeout);
        acts.put("query-timeout-far", CompanyActs::queryTimeoutFar);
        acts.put("interrupt-in-query", CompanyActs::interruptInQuery);
        acts.put("interrupted-query", CompanyActs::interruptedQuery);
        acts.put("shared", CompanyActs::shared);
        acts.put("kill-own", CompanyActs::killOwn);
        acts.put("wait-for-notifications", (scene, loan, n) -> loan.pg().getNotifications(1 + n % 5));
    }

    private static void cancel(Scene scene, Loan loan, int n) throws Exception {
        Statement s = loan.statement();
        loan.cancelled = true;
        Future<Exception> companion = scene.companions.start(n % 20 * 100, s::cancel);
        try {
            s.executeQuery("SELECT pg_sleep(0.002)");
        } finally {
            Companions.await(companion);
            scene.tally.count("cancels by companions");
        }
    }

    /** Nobody waits for it: it may come when the connection is returned, or somebody else's. */
    private static void cancelLate(Scene scene, Loan loan, int n) throws Exception {
        Statement s = loan.statement();
        loan.cancelled = true;
        scene.companions.start(n % 30 * 50, s::cancel);
        s.executeQuery("SELECT 1");
        scene.tally.count("cancels by companions");
    }

    private static void queryTimeout(Scene scene, Loan loan, int n) throws Exception {
        Statement s = loan.statement();
        loan.cancelled = true;
        ((PgStatement) s).setQueryTimeoutMs(1 + n % 5);
        s.executeQuery("SELECT pg_sleep(" + (n % 6) * 0.001 + ")");
    }

    /** Its timer is still running when the connection is returned. */
    private static void queryTimeoutFar(Scene scene, Loan loan, int n) throws Exception {
        Statement s = loan.statement();
        s.setQueryTimeout(1);
        s.executeQuery("SELECT 1");
    }

    private static void interruptInQuery(Scene scene, Loan loan, int n) throws Exception {
        Thread borrower = Thread.currentThread();
        Future<Exception> companion = scene.companions.start(n % 10 * 100, borrower::interrupt);
        scene.tally.count("interrupts");
        try {
            loan.query("SELECT pg_sleep(0.001)");
        } finally {
            Companions.await(companion);
            Thread.interrupted();
        }
    }

    private static void interruptedQuery(Scene scene, Loan loan, int n) throws Exception {
        Thread.currentThread().interrupt();
        scene.tally.count("interrupts");
        try {
            loan.query("SELECT 1");
        } finally {
            Thread.interrupted();
        }
    }

    private static void shared(Scene scene, Loan loan, int n) throws Exception {
        Future<Exception> companion = scene.companions.start(0, () -> ReadActs.echo(scene, loan, n));
        ReadActs.echo(scene, loan, n + 1);
        Exception failure = Companions.await(companion);
        if (failure != null) {
            throw failure;
        }
    }

    private static void killOwn(Scene scene, Loan loan, int n) throws Exception {
        scene.sessions.killing(loan.pid());
        loan.query("SELECT pg_terminate_backend(pg_backend_pid())");
    }
}
