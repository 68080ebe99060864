package io.poolshim.programs;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Map;

/** Whatever is kept of statements for the next borrower is not to be noticed: each is executed over twelve borrows. */
final class KeptPlans {
    private static final int BORROWS = 12;
    private static final String TYPES = "SELECT f, a, z, b, n FROM kept_types WHERE id = ?";

    private KeptPlans() {}

    static void addTo(Map<String, TwinProgram> all) {
        all.put("kept.types", KeptPlans::types);
        all.put("kept.types-in-transactions", KeptPlans::typesInTransactions);
        all.put("kept.table-altered-by-another", KeptPlans::alteredByAnother);
        all.put("kept.table-altered-within-a-loan", KeptPlans::alteredWithinALoan);
        all.put("kept.table-altered-after-work-was-done", KeptPlans::alteredAfterWorkWasDone);
        all.put("kept.metadata-of-an-altered-table", KeptPlans::metadataOfAnAlteredTable);
        all.put("kept.table-hidden-by-a-temporary-one", KeptPlans::hiddenByATemporaryOne);
        all.put("kept.search-path-changed", KeptPlans::searchPathChanged);
        all.put("kept.prepared-statements-shown", KeptPlans::preparedStatementsShown);
        all.put("kept.sequences", KeptPlans::sequences);
        all.put("kept.isolation", KeptPlans::isolation);
        all.put("kept.isolation-after-a-setting", KeptPlans::isolationAfterASetting);
        all.put("kept.literals-that-mean-a-time", KeptPlans::literalsThatMeanATime);
        all.put("kept.parameters-of-other-types", KeptPlans::parametersOfOtherTypes);
        all.put("kept.failures", KeptPlans::failures);
        all.put("kept.batches", KeptPlans::batches);
        all.put("kept.deallocated", KeptPlans::deallocated);
    }

    private static void createTypes(Env env) throws SQLException {
        env.setup(
                "DROP TABLE IF EXISTS kept_types",
                "CREATE TABLE kept_types (id int PRIMARY KEY, f float8, a int[], z timetz, b bytea, n numeric)",
                "INSERT INTO kept_types VALUES (1, 1e10, '{1,NULL}', '10:00+02', '\\x00ff', 1.50)");
    }

    private static String one(Connection c, String sql) throws SQLException {
        try (PreparedStatement p = c.prepareStatement(sql)) {
            p.setInt(1, 1);
            return text(p.executeQuery());
        }
    }

    /** In binary, the driver's text of a bytea is the name of an object. */
    private static String text(ResultSet rows) throws SQLException {
        return Env.text(rows).replaceAll("@[0-9a-f]+", "@");
    }

    static void types(Env env) throws Exception {
        createTypes(env);
        for (int i = 0; i < BORROWS; i++) {
            try (Connection c = env.connect()) {
                env.print("borrow " + i, one(c, TYPES));
                for (int more = 0; more < i % 7; more++) { // some of them reach the threshold of their own
                    env.print("again", one(c, TYPES));
                }
            }
        }
    }

    static void typesInTransactions(Env env) throws Exception {
        createTypes(env);
        for (int i = 0; i < BORROWS; i++) {
            try (Connection c = env.connect()) {
                c.setAutoCommit(false);
                env.print("borrow " + i, one(c, TYPES));
                try (PreparedStatement p = c.prepareStatement("UPDATE kept_types SET n = n + 1 WHERE id = ?")) {
                    p.setInt(1, 1);
                    env.print("updated", p.executeUpdate());
                }
                env.print("then", one(c, TYPES));
                if (i % 3 != 0) {
                    c.commit();
                }
            }
        }
    }

