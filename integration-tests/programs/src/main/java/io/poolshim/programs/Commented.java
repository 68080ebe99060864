package io.poolshim.programs;

import java.io.ByteArrayOutputStream;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.sql.Types;
import org.postgresql.PGConnection;

/** Statements of all kinds, each of which shows the text that the server knows it by. */
public final class Commented {
    private static final String ASK = "SELECT query FROM pg_stat_activity WHERE pid = pg_backend_pid()";
    private static final String ASKS = " AND 1 = ?";

    private Commented() {}

    public static void main(String[] args) throws Exception {
        Env env = new Env(System.out);
        env.setup(
                "CREATE TABLE told (n serial PRIMARY KEY, v int, by text DEFAULT current_query())",
                "CREATE FUNCTION asks() RETURNS text LANGUAGE sql AS 'SELECT current_query()'",
                "CREATE FUNCTION opens() RETURNS refcursor LANGUAGE plpgsql AS"
                        + " $$ DECLARE c refcursor; BEGIN OPEN c FOR SELECT current_query(); RETURN c; END $$");
        for (int i = 0; i < 3; i++) { // the last time with connections that know the texts
            try (Connection c = env.connect()) {
                plain(env, c);
                prepared(env, c);
                calls(env, c);
                keys(env, c);
                updatable(env, c);
                cursors(env, c);
                copies(env, c);
                errors(env, c);
                descriptions(env, c);
            }
            rewritten(env);
            simple(env);
        }
    }

    private static void plain(Env env, Connection c) throws Exception {
        env.print("plain", env.query(c, ASK));
        env.print("semicolon", env.query(c, ASK + " ; "));
        env.print("string", env.query(c, "SELECT '--', '/*', current_query()"));
        env.print("dollars", env.query(c, "SELECT $$--$$, $q$/*$q$, current_query()"));
        env.print("name", env.query(c, "SELECT current_query() AS \"a -- name\""));
        env.print("own comment", env.query(c, "SELECT /* mine */ current_query()"));
        env.print("own comment at the end", env.query(c, "SELECT current_query() -- mine"));
        env.print("two lines", env.query(c, "SELECT 1 - -1,\ncurrent_query()\n"));
        env.print("escape", env.query(c, "SELECT {fn concat('a', current_query())}"));
        try (Statement s = c.createStatement()) {
            env.print("two", both(c, "SELECT 'first', current_query(); SELECT 'last', current_query();"));
            s.addBatch("INSERT INTO told (v) VALUES (1)");
            s.addBatch("INSERT INTO told (v) VALUES (2);");
            s.addBatch("INSERT INTO told (v) VALUES (4)");
            env.print("batch", s.executeBatch().length);
        }
        told(env, c, "in a batch");
    }

    private static String both(Connection c, String sql) throws Exception {
        try (Statement s = c.createStatement()) {
            s.execute(sql);
            String first = Env.text(s.getResultSet());
            s.getMoreResults();
            return first + " and " + Env.text(s.getResultSet());
        }
    }

    private static void told(Env env, Connection c, String what) throws Exception {
        env.print(what, env.query(c, "SELECT v, by FROM told ORDER BY n"));
        env.execute(c, "TRUNCATE told RESTART IDENTITY");
    }

    private static void prepared(Env env, Connection c) throws Exception {
        try (PreparedStatement p = c.prepareStatement(ASK + ASKS)) {
            for (int i = 0; i < 12; i++) {
                p.setInt(1, 1);
                try (ResultSet r = p.executeQuery()) {
                    env.print("execution " + i, Env.text(r));
                }
            }
            String here = "SELECT count(*), max(statement) FROM pg_prepared_statements WHERE statement LIKE '%1 = $1%'";
            env.print("on the server", env.query(c, here));
        }
        try (PreparedStatement p = c.prepareStatement("SELECT ?, current_query()")) {
            env.print("described", p.getMetaData().getColumnCount());
            p.setString(1, "it''s -- no /* comment */");
            try (ResultSet r = p.executeQuery()) {
                env.print("after that", Env.text(r));
            }
        }
    }

    private static void calls(Env env, Connection c) throws Exception {
        for (String call : new String[] {"{? = call asks()}", "{? = call lower(?)}"}) {
            try (CallableStatement s = c.prepareCall(call)) {
                s.registerOutParameter(1, Types.VARCHAR);
                if (call.contains("lower")) {
                    s.setString(2, "A");
                }
                s.execute();
                env.print("call", s.getString(1));
            }
        }
    }

