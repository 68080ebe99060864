package io.poolshim.programs.stress;

import io.poolshim.programs.Env;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.postgresql.PGConnection;
import org.postgresql.jdbc.AutoSave;
import org.postgresql.jdbc.PgConnection;

/**
 * Runs programs made up by a {@link Grammar}, each on a borrowed connection, and compares how their steps end with the same
 * on a connection of one's own, and what the next borrower finds with a session that nobody has used before. Ends with 1 if
 * anything differs. Two runs of one seed make up the same programs.
 */
public final class RandomPrograms {
    private static final String HIDE =
            "CREATE FUNCTION stress_hide(text) RETURNS void LANGUAGE plpgsql AS 'BEGIN EXECUTE $1; END'";

    private final Env env = new Env(System.out);
    private final long seed = Long.getLong("app.seed", System.nanoTime());
    private final int programs = Integer.getInteger("app.programs", 300);
    private final Target target = new Target("user", env.url(), env.user(), env.password(), false);
    private String freshSql;
    private int statements;
    private int failures;
    private int differences;
    private int kept;

    private RandomPrograms() {}

    public static void main(String[] args) throws Exception {
        System.exit(new RandomPrograms().run() ? 0 : 1);
    }

    private boolean run() throws Exception {
        Stress.createTables(new Target("setup", env.url(), env.value("admin"), env.value("adminPassword"), true));
        try (Connection setup = target.direct();
                Statement s = setup.createStatement()) {
            s.execute(HIDE);
        }
        freshSql = Stress.freshSql(target);
        try (Connection fresh = target.direct()) {
            target.fresh = read(fresh);
        }
        Random random = new Random(seed);
        for (int i = 0; i < programs; i++) {
            compare(i, new Grammar(new Random(random.nextLong())).program());
        }
        env.print("random programs: seed=" + seed + " programs=" + programs + " statements=" + statements + " failures="
                + failures + " kept=" + kept + " differences=" + differences);
        return differences == 0;
    }

    private void compare(int number, List<String> program) throws SQLException {
        String alone;
        try (Connection own = target.direct()) {
            alone = use(own, program);
        }
        String pooled;
        int used;
        try (Connection borrowed = target.borrow()) {
            used = ((PGConnection) borrowed).getBackendPID();
            pooled = use(borrowed, program);
        }
        if (!pooled.equals(alone)) {
            differences++;
            env.print("program " + number + " " + program + " ends in" + pooled + ", alone in" + alone);
        }
        String found;
        int next;
        try (Connection recycled = target.borrow()) {
            next = ((PGConnection) recycled).getBackendPID();
            found = Fresh.differences(target.fresh, read(recycled));
        }
        kept += next == used ? 1 : 0;
        if (!found.isEmpty()) {
            differences++;
            env.print("program " + number + " " + program + " leaves " + found);
        }
    }

    private Map<String, String> read(Connection connection) throws SQLException {
        Map<String, String> state = Fresh.read(connection, freshSql);
        state.putAll(Fresh.readMore(connection));
        return state;
    }

    /** How each step ended: the SQLSTATE of its failure, or how many rows it came to. */
    private String use(Connection c, List<String> program) {
        StringBuilder ends = new StringBuilder();
        for (String step : program) {
            statements++;
            ends.append(' ');
            try {
                ends.append(step.startsWith("@") ? call(c, step.split(" ")) : execute(c, step));
            } catch (SQLException expected) {
                failures++;
                ends.append(expected.getSQLState());
            }
        }
        return ends.toString();
    }

    private static String execute(Connection c, String sql) throws SQLException {
        if (sql.length() % 3 == 0) {
            try (PreparedStatement prepared = c.prepareStatement(sql)) {
                return result(prepared, prepared.execute());
            }
        }
        Statement statement = c.createStatement(); // not closed, as old programs are
        return result(statement, statement.execute(sql));
    }

    private static String result(Statement statement, boolean rows) throws SQLException {
        int count = rows ? 0 : statement.getUpdateCount();
        if (rows) {
            ResultSet result = statement.getResultSet();
            while (result.next()) {
                count++;
            }
        }
        return (rows ? "rows" : "count") + count;
    }

    private static String call(Connection c, String[] call) throws SQLException {
        PgConnection pg = (PgConnection) c;
        switch (call[0]) {
            case "@autocommit":
                c.setAutoCommit(!c.getAutoCommit());
                break;
            case "@isolation":
                c.setTransactionIsolation(1 << Integer.parseInt(call[1]) % 4);
                break;
            case "@readonly":
                c.setReadOnly(!c.isReadOnly());
                break;
            case "@schema":
                c.setSchema("pg_catalog");
                break;
            case "@catalog":
                c.setCatalog("elsewhere");
                break;
            case "@holdability":
                c.setHoldability(ResultSet.HOLD_CURSORS_OVER_COMMIT);
                break;
            case "@timeout":
                c.setNetworkTimeout(Runnable::run, 30_000);
                break;
            case "@threshold":
                pg.setPrepareThreshold(1);
                break;
            case "@fetchsize":
                pg.setDefaultFetchSize(2);
                break;
            case "@autosave":
                pg.setAutosave(AutoSave.ALWAYS);
                break;
            case "@typemap":
                c.setTypeMap(new HashMap<>());
                break;
            case "@client":
                c.setClientInfo("ApplicationName", "somebody");
                break;
            case "@commit":
                c.commit();
                break;
            case "@rollback":
                c.rollback();
                break;
            case "@savepoint":
                c.setSavepoint("here");
                break;
            case "@notifications":
                pg.getNotifications();
                break;
            default:
                query(c, call[0]);
        }
        return "done";
    }

    private static void query(Connection c, String how) throws SQLException {
        switch (how) {
            case "@cursor":
                c.setAutoCommit(false);
                PreparedStatement open = c.prepareStatement("SELECT id FROM stress_counter");
                open.setFetchSize(3);
                open.executeQuery().next();
                break;
            case "@executions":
                try (PreparedStatement often = c.prepareStatement("SELECT 1e10::float8")) {
                    for (int i = 0; i < 7; i++) {
                        often.executeQuery();
                    }
                }
                break;
            case "@work":
                c.setAutoCommit(false);
                try (PreparedStatement update =
                        c.prepareStatement("UPDATE stress_counter SET n = n + 1 WHERE id = ?")) {
                    update.setInt(1, 7);
                    update.executeUpdate();
                }
                c.commit();
                break;
            case "@batch":
                try (Statement batch = c.createStatement()) {
                    batch.addBatch("SET work_mem = '3MB'");
                    batch.addBatch("UPDATE stress_counter SET n = n + 1 WHERE id = 1");
                    batch.executeBatch();
                }
                break;
            default:
                throw new IllegalArgumentException(how);
        }
    }
}
