package io.poolshim.programs;

import java.sql.Connection;
import java.sql.Savepoint;
import java.util.Map;

/** Savepoints. */
final class Savepoints {
    private Savepoints() {}

    static void addTo(Map<String, TwinProgram> all) {
        all.put("savepoints.nested", Savepoints::nested);
        all.put("savepoints.after-a-failure", Savepoints::afterAFailure);
        all.put("savepoints.used-up", Savepoints::usedUp);
        all.put("savepoints.of-another-connection", Savepoints::ofAnotherConnection);
        all.put("savepoints.by-sql", Savepoints::bySql);
        all.put("savepoints.left-open", Savepoints::leftOpen);
    }

    static void nested(Env env) throws Exception {
        env.setup("CREATE TABLE save_nested (id int)");
        for (int i = 0; i < 3; i++) {
            try (Connection c = env.connect()) {
                c.setAutoCommit(false);
                env.execute(c, "DELETE FROM save_nested", "INSERT INTO save_nested VALUES (1)");
                Savepoint outer = c.setSavepoint("outer");
                env.execute(c, "INSERT INTO save_nested VALUES (2)");
                Savepoint inner = c.setSavepoint("inner");
                env.execute(c, "INSERT INTO save_nested VALUES (3)");
                c.rollback(inner);
                c.releaseSavepoint(inner);
                env.execute(c, "INSERT INTO save_nested VALUES (4)");
                env.print("inside", env.query(c, "SELECT id FROM save_nested ORDER BY 1"));
                if (i == 1) {
                    c.rollback(outer);
                }
                c.commit();
            }
            env.print("kept", env.query("SELECT id FROM save_nested ORDER BY 1"));
        }
    }

    static void afterAFailure(Env env) throws Exception {
        env.setup("CREATE TABLE save_failed (id int PRIMARY KEY)");
        try (Connection c = env.connect()) {
            c.setAutoCommit(false);
            for (int id : new int[] {1, 2, 1, 3, 2}) {
                Savepoint before = c.setSavepoint();
                try {
                    env.execute(c, "INSERT INTO save_failed VALUES (" + id + ")");
                    c.releaseSavepoint(before);
                } catch (java.sql.SQLException e) {
                    env.print("failed", Failures.describe(e));
                    c.rollback(before);
                }
            }
            c.commit();
        }
        env.print("kept", env.query("SELECT id FROM save_failed ORDER BY 1"));
    }

    static void usedUp(Env env) throws Exception {
        for (int i = 0; i < 3; i++) {
            try (Connection c = env.connect()) {
                c.setAutoCommit(false);
                Savepoint point = c.setSavepoint("point");
                c.releaseSavepoint(point);
                env.attempt("release again", () -> c.releaseSavepoint(point));
                env.attempt("rollback", () -> c.rollback(point));
                env.show("name", point::getSavepointName);
                env.attempt("null", () -> c.rollback((Savepoint) null));
                Savepoint old = c.setSavepoint();
                c.commit();
                env.attempt("after commit", () -> c.rollback(old));
                c.rollback();
                c.setAutoCommit(true);
                env.attempt("in auto-commit", () -> c.rollback(old));
                env.show("named in auto-commit", () -> c.setSavepoint("x"));
            }
        }
    }

    static void ofAnotherConnection(Env env) throws Exception {
        for (int i = 0; i < 2; i++) {
            try (Connection a = env.connect();
                    Connection b = env.connect()) {
                a.setAutoCommit(false);
                b.setAutoCommit(false);
                Savepoint point = a.setSavepoint("of a");
                env.execute(b, "SELECT 1");
                env.attempt("rollback in b", () -> b.rollback(point));
                b.rollback();
                env.attempt("release in b", () -> b.releaseSavepoint(point));
                a.rollback(point);
                env.print("a works", env.query(a, "SELECT 1"));
            }
        }
    }

    static void bySql(Env env) throws Exception {
        for (int i = 0; i < 3; i++) {
            try (Connection c = env.connect()) {
                env.attempt("outside", () -> env.execute(c, "SAVEPOINT s"));
                env.execute(c, "BEGIN", "CREATE TEMP TABLE saved (id int)", "SAVEPOINT s");
                env.execute(c, "INSERT INTO saved VALUES (1)", "ROLLBACK TO SAVEPOINT s");
                env.print("rows", env.query(c, "SELECT count(*) FROM saved"));
            }
            env.attempt("next", () -> env.setup("RELEASE SAVEPOINT s"));
        }
    }

    static void leftOpen(Env env) throws Exception {
        env.setup("CREATE TABLE save_left (id int)");
        for (int i = 0; i < 3; i++) {
            Connection c = env.connect();
            c.setAutoCommit(false);
            for (int depth = 0; depth < 5; depth++) {
                Savepoint point = c.setSavepoint();
                env.print("id", point.getSavepointId());
                env.execute(c, "INSERT INTO save_left VALUES (" + depth + ")");
            }
            c.close();
            env.print("rows", env.query("SELECT count(*) FROM save_left"));
        }
    }
}
