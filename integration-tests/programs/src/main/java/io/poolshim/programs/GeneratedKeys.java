package io.poolshim.programs;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Map;

/** Keys that the server makes. */
final class GeneratedKeys {
    private GeneratedKeys() {}

    static void addTo(Map<String, TwinProgram> all) {
        all.put("keys.returning", GeneratedKeys::returning);
        all.put("keys.upsert", GeneratedKeys::upsert);
        all.put("keys.of-unknown-columns", GeneratedKeys::ofUnknownColumns);
        all.put("keys.kept-after-close", GeneratedKeys::keptAfterClose);
        all.put("keys.identity-columns", GeneratedKeys::identityColumns);
    }

    static void returning(Env env) throws Exception {
        env.setup("CREATE TABLE keys_returning (id serial, name text)");
        for (int i = 0; i < 3; i++) {
            try (Connection c = env.connect();
                    Statement s = c.createStatement()) {
                env.print(
                        "query",
                        Env.text(s.executeQuery("INSERT INTO keys_returning (name) VALUES ('a') RETURNING id")));
                env.print("result", s.execute("UPDATE keys_returning SET name = 'b' RETURNING id, name"));
                ResultSet r = s.getResultSet();
                env.print("first", r.next() + " " + r.getString(2));
                env.show("by update", () -> s.executeUpdate("DELETE FROM keys_returning WHERE false RETURNING id"));
            }
        }
    }

    static void upsert(Env env) throws Exception {
        env.setup("CREATE TABLE keys_upsert (id serial, name text UNIQUE, n int)");
        for (int i = 0; i < 3; i++) {
            try (Connection c = env.connect();
                    PreparedStatement p = c.prepareStatement(
                            "INSERT INTO keys_upsert (name, n) VALUES (?, 1)"
                                    + " ON CONFLICT (name) DO UPDATE SET n = keys_upsert.n + 1",
                            Statement.RETURN_GENERATED_KEYS)) {
                for (String name : new String[] {"a", "b", "a"}) {
                    p.setString(1, name);
                    env.print("count", p.executeUpdate());
                    env.print("keys", Env.text(p.getGeneratedKeys()));
                }
            }
        }
    }

    static void ofUnknownColumns(Env env) throws Exception {
        env.setup("CREATE TABLE keys_unknown (id serial)");
        for (int i = 0; i < 2; i++) {
            try (Connection c = env.connect();
                    Statement s = c.createStatement()) {
                String sql = "INSERT INTO keys_unknown DEFAULT VALUES";
                env.show("unknown", () -> s.executeUpdate(sql, new String[] {"nothing"}));
                env.show("by number", () -> s.executeUpdate(sql, new int[] {1}));
                env.show("flag", () -> s.executeUpdate(sql, 77));
                env.show("prepared", () -> c.prepareStatement(sql, new int[] {1}));
                env.print("goes on", s.executeUpdate(sql, new String[] {"id"}));
            }
        }
    }

    static void keptAfterClose(Env env) throws Exception {
        env.setup("CREATE TABLE keys_kept (id serial)");
        for (int i = 0; i < 3; i++) {
            Connection c = env.connect();
            Statement s = c.createStatement();
            s.executeUpdate("INSERT INTO keys_kept DEFAULT VALUES", Statement.RETURN_GENERATED_KEYS);
            ResultSet keys = s.getGeneratedKeys();
            keys.next();
            c.close();
            env.show("key", () -> keys.getInt(1));
            env.show("next", keys::next);
            env.show("keys", () -> s.getGeneratedKeys() != null);
        }
    }

    static void identityColumns(Env env) throws Exception {
        env.setup("CREATE TABLE keys_identity (id bigint GENERATED ALWAYS AS IDENTITY, twice int"
                + " GENERATED ALWAYS AS (n * 2) STORED, n int, made timestamp DEFAULT 'epoch')");
        for (int i = 0; i < 3; i++) {
            try (Connection c = env.connect();
                    PreparedStatement p = c.prepareStatement(
                            "INSERT INTO keys_identity (n) VALUES (?)", Statement.RETURN_GENERATED_KEYS)) {
                p.setInt(1, i);
                p.executeUpdate();
                env.print("row", Env.text(p.getGeneratedKeys()));
                env.attempt("refused", () -> env.execute(c, "INSERT INTO keys_identity (id) VALUES (1)"));
            }
        }
    }
}