    private static void keys(Env env, Connection c) throws Exception {
        try (PreparedStatement p = c.prepareStatement("INSERT INTO told (v) VALUES (?)", new String[] {"n", "by"})) {
            for (int i = 0; i < 2; i++) {
                p.setInt(1, i);
                p.executeUpdate();
                env.print("key", Env.text(p.getGeneratedKeys()));
            }
            p.addBatch();
            p.executeBatch();
            env.print("key of a batch", Env.text(p.getGeneratedKeys()));
        }
        try (Statement s = c.createStatement()) {
            s.executeUpdate("INSERT INTO told (v) VALUES (7)", Statement.RETURN_GENERATED_KEYS);
            env.print("keys", Env.text(s.getGeneratedKeys()));
        }
        told(env, c, "with keys");
    }

    private static void updatable(Env env, Connection c) throws Exception {
        env.execute(c, "INSERT INTO told (v) VALUES (1), (2)");
        try (Statement s = c.createStatement(ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_UPDATABLE);
                ResultSet r = s.executeQuery("SELECT n, v, by FROM told")) {
            r.next();
            r.updateInt("v", 10);
            r.updateRow();
            r.refreshRow();
            env.print("updated", r.getInt("v"));
            r.moveToInsertRow();
            r.updateInt("n", 12);
            r.updateInt("v", 20);
            r.insertRow();
        }
        told(env, c, "by a result set");
    }

    private static void cursors(Env env, Connection c) throws Exception {
        c.setAutoCommit(false);
        try (CallableStatement s = c.prepareCall("{? = call opens()}")) {
            s.registerOutParameter(1, Types.OTHER);
            s.execute();
            env.print("cursor", Env.text((ResultSet) s.getObject(1)));
        }
        try (Statement s = c.createStatement()) {
            s.setFetchSize(2);
            try (ResultSet r = s.executeQuery("SELECT i, current_query() FROM generate_series(1, 5) i")) {
                env.print("in pieces", Env.text(r));
            }
            try (ResultSet r = s.executeQuery("SELECT statement FROM pg_cursors")) {
                env.print("cursors", Env.text(r));
            }
        }
        c.commit();
        c.setAutoCommit(true);
    }

    private static void copies(Env env, Connection c) throws Exception {
        for (String end : new String[] {"", ";", " -- mine"}) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            c.unwrap(PGConnection.class).getCopyAPI().copyOut("COPY (SELECT current_query()) TO STDOUT" + end, out);
            env.print("copy" + end, out.toString("UTF-8").trim());
        }
    }

    private static void errors(Env env, Connection c) {
        env.show("unknown", () -> env.query(c, "SELECT nothing FROM nowhere"));
        env.show("unfinished", () -> env.query(c, "SELECT 1 +"));
        env.show("no end", () -> env.query(c, "SELECT 'no end"));
        env.show("no end of a name", () -> env.query(c, "SELECT \"no end"));
        env.show("no end of dollars", () -> env.query(c, "SELECT $$no end"));
        env.show("nothing", () -> {
            try (Statement s = c.createStatement()) {
                return s.execute("");
            }
        });
    }

    private static void descriptions(Env env, Connection c) throws Exception {
        env.print("native", c.nativeSQL("SELECT {fn now()}"));
        try (PreparedStatement p = c.prepareStatement("SELECT ? /* mine */");
                PreparedStatement q = c.prepareStatement("SELECT ?")) {
            q.setInt(1, 1);
            q.executeQuery().close();
            env.print("as text", p + " and " + q);
        }
    }

    private static void rewritten(Env env) throws Exception {
        try (Connection c = DriverManager.getConnection(
                        env.urlWith("reWriteBatchedInserts=true"), env.user(), env.password());
                PreparedStatement p = c.prepareStatement("INSERT INTO told (v) VALUES (?)")) {
            for (int i = 0; i < 5; i++) {
                p.setInt(1, i);
                p.addBatch();
            }
            env.print("rewritten", p.executeBatch().length);
            told(env, c, "in one");
        }
    }

    private static void simple(Env env) throws Exception {
        for (String mode : new String[] {"simple", "extendedForPrepared", "extendedCacheEverything"}) {
            try (Connection c = DriverManager.getConnection(
                            env.urlWith("preferQueryMode=" + mode), env.user(), env.password());
                    PreparedStatement p = c.prepareStatement(ASK + ASKS)) {
                p.setInt(1, 1);
                env.print(mode, Env.text(p.executeQuery()));
                env.print(mode + ", plain", env.query(c, ASK + ";"));
                env.print(mode + ", again", env.query(c, ASK + ";"));
                env.print(mode + ", two", both(c, "SELECT 'one', current_query(); SELECT 'two', current_query()"));
                env.print(mode + ", own comment", env.query(c, ASK + " -- mine"));
            }
        }
    }
}
