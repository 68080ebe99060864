package io.poolshim.programs.stress;

import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.Future;

/** How a borrower gets rid of its connection. By then the session is no longer claimed. */
final class Returns {
    /** The only one that keeps its claim. */
    static final String DROP_KEEPING = "drop-keeping-a-statement";

    private Returns() {}

    static void into(Map<String, Act> returns) {
        returns.put("close", (scene, loan, n) -> loan.connection.close());
        returns.put("close-twice", Returns::closeTwice);
        returns.put("close-statements", Returns::closeStatements);
        returns.put("close-by-other", (scene, loan, n) -> byOther(scene, loan, 0, loan.connection::close, () -> {}));
        returns.put("close-by-both", Returns::closeByBoth);
        returns.put("close-while-querying", Returns::closeWhileQuerying);
        returns.put("close-while-iterating", Returns::closeWhileIterating);
        returns.put("close-while-waiting", Returns::closeWhileWaiting);
        returns.put("close-while-cancelling", Returns::closeWhileCancelling);
        returns.put("close-interrupted", Returns::closeInterrupted);
        returns.put("abort", Returns::abort);
        returns.put("abort-by-other", Returns::abortByOther);
        returns.put("abort-in-background", Returns::abortInBackground);
        returns.put("drop", Returns::drop);
        returns.put(DROP_KEEPING, Returns::dropKeeping);
    }

    private static void closeTwice(Scene scene, Loan loan, int n) throws Exception {
        loan.connection.close();
        loan.connection.close();
    }

    private static void closeStatements(Scene scene, Loan loan, int n) throws Exception {
        for (Object kept : loan.keepsakes) {
            if (kept instanceof Statement && !loan.copying) {
                ((Statement) kept).close();
            }
        }
        loan.connection.close();
    }

    /** Another thread ends the connection while this one uses it. */
    private static void byOther(Scene scene, Loan loan, int micros, Companions.Task end, Companions.Task use)
            throws Exception {
        loan.ending = true;
        scene.tally.count("cross-thread closes");
        Future<Exception> companion = scene.companions.start(micros, end);
        try {
            if (!loan.copying) {
                use.run();
            }
        } finally {
            Exception failure = Companions.await(companion);
            loan.connection.close();
            if (failure != null) {
                scene.findings.judge(scene, "close by other", loan, failure);
            }
        }
    }

    private static void closeByBoth(Scene scene, Loan loan, int n) throws Exception {
        byOther(scene, loan, n % 20, loan.connection::close, loan.connection::close);
    }

    private static void closeWhileQuerying(Scene scene, Loan loan, int n) throws Exception {
        byOther(scene, loan, n, loan.connection::close, () -> {
            for (int i = 0; i < 20; i++) {
                ReadActs.echo(scene, loan, i);
            }
            loan.query("SELECT pg_sleep(0.001)");
        });
    }

    private static void closeWhileIterating(Scene scene, Loan loan, int n) throws Exception {
        if (loan.copying) {
            return; // the worker closes it then
        }
        loan.connection.setAutoCommit(false);
        ResultSet rows = ReadActs.cursor(loan, 2);
        byOther(scene, loan, n % 200, loan.connection::close, () -> {
            for (int row = 1; rows.next(); row++) {
                if (rows.getInt(1) != row) {
                    scene.findings.violation("foreign row", loan, rows.getInt(1) + " instead of " + row);
                }
            }
        });
    }

    private static void closeWhileWaiting(Scene scene, Loan loan, int n) throws Exception {
        byOther(scene, loan, n, loan.connection::close, () -> loan.pg().getNotifications(1 + n % 5));
    }

    private static void closeWhileCancelling(Scene scene, Loan loan, int n) throws Exception {
        if (loan.copying) {
            return; // the worker closes it then
        }
        Statement s = loan.statement();
        s.executeQuery("SELECT 1");
        Future<Exception> companion = scene.companions.start(n % 50, s::cancel);
        scene.tally.count("cancels by companions");
        loan.connection.close();
        loan.ending = true;
        Exception failure = Companions.await(companion);
        if (failure != null) {
            scene.findings.judge(scene, "cancel at close", loan, failure);
        }
    }

    private static void closeInterrupted(Scene scene, Loan loan, int n) throws Exception {
        Thread.currentThread().interrupt();
        scene.tally.count("interrupts");
        loan.connection.close();
        if (!Thread.interrupted()) {
            scene.findings.violation("interrupt lost", loan, "in close()");
        }
    }

    private static void abort(Scene scene, Loan loan, int n) throws Exception {
        scene.tally.count("aborts");
        loan.connection.abort(Runnable::run);
    }

    private static void abortByOther(Scene scene, Loan loan, int n) throws Exception {
        scene.tally.count("aborts");
        byOther(scene, loan, n, () -> loan.connection.abort(Runnable::run), () -> {
            for (int i = 0; i < 20; i++) {
                ReadActs.echo(scene, loan, i);
            }
        });
    }

    private static void abortInBackground(Scene scene, Loan loan, int n) throws Exception {
        scene.tally.count("aborts");
        loan.ending = true;
        loan.connection.abort(task -> scene.companions.start(n, task::run));
        loan.connection.close();
    }

    /** Forgotten, unless enough were: then the worker closes it. */
    private static void drop(Scene scene, Loan loan, int n) throws Exception {
        if (scene.mayDrop()) {
            scene.tally.count("drops");
            loan.dropped = true;
        }
    }

    private static void dropKeeping(Scene scene, Loan loan, int n) throws Exception {
        if (loan.session != null && !loan.copying && scene.mayDrop()) {
            Statement statement = loan.connection.createStatement();
            scene.tally.count("drops");
            loan.dropped = true;
            scene.forgotten.keep(statement, loan);
        }
    }
}