    static void alteredByAnother(Env env) throws Exception {
        createTypes(env);
        String all = "SELECT * FROM kept_types WHERE id = ?";
        for (int i = 0; i < BORROWS; i++) {
            try (Connection c = env.connect()) {
                c.setAutoCommit(i % 2 == 0);
                env.show("borrow " + i, () -> one(c, all));
                if (i % 2 != 0) {
                    c.commit();
                }
            }
            if (i % 3 == 2) {
                env.outside("ALTER TABLE kept_types ADD COLUMN more_" + i + " int DEFAULT " + i);
            }
        }
        env.outside("ALTER TABLE kept_types RENAME COLUMN n TO m");
        try (Connection c = env.connect();
                PreparedStatement p = c.prepareStatement(all)) {
            p.setInt(1, 1);
            env.print("renamed", p.executeQuery().getMetaData().getColumnName(6));
        }
        env.outside("DROP TABLE kept_types");
        env.show("dropped", () -> {
            try (Connection c = env.connect()) {
                return one(c, all);
            }
        });
    }

    /** Not by the first statement of a transaction, but while it runs, before the table is used in it. */
    static void alteredWithinALoan(Env env) throws Exception {
        createTypes(env);
        String all = "SELECT * FROM kept_types WHERE id = ?";
        for (int i = 0; i < BORROWS; i++) {
            try (Connection c = env.connect()) {
                c.setAutoCommit(false);
                env.print("first", one(c, "SELECT ?::int"));
                if (i == 5) {
                    env.outside("ALTER TABLE kept_types ADD COLUMN more int DEFAULT 7");
                }
                env.show("borrow " + i, () -> one(c, all));
                env.attempt("commit", c::commit);
                if (i == 8) {
                    env.outside("ALTER TABLE kept_types ALTER COLUMN f TYPE text");
                }
                env.show("next transaction", () -> one(c, TYPES));
            }
        }
    }

    /** A statement that the driver itself has prepared fails in a transaction in which something was done. */
    static void alteredAfterWorkWasDone(Env env) throws Exception {
        createTypes(env);
        env.setup("CREATE TABLE kept_work (i int)");
        for (int i = 0; i < BORROWS; i++) {
            try (Connection c = env.connect();
                    PreparedStatement often = c.prepareStatement("SELECT * FROM kept_types WHERE id = ?");
                    PreparedStatement work = c.prepareStatement("INSERT INTO kept_work VALUES (?) RETURNING i")) {
                often.setInt(1, 1);
                for (int times = 0; times < 7; times++) {
                    Env.text(often.executeQuery());
                }
                c.setAutoCommit(false);
                work.setInt(1, i);
                env.print("work", Env.text(work.executeQuery()));
                if (i % 4 == 3) {
                    env.outside("ALTER TABLE kept_types ADD COLUMN more_" + i + " int");
                }
                env.show("often", () -> text(often.executeQuery()));
                env.attempt("commit", c::commit);
            }
            env.print("done", env.query("SELECT count(*), max(i) FROM kept_work"));
        }
    }

    static void metadataOfAnAlteredTable(Env env) throws Exception {
        createTypes(env);
        for (int i = 0; i < BORROWS; i++) {
            if (i == 7) {
                env.outside("ALTER TABLE kept_types ADD COLUMN more int");
            }
            try (Connection c = env.connect();
                    PreparedStatement p = c.prepareStatement("SELECT * FROM kept_types WHERE id = ?")) {
                c.setAutoCommit(i % 2 == 0);
                env.show("columns", () -> p.getMetaData().getColumnCount());
                p.setInt(1, 1);
                env.show("row", () -> text(p.executeQuery()));
            }
        }
    }

    static void hiddenByATemporaryOne(Env env) throws Exception {
        env.setup("CREATE TABLE kept_item (id int, name text)", "INSERT INTO kept_item VALUES (1, 'real')");
        String select = "SELECT name FROM kept_item WHERE id = ?";
        for (int i = 0; i < BORROWS; i++) {
            try (Connection c = env.connect()) {
                env.print("borrow " + i, one(c, select));
                if (i % 4 == 3) {
                    env.execute(c, "CREATE TEMP TABLE kept_item AS SELECT 1 AS id, 'temporary' AS name");
                    env.print("hidden", one(c, select));
                }
            }
        }
    }

