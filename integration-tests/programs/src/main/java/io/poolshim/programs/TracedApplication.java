package io.poolshim.programs;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.Statement;

/** A little of everything that makes a span, with secrets in every place where an application has some. */
public final class TracedApplication {
    private TracedApplication() {}

    public static void main(String[] args) throws Exception {
        Env env = new Env(System.out);
        env.setup("CREATE TABLE traced (id int PRIMARY KEY, name text)");
        work(env);
        env.show("wrong password", () -> DriverManager.getConnection(env.url(), env.user(), "secret-guess"));
    }

    private static void work(Env env) throws Exception {
        try (Connection c = env.connect();
                Statement s = c.createStatement();
                PreparedStatement p = c.prepareStatement("INSERT INTO traced VALUES (?, ?)")) {
            env.print("literal", Env.text(s.executeQuery("SELECT 'secret-literal', 42424242")));
            p.setInt(1, 1);
            p.setString(2, "secret-bound");
            env.print("inserted", p.executeUpdate());
            batch(env, p);
            env.show("syntax", () -> s.execute("SELEKT 'secret-syntax'"));
            env.show("constraint", () -> s.executeUpdate("INSERT INTO traced VALUES (1, 'secret-detail')"));
            env.show("conversion", () -> s.executeQuery("SELECT 'secret-number'::int"));
        }
    }

    private static void batch(Env env, PreparedStatement p) throws Exception {
        for (int id : new int[] {2, 3, 1}) {
            p.setInt(1, id);
            p.setString(2, "secret-batch");
            p.addBatch();
        }
        env.show("batch", p::executeBatch);
    }
}
