package io.poolshim.clients;

import groovy.lang.Closure;
import groovy.sql.Sql;
import io.poolshim.programs.Env;
import java.util.Arrays;

/** Groovy's Sql, as scripts use it. */
final class GroovyClient {
    private GroovyClient() {}

    private static Sql connect(Env env) throws Exception {
        return Sql.newInstance(env.url(), env.user(), env.password(), "org.postgresql.Driver");
    }

    static void run(Env env) throws Exception {
        Sql setup = connect(env);
        setup.execute("CREATE TABLE script (id serial PRIMARY KEY, name text)");
        setup.close();
        for (int i = 0; i < 4; i++) {
            Sql sql = connect(env);
            env.print("keys", sql.executeInsert("INSERT INTO script (name) VALUES (?)", Arrays.asList((Object)
                    ("n" + i))));
            env.print("rows", sql.rows("SELECT id, name FROM script ORDER BY id"));
            env.print("first", sql.firstRow("SELECT count(*) AS n FROM script").getProperty("n"));
            env.show("fails", () -> transaction(sql));
            env.print("connection", sql.getConnection().isClosed());
            sql.close();
        }
        env.print("kept", env.query("SELECT count(*) FROM script"));
    }

    private static Object transaction(Sql sql) throws Exception {
        sql.withTransaction(new Closure<Object>(sql) {
            private static final long serialVersionUID = 1;

            @SuppressWarnings("unused") // called by name
            public Object doCall(Object connection) throws Exception {
                sql.executeUpdate("DELETE FROM script");
                return sql.execute("SELECT 1/0");
            }
        });
        return "committed";
    }
}
