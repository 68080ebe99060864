package io.poolshim.programs;

import java.io.StringReader;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Map;
import org.postgresql.PGConnection;
import org.postgresql.largeobject.LargeObject;
import org.postgresql.largeobject.LargeObjectManager;

/** What comes first in a session, after another one that left much behind: a pool may send the reset with it. */
final class FirstStatements {
    private static final String FAILING = "SELECT 1 / 0";

    private FirstStatements() {}

    static void addTo(Map<String, TwinProgram> all) {
        all.put("first-statements.that-fail", env -> afterAMess(env, "", FirstStatements::fail));
        all.put(
                "first-statements.that-fail-to-parse",
                env -> afterAMess(env, "", c -> c.createStatement().execute("SELEC 1")));
        all.put(
                "first-statements.simple-queries",
                env -> afterAMess(env, "preferQueryMode=simple", FirstStatements::fail));
        all.put("first-statements.outside-transactions", FirstStatements::outsideTransactions);
        all.put("first-statements.copy", env -> afterAMess(env, "", FirstStatements::copy));
        all.put("first-statements.large-object", env -> afterAMess(env, "", FirstStatements::largeObject));
        all.put("first-statements.batch", env -> afterAMess(env, "", FirstStatements::batch));
        all.put("first-statements.cursor", env -> afterAMess(env, "", FirstStatements::cursor));
        all.put(
                "first-statements.notifications",
                env -> afterAMess(env, "", c -> c.unwrap(PGConnection.class).getNotifications()));
        all.put("first-statements.valid", env -> afterAMess(env, "", c -> c.isValid(5)));
        all.put(
                "first-statements.metadata",
                env -> afterAMess(
                        env,
                        "",
                        c -> c.getMetaData()
                                .getTables(null, "public", "first", null)
                                .close()));
        all.put("first-statements.isolation-then-failure", FirstStatements::isolationThenFailure);
        all.put("first-statements.isolation-then-rollback", FirstStatements::isolationThenRollback);
        all.put("first-statements.isolation-alone", FirstStatements::isolationAlone);
    }

    private interface Use {
        void of(Connection connection) throws Exception;
    }

    private static void fail(Connection connection) throws Exception {
        try (Statement statement = connection.createStatement()) {
            statement.execute(FAILING);
        }
    }

    private static void afterAMess(Env env, String parameter, Use first) throws Exception {
        env.setup("DROP TABLE IF EXISTS first", "CREATE TABLE first (id int)");
        for (int i = 0; i < 4; i++) {
            try (Connection c = connect(env, parameter)) {
                env.execute(c, "SET work_mem = '3MB'", "SET DateStyle = 'ISO, DMY'", "LISTEN news");
                env.execute(c, "CREATE TEMP TABLE mess (id int)", "PREPARE p AS SELECT 1");
                c.setAutoCommit(i % 2 == 0);
                env.execute(c, "INSERT INTO first VALUES (1)");
            }
            try (Connection c = connect(env, parameter)) {
                c.setAutoCommit(i > 1);
                env.attempt("first", () -> first.of(c));
                env.attempt("end", c::rollback);
                env.print("settings", env.query(c, "SELECT current_setting('work_mem'), current_setting('DateStyle')"));
                env.print("channels", env.query(c, "SELECT count(*) FROM pg_listening_channels()"));
                env.print("inserted", env.query(c, "SELECT count(*) FROM first"));
                env.print("table", env.query(c, "SELECT to_regclass('pg_temp.mess') IS NULL"));
                env.attempt("prepared", () -> env.execute(c, "EXECUTE p"));
            }
        }
    }

    private static Connection connect(Env env, String parameter) throws Exception {
        return parameter.isEmpty() ? env.connect() : DriverManager.getConnection(env.urlWith(parameter), env.login());
    }

    private static void outsideTransactions(Env env) throws Exception {
        env.setup("CREATE TABLE outside (id int PRIMARY KEY)");
        String[] commands = {
            "VACUUM outside",
            "CREATE INDEX CONCURRENTLY outside_twice ON outside (id)",
            "DROP INDEX CONCURRENTLY outside_twice",
            "REINDEX TABLE CONCURRENTLY outside",
            "DISCARD ALL"
        };
        for (String command : commands) {
            try (Connection c = env.connect()) {
                env.execute(c, "SET work_mem = '3MB'");
            }
            try (Connection c = env.connect()) {
                c.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
                env.attempt(command, () -> env.execute(c, command));
                env.print("settings", env.query(c, "SHOW work_mem") + " " + c.getTransactionIsolation());
            }
        }
    }

    private static void copy(Connection connection) throws Exception {
        connection.unwrap(PGConnection.class).getCopyAPI().copyIn("COPY first FROM STDIN", new StringReader("7\nx\n"));
    }

    private static void largeObject(Connection connection) throws Exception {
        LargeObjectManager objects = connection.unwrap(PGConnection.class).getLargeObjectAPI();
        long id = objects.createLO();
        try (LargeObject object = objects.open(id)) {
            object.write(new byte[10]);
        }
        objects.unlink(id);
    }

    private static void batch(Connection connection) throws Exception {
        try (PreparedStatement statement = connection.prepareStatement("INSERT INTO first VALUES (1 / ?)")) {
            for (int i = 3; i >= 0; i--) {
                statement.setInt(1, i);
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    private static void cursor(Connection connection) throws Exception {
        try (Statement statement = connection.createStatement()) {
            statement.setFetchSize(2);
            try (ResultSet rows = statement.executeQuery("SELECT 3 / (3 - g) FROM generate_series(0, 3) g")) {
                while (rows.next()) {
                    rows.getInt(1);
                }
            }
        }
    }

    private static void isolationThenFailure(Env env) throws Exception {
        for (int i = 0; i < 3; i++) {
            try (Connection c = env.connect()) {
                c.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
                env.attempt("failing", () -> fail(c));
                env.print("isolation", c.getTransactionIsolation() + " " + env.query(c, "SHOW transaction_isolation"));
                c.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
                env.print("isolation", c.getTransactionIsolation());
            }
            env.print("next", env.query("SHOW default_transaction_isolation"));
        }
    }

    private static void isolationThenRollback(Env env) throws Exception {
        env.setup("CREATE TABLE first_rollback (id int)");
        for (int i = 0; i < 3; i++) {
            try (Connection c = env.connect()) {
                c.setAutoCommit(false);
                c.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
                c.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
                env.attempt("failing", () -> env.execute(c, "INSERT INTO first_rollback VALUES (1)", FAILING));
                env.attempt("inside", () -> c.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED));
                c.rollback();
                env.print("isolation", env.query(c, "SHOW transaction_isolation"));
                c.rollback();
                env.print("driver says", c.getTransactionIsolation());
            }
            env.print("rows", env.query("SELECT count(*) FROM first_rollback"));
        }
    }

    private static void isolationAlone(Env env) throws Exception {
        for (int i = 0; i < 3; i++) {
            try (Connection c = env.connect()) {
                env.attempt("none", () -> c.setTransactionIsolation(Connection.TRANSACTION_NONE));
                c.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
            }
            try (Connection c = env.connect()) {
                env.print("next", c.getTransactionIsolation());
            }
        }
    }
}