    static void searchPathChanged(Env env) throws Exception {
        env.setup(
                "CREATE SCHEMA kept_other",
                "CREATE TABLE kept_other.kept_path (id int, name text)",
                "INSERT INTO kept_other.kept_path VALUES (1, 'other')",
                "CREATE TABLE kept_path (id int, name text)",
                "INSERT INTO kept_path VALUES (1, 'public')");
        String select = "SELECT name FROM kept_path WHERE id = ?";
        for (int i = 0; i < BORROWS; i++) {
            try (Connection c = env.connect()) {
                env.print("borrow " + i, one(c, select));
                if (i % 4 == 3) {
                    c.setSchema("kept_other");
                    env.print("other", one(c, select));
                }
            }
        }
    }

    static void preparedStatementsShown(Env env) throws Exception {
        createTypes(env);
        for (int i = 0; i < BORROWS; i++) {
            try (Connection c = env.connect()) {
                if (i % 3 != 2) {
                    one(c, TYPES);
                }
                env.print("prepared", env.query(c, "SELECT count(*) FROM pg_prepared_statements"));
            }
            env.query("SELECT 1");
        }
    }

    static void sequences(Env env) throws Exception {
        env.setup(
                "CREATE TABLE kept_serial (id serial, name text)",
                "CREATE TABLE kept_identity (id int GENERATED ALWAYS AS IDENTITY, name text)");
        String[] inserts = {"INSERT INTO kept_serial (name) VALUES (?)", "INSERT INTO kept_identity (name) VALUES (?)"};
        for (int i = 0; i < BORROWS; i++) {
            try (Connection c = env.connect()) {
                if (i % 2 == 0) {
                    env.show("last before", () -> env.query(c, "SELECT lastval()"));
                }
                try (PreparedStatement insert = c.prepareStatement(inserts[i % 2])) {
                    insert.setInt(1, i);
                    insert.executeUpdate();
                }
                env.show("last", () -> env.query(c, "SELECT lastval()"));
                env.show("one", () -> env.query(c, "SELECT currval('kept_serial_id_seq')"));
                env.show("other", () -> env.query(c, "SELECT currval('kept_identity_id_seq')"));
            }
            env.show("somebody else's", () -> env.query("SELECT currval('kept_serial_id_seq')"));
        }
    }

    static void isolation(Env env) throws Exception {
        int[] levels = {
            Connection.TRANSACTION_SERIALIZABLE,
            Connection.TRANSACTION_SERIALIZABLE,
            0,
            Connection.TRANSACTION_READ_COMMITTED,
            0
        };
        for (int i = 0; i < BORROWS; i++) {
            try (Connection c = env.connect()) {
                int level = levels[i % levels.length];
                c.setAutoCommit(i % 2 == 0);
                if (level != 0) {
                    c.setTransactionIsolation(level);
                }
                env.print("number", one(c, "SELECT ?::int"));
                env.print("level", env.query(c, "SHOW transaction_isolation"));
                env.print("default", env.query(c, "SHOW default_transaction_isolation"));
                c.setAutoCommit(true);
                env.print("asked", c.getTransactionIsolation());
            }
        }
    }

    /** What drops statements that were kept is not to count as the transaction's first query. */
    static void isolationAfterASetting(Env env) throws Exception {
        createTypes(env);
        for (int i = 0; i < BORROWS; i++) {
            try (Connection c = env.connect();
                    Statement statement = c.createStatement()) {
                env.print("borrow " + i, one(c, TYPES));
                statement.execute("BEGIN");
                statement.execute("SET LOCAL work_mem = '3MB'");
                statement.execute("SET TRANSACTION ISOLATION LEVEL SERIALIZABLE");
                env.print("isolation", Env.text(statement.executeQuery("SHOW transaction_isolation")));
                env.print("then", one(c, TYPES));
                statement.execute("COMMIT");
                env.print("after", one(c, TYPES));
            }
        }
    }

    static void literalsThatMeanATime(Env env) throws Exception {
        for (int i = 0; i < BORROWS; i++) {
            try (Connection c = env.connect()) {
                c.setAutoCommit(i % 2 == 0);
                env.print("now", one(c, "SELECT 'now'::timestamptz = now() WHERE 1 = ?"));
                env.print("today", one(c, "SELECT 'today'::timestamp = current_date WHERE 1 = ?"));
            }
        }
    }

