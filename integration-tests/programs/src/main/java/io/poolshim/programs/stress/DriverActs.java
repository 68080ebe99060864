package io.poolshim.programs.stress;

import java.sql.ResultSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.postgresql.jdbc.AutoSave;
import org.postgresql.util.PGobject;

/** State that the driver's connection object has. */
final class DriverActs {
    /** A type of the borrower's own. */
    public static final class Network extends PGobject {
        private static final long serialVersionUID = 1L;
    }

    private DriverActs() {}

    static void into(Map<String, Act> acts) {
        acts.put("prepare-threshold", (scene, loan, n) -> loan.pg().setPrepareThreshold(1 + n % 3));
        acts.put("default-fetch-size", (scene, loan, n) -> loan.pg().setDefaultFetchSize(1 + n));
        acts.put(
                "autosave",
                (scene, loan, n) -> loan.pg().setAutosave(n % 2 == 0 ? AutoSave.ALWAYS : AutoSave.CONSERVATIVE));
        acts.put(
                "holdability",
                (scene, loan, n) -> loan.connection.setHoldability(
                        n % 2 == 0 ? ResultSet.CLOSE_CURSORS_AT_COMMIT : ResultSet.HOLD_CURSORS_OVER_COMMIT));
        acts.put(
                "type-map",
                (scene, loan, n) -> loan.connection.setTypeMap(
                        new HashMap<String, Class<?>>(Collections.singletonMap("point", String.class))));
        acts.put("client-info", (scene, loan, n) -> loan.connection.setClientInfo("ApplicationName", "batch " + n));
        acts.put("client-info-kept", DriverActs::clientInfoKept);
        acts.put("data-type", (scene, loan, n) -> loan.pg().addDataType("cidr", Network.class));
        acts.put("network-timeout", (scene, loan, n) -> loan.connection.setNetworkTimeout(Runnable::run, 30_000 + n));
        acts.put("network-timeout-short", DriverActs::networkTimeoutShort);
        acts.put(
                "warnings", (scene, loan, n) -> loan.statement().execute(n % 2 == 0 ? "UNLISTEN nothing" : "ROLLBACK"));
        acts.put("adaptive-fetch", (scene, loan, n) -> loan.pg().setAdaptiveFetch(true));
    }

    /** The driver hands out its own object. */
    private static void clientInfoKept(Scene scene, Loan loan, int n) throws Exception {
        loan.keep(loan.connection.getClientInfo()).setProperty("ApplicationName", "kept");
    }

    /** It may be over before the answer is here; the connection is then broken. */
    private static void networkTimeoutShort(Scene scene, Loan loan, int n) throws Exception {
        loan.impatient = true;
        loan.connection.setNetworkTimeout(Runnable::run, 1 + n % 10);
        loan.query("SELECT pg_sleep(" + (n % 10) * 0.001 + ")");
    }
}
