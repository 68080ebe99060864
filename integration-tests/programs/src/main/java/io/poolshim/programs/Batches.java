package io.poolshim.programs;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Map;

/** Batches of every kind. */
final class Batches {
    private Batches() {}

    static void addTo(Map<String, TwinProgram> all) {
        all.put("batches.large", Batches::large);
        all.put("batches.rewritten", Batches::rewritten);
        all.put("batches.cleared", Batches::cleared);
        all.put("batches.with-keys", Batches::withKeys);
        all.put("batches.rolled-back", Batches::rolledBack);
        all.put("batches.with-a-query-in-them", Batches::withAQuery);
        all.put("batches.left-behind", Batches::leftBehind);
    }

    static void large(Env env) throws Exception {
        env.setup("CREATE TABLE batch_large (id int, name text)");
        for (int round = 0; round < 3; round++) {
            try (Connection c = env.connect();
                    PreparedStatement p = c.prepareStatement("INSERT INTO batch_large VALUES (?, ?)")) {
                c.setAutoCommit(false);
                for (int i = 0; i < 1000; i++) {
                    p.setInt(1, i);
                    p.setString(2, "name " + i);
                    p.addBatch();
                }
                env.print("counts", Arrays.stream(p.executeBatch()).sum());
                c.commit();
            }
            env.print("rows", env.query("SELECT count(*), sum(id) FROM batch_large"));
        }
    }

    static void rewritten(Env env) throws Exception {
        env.setup("CREATE TABLE batch_rewritten (id int PRIMARY KEY, name text)");
        String url = env.urlWith("reWriteBatchedInserts=true");
        for (int round = 0; round < 3; round++) {
            try (Connection c = DriverManager.getConnection(url, env.login());
                    PreparedStatement p = c.prepareStatement("INSERT INTO batch_rewritten VALUES (?, ?)")) {
                for (int i = 0; i < 7; i++) {
                    p.setInt(1, round * 10 + i);
                    p.setString(2, "n" + i);
                    p.addBatch();
                }
                env.print("counts", Arrays.toString(p.executeBatch()));
                p.setInt(1, 0);
                p.setString(2, "again");
                p.addBatch();
                env.show("duplicate", () -> p.executeBatch().length);
            }
        }
        env.print("rows", env.query("SELECT count(*) FROM batch_rewritten"));
    }

    static void cleared(Env env) throws Exception {
        env.setup("CREATE TABLE batch_cleared (id int)");
        for (int i = 0; i < 3; i++) {
            try (Connection c = env.connect();
                    Statement s = c.createStatement()) {
                s.addBatch("INSERT INTO batch_cleared VALUES (1)");
                s.clearBatch();
                env.print("nothing", Arrays.toString(s.executeBatch()));
                s.addBatch("INSERT INTO batch_cleared VALUES (2), (3)");
                env.print("large", Arrays.toString(s.executeLargeBatch()));
            }
        }
    }

    static void withKeys(Env env) throws Exception {
        env.setup("CREATE TABLE batch_keys (id serial PRIMARY KEY, name text)");
        for (int round = 0; round < 4; round++) {
            try (Connection c = env.connect();
                    PreparedStatement p =
                            c.prepareStatement("INSERT INTO batch_keys (name) VALUES (?)", new String[] {"id"})) {
                for (int i = 0; i < 3; i++) {
                    p.setString(1, "n" + i);
                    p.addBatch();
                }
                env.print("counts", Arrays.toString(p.executeBatch()));
                env.print("keys", Env.text(p.getGeneratedKeys()));
            }
        }
    }

    static void rolledBack(Env env) throws Exception {
        env.setup("CREATE TABLE batch_back (id int)");
        for (int round = 0; round < 3; round++) {
            Connection c = env.connect();
            c.setAutoCommit(false);
            PreparedStatement p = c.prepareStatement("INSERT INTO batch_back VALUES (?)");
            for (int i = 0; i < 3; i++) {
                p.setInt(1, i);
                p.addBatch();
            }
            p.executeBatch();
            c.close();
            env.show("again", () -> p.executeBatch().length);
            env.print("rows", env.query("SELECT count(*) FROM batch_back"));
        }
    }

    static void withAQuery(Env env) throws Exception {
        env.setup("CREATE TABLE batch_query (id int)");
        for (int i = 0; i < 2; i++) {
            try (Connection c = env.connect();
                    Statement s = c.createStatement()) {
                s.addBatch("INSERT INTO batch_query VALUES (1)");
                s.addBatch("SELECT 1");
                s.addBatch("INSERT INTO batch_query VALUES (2)");
                env.show("batch", () -> s.executeBatch().length);
                env.print("goes on", env.query(c, "SELECT count(*) FROM batch_query"));
            }
        }
    }

    /** Added, never executed: nobody else's batch. */
    static void leftBehind(Env env) throws Exception {
        env.setup("CREATE TABLE batch_left (id int)");
        for (int i = 0; i < 5; i++) {
            try (Connection c = env.connect();
                    PreparedStatement p = c.prepareStatement("INSERT INTO batch_left VALUES (?)")) {
                p.setInt(1, i);
                if (i % 2 == 0) {
                    p.addBatch();
                    p.setInt(1, 100 + i);
                    p.addBatch();
                } else {
                    p.addBatch();
                    env.print("counts", Arrays.toString(p.executeBatch()));
                }
            }
        }
        env.print("rows", env.query("SELECT id FROM batch_left ORDER BY 1"));
    }
}
