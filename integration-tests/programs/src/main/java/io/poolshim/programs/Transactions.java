package io.poolshim.programs;

import java.sql.Connection;
import java.sql.Savepoint;
import java.util.Map;

/** Transactions by JDBC. */
final class Transactions {
    private Transactions() {}

    static void addTo(Map<String, TwinProgram> all) {
        all.put("transactions.close-rolls-back", Transactions::closeRollsBack);
        all.put("transactions.commit-then-close", Transactions::commitThenClose);
        all.put("transactions.turning-auto-commit-on-commits", Transactions::turningAutoCommitOnCommits);
        all.put("transactions.failed-then-close", Transactions::failedThenClose);
        all.put("transactions.failed-then-commit", Transactions::failedThenCommit);
        all.put("savepoints.by-hand", Transactions::savepoints);
        all.put("savepoints.of-another-life", Transactions::savepointOfAnotherLife);
        all.put("transactions.isolation-and-read-only", Transactions::isolationAndReadOnly);
        all.put("transactions.serialization-retry", Transactions::serializationRetry);
    }

    static void closeRollsBack(Env env) throws Exception {
        env.setup("CREATE TABLE tx_close (id int)");
        for (int i = 0; i < 4; i++) {
            Connection c = env.connect();
            env.print("auto-commit", c.getAutoCommit());
            c.setAutoCommit(false);
            env.execute(c, "INSERT INTO tx_close VALUES (" + i + ")");
            env.print("inside", env.query(c, "SELECT count(*) FROM tx_close"));
            c.close();
            env.print("after", env.query("SELECT count(*) FROM tx_close"));
        }
    }

    static void commitThenClose(Env env) throws Exception {
        env.setup("CREATE TABLE tx_commit (id int)");
        for (int i = 0; i < 4; i++) {
            try (Connection c = env.connect()) {
                c.setAutoCommit(false);
                env.execute(c, "INSERT INTO tx_commit VALUES (" + i + ")");
                c.commit();
                env.execute(c, "INSERT INTO tx_commit VALUES (100)");
            }
            env.print("after", env.query("SELECT count(*), sum(id) FROM tx_commit"));
        }
    }

    static void turningAutoCommitOnCommits(Env env) throws Exception {
        env.setup("CREATE TABLE tx_auto (id int)");
        try (Connection c = env.connect()) {
            c.setAutoCommit(false);
            env.execute(c, "INSERT INTO tx_auto VALUES (1)");
            c.setAutoCommit(true);
            env.print("committed", env.query("SELECT count(*) FROM tx_auto"));
            env.attempt("commit", c::commit);
            env.attempt("rollback", c::rollback);
        }
    }

    static void failedThenClose(Env env) throws Exception {
        env.setup("CREATE TABLE tx_failed (id int PRIMARY KEY)");
        for (int i = 0; i < 3; i++) {
            Connection c = env.connect();
            c.setAutoCommit(false);
            env.execute(c, "INSERT INTO tx_failed VALUES (1)");
            env.attempt("again", () -> env.execute(c, "INSERT INTO tx_failed VALUES (1)"));
            env.attempt("then", () -> env.execute(c, "SELECT 1"));
            c.close();
            env.print("next", env.query("SELECT count(*) FROM tx_failed"));
        }
    }

    static void failedThenCommit(Env env) throws Exception {
        env.setup("CREATE TABLE tx_failed_commit (id int)");
        try (Connection c = env.connect()) {
            c.setAutoCommit(false);
            env.execute(c, "INSERT INTO tx_failed_commit VALUES (1)");
            env.attempt("fails", () -> env.execute(c, "SELECT 1/0"));
            env.attempt("commit", c::commit);
            env.print("goes on", env.query(c, "SELECT count(*) FROM tx_failed_commit"));
        }
    }

    static void savepoints(Env env) throws Exception {
        env.setup("CREATE TABLE tx_save (id int)");
        for (int i = 0; i < 3; i++) {
            try (Connection c = env.connect()) {
                env.show("needs a transaction", c::setSavepoint);
                c.setAutoCommit(false);
                env.execute(c, "INSERT INTO tx_save VALUES (1)");
                Savepoint first = c.setSavepoint();
                Savepoint named = c.setSavepoint("half way");
                Savepoint third = c.setSavepoint();
                env.print("ids", first.getSavepointId() + " " + third.getSavepointId());
                env.print("name", named.getSavepointName());
                env.show("id of a named one", named::getSavepointId);
                env.execute(c, "INSERT INTO tx_save VALUES (2)");
                c.rollback(named);
                env.print("rolled back", env.query(c, "SELECT count(*) FROM tx_save"));
                env.attempt("gone", () -> c.rollback(third));
                c.rollback(first);
                c.releaseSavepoint(first);
                env.attempt("released", () -> c.rollback(first));
                c.rollback();
            }
        }
    }

    static void savepointOfAnotherLife(Env env) throws Exception {
        Savepoint kept;
        try (Connection c = env.connect()) {
            c.setAutoCommit(false);
            kept = c.setSavepoint("kept");
        }
        try (Connection c = env.connect()) {
            c.setAutoCommit(false);
            env.execute(c, "SELECT 1");
            env.attempt("rollback", () -> c.rollback(kept));
        }
    }

    static void isolationAndReadOnly(Env env) throws Exception {
        env.setup("CREATE TABLE tx_iso (id int)");
        for (int i = 0; i < 3; i++) {
            try (Connection c = env.connect()) {
                env.print("isolation", c.getTransactionIsolation() + " read-only " + c.isReadOnly());
                c.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
                c.setReadOnly(true);
                c.setAutoCommit(false);
                env.print("server says", env.query(c, "SHOW transaction_isolation"));
                env.attempt("write", () -> env.execute(c, "INSERT INTO tx_iso VALUES (1)"));
                env.attempt("change inside", () -> c.setReadOnly(false));
                env.attempt("change isolation inside", () -> c.setTransactionIsolation(2));
            }
            try (Connection c = env.connect()) {
                env.print("next", c.getTransactionIsolation() + " read-only " + c.isReadOnly());
                env.print("server says", env.query(c, "SHOW default_transaction_isolation"));
                env.attempt("write", () -> env.execute(c, "INSERT INTO tx_iso VALUES (1)"));
            }
        }
    }

    static void serializationRetry(Env env) throws Exception {
        env.setup("CREATE TABLE tx_retry (id int, n int)", "INSERT INTO tx_retry VALUES (1, 0)");
        try (Connection a = env.connect();
                Connection b = env.connect()) {
            for (Connection c : new Connection[] {a, b}) {
                c.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
                c.setAutoCommit(false);
                env.print("reads", env.query(c, "SELECT n FROM tx_retry"));
            }
            env.execute(a, "UPDATE tx_retry SET n = n + 1");
            a.commit();
            env.attempt("loser", () -> env.execute(b, "UPDATE tx_retry SET n = n + 1"));
            b.rollback();
            env.execute(b, "UPDATE tx_retry SET n = n + 1");
            b.commit();
        }
        env.print("both counted", env.query("SELECT n FROM tx_retry"));
    }
}
