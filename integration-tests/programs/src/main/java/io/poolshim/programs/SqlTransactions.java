package io.poolshim.programs;

import java.sql.Connection;
import java.util.Map;

/** Transactions that JDBC knows nothing of. */
final class SqlTransactions {
    private SqlTransactions() {}

    static void addTo(Map<String, TwinProgram> all) {
        all.put("sql-transactions.begin-then-close", SqlTransactions::beginThenClose);
        all.put("sql-transactions.begin-then-fail-then-close", SqlTransactions::beginThenFailThenClose);
        all.put("sql-transactions.begin-by-prepared-statement", SqlTransactions::beginByPreparedStatement);
        all.put("sql-transactions.commit-by-sql", SqlTransactions::commitBySql);
        all.put("sql-transactions.session-characteristics", SqlTransactions::sessionCharacteristics);
        all.put("sql-transactions.row-locks-end", SqlTransactions::rowLocksEnd);
    }

    static void beginThenClose(Env env) throws Exception {
        env.setup("CREATE TABLE sqltx (id int)");
        for (int i = 0; i < 4; i++) {
            Connection c = env.connect();
            env.execute(c, "BEGIN", "INSERT INTO sqltx VALUES (1)");
            env.print("auto-commit", c.getAutoCommit());
            c.close();
            try (Connection next = env.connect()) {
                env.print("not seen", env.query(next, "SELECT count(*) FROM sqltx"));
                env.print("not inside", env.query(next, "SELECT now() = statement_timestamp()"));
                env.execute(next, "INSERT INTO sqltx VALUES (2)");
            }
            env.print("kept", env.query("SELECT count(*), min(id) FROM sqltx"));
        }
    }

    static void beginThenFailThenClose(Env env) throws Exception {
        for (int i = 0; i < 4; i++) {
            Connection c = env.connect();
            env.execute(c, "BEGIN");
            env.attempt("fails", () -> env.execute(c, "SELECT 1/0"));
            env.attempt("is refused", () -> env.execute(c, "SELECT 1"));
            c.close();
            env.show("next", () -> env.query("SELECT 'works'"));
        }
    }

    static void beginByPreparedStatement(Env env) throws Exception {
        env.setup("CREATE TABLE sqltx_prepared (id int)");
        for (int i = 0; i < 3; i++) {
            Connection c = env.connect();
            c.prepareStatement("START TRANSACTION READ WRITE").execute();
            c.prepareStatement("INSERT INTO sqltx_prepared VALUES (1)").executeUpdate();
            c.prepareStatement("SAVEPOINT s").execute();
            c.close();
            env.print("not seen", env.query("SELECT count(*) FROM sqltx_prepared"));
        }
    }

    static void commitBySql(Env env) throws Exception {
        env.setup("CREATE TABLE sqltx_commit (id int)");
        try (Connection c = env.connect()) {
            env.execute(c, "BEGIN; INSERT INTO sqltx_commit VALUES (1); COMMIT");
            env.execute(c, "BEGIN; INSERT INTO sqltx_commit VALUES (2); ROLLBACK");
            c.setAutoCommit(false);
            env.execute(c, "INSERT INTO sqltx_commit VALUES (3)", "COMMIT", "INSERT INTO sqltx_commit VALUES (4)");
        }
        env.print("kept", env.query("SELECT id FROM sqltx_commit ORDER BY id"));
    }

    static void sessionCharacteristics(Env env) throws Exception {
        for (int i = 0; i < 3; i++) {
            try (Connection c = env.connect()) {
                env.print("before", env.query(c, "SHOW transaction_read_only") + c.isReadOnly());
                env.execute(c, "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY, ISOLATION LEVEL SERIALIZABLE");
                env.print("after", env.query(c, "SHOW transaction_read_only"));
                env.print("driver says", c.getTransactionIsolation());
            }
        }
    }

    /** The server may take a moment to see an unpooled close; a lock that is never given up is what this must find. */
    static void rowLocksEnd(Env env) throws Exception {
        env.setup("CREATE TABLE sqltx_lock (id int)", "INSERT INTO sqltx_lock VALUES (1)");
        for (int i = 0; i < 4; i++) {
            Connection c = env.connect();
            env.execute(c, "SET lock_timeout = '20s'", "BEGIN");
            env.attempt("row", () -> env.execute(c, "SELECT * FROM sqltx_lock FOR UPDATE"));
            c.close();
        }
        try (Connection c = env.connect()) {
            c.setAutoCommit(false);
            env.execute(c, "SET lock_timeout = '20s'");
            env.attempt("table", () -> env.execute(c, "LOCK TABLE sqltx_lock IN ACCESS EXCLUSIVE MODE"));
        }
    }
}
