package io.poolshim.programs.stress;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyOut;
import org.postgresql.largeobject.LargeObject;
import org.postgresql.largeobject.LargeObjectManager;

/** Things on the server that live as long as the session, or as the transaction. */
final class ObjectActs {
    private static final byte[] ROW = "copied\tf\n".getBytes(StandardCharsets.UTF_8);

    private ObjectActs() {}

    static void into(Map<String, Act> acts) {
        acts.put(
                "temp-table",
                (scene, loan, n) ->
                        loan.execute("CREATE TEMP TABLE IF NOT EXISTS scratch" + n % 7 + " AS SELECT " + n + " AS n"));
        acts.put(
                "temp-table-shadowing",
                (scene, loan, n) -> loan.execute("CREATE TEMP TABLE IF NOT EXISTS stress_row (other int)"));
        acts.put("temp-sequence", (scene, loan, n) -> loan.execute("CREATE TEMP SEQUENCE IF NOT EXISTS scratch_seq"));
        acts.put(
                "cursor-with-hold",
                (scene, loan, n) ->
                        loan.execute("DECLARE held" + n + " CURSOR WITH HOLD FOR SELECT generate_series(1, 100)"));
        acts.put("prepare", (scene, loan, n) -> loan.execute("PREPARE plan" + n + " (int) AS SELECT $1 + " + n));
        acts.put("listen", (scene, loan, n) -> loan.execute("LISTEN channel" + n % 4));
        acts.put("notify", (scene, loan, n) -> loan.execute("NOTIFY channel" + n % 4 + ", '" + loan.owner + "'"));
        acts.put("advisory-lock", ObjectActs::advisoryLock);
        acts.put("sequence", (scene, loan, n) -> loan.query("SELECT nextval('public.stress_sequence')"));
        acts.put("large-object", ObjectActs::largeObject);
        acts.put("copy-in-open", ObjectActs::copyIn);
        acts.put("copy-out-open", ObjectActs::copyOut);
    }

    /** Were it still held after the return, the next who finds the number free would not get it. */
    private static void advisoryLock(Scene scene, Loan loan, int n) throws Exception {
        String function = n % 2 == 0 ? "pg_try_advisory_lock" : "pg_try_advisory_lock_shared";
        loan.query("SELECT " + function + "(" + 1_000_000 + n + ")");
    }

    private static void largeObject(Scene scene, Loan loan, int n) throws Exception {
        loan.connection.setAutoCommit(false);
        loan.uncommitted = true;
        LargeObjectManager manager = loan.keep(loan.pg().getLargeObjectAPI());
        long id = manager.createLO(LargeObjectManager.READWRITE);
        LargeObject object = loan.keep(manager.open(id, LargeObjectManager.READWRITE));
        object.write(new byte[] {1, 2, 3});
    }

    private static void copyIn(Scene scene, Loan loan, int n) throws Exception {
        loan.uncommitted = true;
        loan.copying = true;
        CopyIn copy = loan.keep(loan.pg().getCopyAPI().copyIn("COPY public.stress_row FROM STDIN"));
        copy.writeToCopy(ROW, 0, ROW.length);
        if (n % 2 == 0) {
            copy.cancelCopy();
        }
    }

    private static void copyOut(Scene scene, Loan loan, int n) throws Exception {
        loan.copying = true;
        CopyOut copy = loan.keep(loan.pg().getCopyAPI().copyOut("COPY (SELECT generate_series(1, 1000)) TO STDOUT"));
        for (int row = 0; row < n && copy.readFromCopy() != null; row++) {
            scene.tally.count("rows copied");
        }
    }
}