    static void parametersOfOtherTypes(Env env) throws Exception {
        createTypes(env);
        for (int i = 0; i < BORROWS; i++) {
            try (Connection c = env.connect();
                    PreparedStatement p = c.prepareStatement("SELECT n, pg_typeof(?) FROM kept_types WHERE id = ?")) {
                switch (i % 4) {
                    case 0:
                        p.setString(1, "x");
                        break;
                    case 1:
                        p.setLong(1, 7);
                        break;
                    case 2:
                        p.setObject(1, new java.math.BigDecimal("1.5"));
                        break;
                    default:
                        p.setNull(1, java.sql.Types.DATE);
                }
                p.setInt(2, 1);
                env.show("borrow " + i, () -> Env.text(p.executeQuery()));
            }
            try (Connection c = env.connect();
                    PreparedStatement p = c.prepareStatement("SELECT f FROM kept_types WHERE f > ? AND z < ?")) {
                p.setObject(1, i % 2 == 0 ? "5" : (Object) 5);
                p.setTime(2, java.sql.Time.valueOf("23:00:00"));
                env.show("compared " + i, () -> Env.text(p.executeQuery()));
            }
        }
    }

    static void failures(Env env) throws Exception {
        env.setup("CREATE TABLE kept_unique (id int PRIMARY KEY)");
        for (int i = 0; i < BORROWS; i++) {
            try (Connection c = env.connect();
                    PreparedStatement insert = c.prepareStatement("INSERT INTO kept_unique VALUES (?)")) {
                c.setAutoCommit(i % 2 == 0);
                insert.setInt(1, i / 3);
                env.show("insert " + i, insert::executeUpdate);
                env.show("divided", () -> one(c, "SELECT 1 / (? - 1)"));
                env.show("then", () -> one(c, "SELECT count(*) FROM kept_unique WHERE id < 3 * ?"));
                env.show("set", () -> {
                    env.execute(c, "SET work_mem = '3MB'");
                    return "done";
                });
                if (i % 2 == 1) {
                    c.rollback();
                }
                env.print("work_mem", env.query(c, "SHOW work_mem"));
            }
        }
    }

    static void batches(Env env) throws Exception {
        env.setup("CREATE TABLE kept_batch (id int, name text)");
        for (int i = 0; i < BORROWS; i++) {
            try (Connection c = env.connect();
                    PreparedStatement insert = c.prepareStatement("INSERT INTO kept_batch VALUES (?, ?)")) {
                if (i % 2 == 0) {
                    insert.setInt(1, i);
                    insert.setString(2, "single");
                    env.print("single", insert.executeUpdate());
                }
                for (int row = 0; row < 3; row++) {
                    insert.setInt(1, row);
                    insert.setString(2, "batch");
                    insert.addBatch();
                }
                env.print("batch", Arrays.toString(insert.executeBatch()));
            }
            env.print("rows", env.query("SELECT count(*), count(DISTINCT name) FROM kept_batch"));
        }
    }

    static void deallocated(Env env) throws Exception {
        createTypes(env);
        for (int i = 0; i < BORROWS; i++) {
            try (Connection c = env.connect();
                    Statement s = c.createStatement()) {
                env.print("borrow " + i, one(c, TYPES));
                if (i % 3 == 2) {
                    s.execute(i % 2 == 0 ? "DEALLOCATE ALL" : "DISCARD ALL");
                    env.print("again", one(c, TYPES));
                }
                try (PreparedStatement cursor =
                        c.prepareStatement("SELECT g FROM generate_series(1, 9) g WHERE g > ?")) {
                    c.setAutoCommit(false);
                    cursor.setFetchSize(2);
                    cursor.setInt(1, i % 5);
                    try (ResultSet rows = cursor.executeQuery()) {
                        env.print("by cursor", Env.text(rows));
                    }
                    c.commit();
                }
            }
        }
    }
}
