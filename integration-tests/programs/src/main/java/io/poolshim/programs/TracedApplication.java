package io.poolshim.programs;

import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.sql.Types;

/** A little of everything that makes a span, with secrets in every place where an application has some. */
public final class TracedApplication {
    private TracedApplication() {}

    public static void main(String[] args) throws Exception {
        Env env = new Env(System.out);
        env.setup("CREATE TABLE traced (id int PRIMARY KEY, name text)");
        env.setup("CREATE FUNCTION traced_function(int) RETURNS int LANGUAGE sql AS 'SELECT $1'");
        work(env);
        transactions(env);
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

    private static void transactions(Env env) throws Exception {
        try (Connection c = env.connect();
                PreparedStatement rows = c.prepareStatement("SELECT id FROM generate_series(1, 10) AS numbers (id)");
                PreparedStatement insert = c.prepareStatement("INSERT INTO traced VALUES (?, 'secret-rolled-back')");
                CallableStatement call = c.prepareCall("{? = call traced_function(?)}")) {
            c.setAutoCommit(false);
            rows.setFetchSize(4);
            try (ResultSet row = rows.executeQuery()) {
                int sum = 0;
                while (row.next()) {
                    sum += row.getInt(1);
                }
                env.print("sum", sum);
            }
            c.commit();
            insert.setInt(1, 100);
            env.print("inserted", insert.executeUpdate());
            c.rollback();
            c.commit(); // nothing
            call.registerOutParameter(1, Types.INTEGER);
            call.setInt(2, 7);
            call.execute();
            env.print("called", call.getInt(1));
            c.setAutoCommit(true);
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
