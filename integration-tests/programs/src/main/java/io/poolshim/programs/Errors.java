package io.poolshim.programs;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.util.Map;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** What the server or the driver refuses. */
final class Errors {
    private Errors() {}

    static void addTo(Map<String, TwinProgram> all) {
        all.put("failures.fields-of-the-server", Errors::fieldsOfTheServer);
        all.put("failures.raised-by-functions", Errors::raisedByFunctions);
        all.put("failures.permission", Errors::permission);
        all.put("failures.text-that-cannot-be", Errors::textThatCannotBe);
        all.put("failures.conversions", Errors::conversions);
        all.put("failures.misused-statements", Errors::misusedStatements);
        all.put("failures.suppressed", Errors::suppressed);
        all.put("failures.connection-limit-of-a-role", Errors::connectionLimitOfARole);
        all.put("failures.repeated-over-borrows", Errors::repeatedOverBorrows);
        all.put("failures.stack-traces", Errors::stackTraces);
    }

    static void fieldsOfTheServer(Env env) throws Exception {
        env.setup(
                "CREATE TABLE error_parent (id int PRIMARY KEY)",
                "CREATE TABLE error_child (id int CONSTRAINT positive CHECK (id > 0), p int REFERENCES error_parent,"
                        + " name varchar(3))");
        String[] statements = {
            "INSERT INTO error_child VALUES (-1, NULL, 'x')",
            "INSERT INTO error_child VALUES (1, 7, 'x')",
            "INSERT INTO error_child VALUES (1, NULL, 'long')",
            "SELECT nothing FROM error_child",
            "SELECT 'x'::int"
        };
        for (int i = 0; i < 2; i++) {
            try (Connection c = env.connect()) {
                for (String sql : statements) {
                    try {
                        env.execute(c, sql);
                    } catch (PSQLException e) {
                        env.print("failure", fields(e.getServerErrorMessage()));
                    }
                }
            }
        }
    }

    private static String fields(ServerErrorMessage m) {
        return m.getSeverity() + "|" + m.getSQLState() + "|" + m.getMessage() + "|" + m.getDetail() + "|" + m.getHint()
                + "|" + m.getPosition() + "|" + m.getSchema() + "|" + m.getTable() + "|" + m.getColumn() + "|"
                + m.getDatatype() + "|" + m.getConstraint() + "|" + m.getRoutine();
    }

    static void raisedByFunctions(Env env) throws Exception {
        env.setup("CREATE FUNCTION complain(code text) RETURNS int LANGUAGE plpgsql AS $$ BEGIN"
                + " RAISE EXCEPTION 'no %', code USING ERRCODE = code, DETAIL = 'because', HINT = 'try less'; END $$");
        for (int i = 0; i < 3; i++) {
            try (Connection c = env.connect()) {
                for (String code : new String[] {"P0001", "23505", "40001", "57014", "08006", "57P01", "XX000"}) {
                    env.show(code, () -> env.query(c, "SELECT complain('" + code + "')"));
                }
                env.print("still open", !c.isClosed() && c.isValid(5));
            }
        }
    }

    static void permission(Env env) throws Exception {
        env.setup("CREATE TABLE error_private (id int)", "REVOKE ALL ON error_private FROM PUBLIC");
        for (int i = 0; i < 3; i++) {
            try (Connection c = env.connect()) {
                env.execute(c, "SET ROLE " + env.value("role"));
                env.show("read", () -> env.query(c, "SELECT * FROM error_private"));
                env.show("create", () -> {
                    env.execute(c, "CREATE ROLE somebody");
                    return "created";
                });
            }
            env.print("owner", env.query("SELECT count(*) FROM error_private"));
        }
    }

    static void textThatCannotBe(Env env) throws Exception {
        for (int i = 0; i < 2; i++) {
            try (Connection c = env.connect();
                    PreparedStatement p = c.prepareStatement("SELECT ?::text")) {
                p.setString(1, "a\0b");
                env.show("nul", p::executeQuery);
                p.setString(1, "\uD83D\uDE00 grüße");
                env.print("emoji", Env.text(p.executeQuery()));
                p.setString(1, "\uD800");
                env.show("half a character", () -> Env.text(p.executeQuery()));
                env.print("goes on", c.isClosed() ? "closed" : env.query(c, "SELECT 1"));
            }
        }
    }

    static void conversions(Env env) throws Exception {
        for (int i = 0; i < 3; i++) {
            try (Connection c = env.connect();
                    Statement s = c.createStatement();
                    java.sql.ResultSet r = s.executeQuery("SELECT 'abc', 99999999999, true, NULL")) {
                r.next();
                env.show("int of text", () -> r.getInt(1));
                env.show("int of large", () -> r.getInt(2));
                env.show("date", () -> r.getDate(1));
                env.show("bool", () -> r.getBoolean(1) + " " + r.getInt(3));
                env.show("null", () -> r.getInt(4) + " " + r.wasNull());
                env.show("column 9", () -> r.getString(9));
                env.show("type", () -> r.getObject(1, java.util.UUID.class));
            }
        }
    }

    static void misusedStatements(Env env) throws Exception {
        for (int i = 0; i < 3; i++) {
            try (Connection c = env.connect();
                    Statement s = c.createStatement();
                    PreparedStatement p = c.prepareStatement("SELECT ?, ?")) {
                env.show("update with query", () -> s.executeUpdate("SELECT 1"));
                env.show("query on prepared", () -> p.executeQuery("SELECT 1"));
                env.show("index", () -> {
                    p.setInt(3, 1);
                    return "set";
                });
                env.attempt("max rows", () -> s.setMaxRows(-1));
                env.attempt("timeout", () -> s.setQueryTimeout(-1));
                env.attempt("fetch size", () -> s.setFetchSize(-1));
                env.attempt("direction", () -> s.setFetchDirection(77));
                env.show("holdability", () -> c.createStatement(1003, 1007, 99));
                env.attempt("isolation", () -> c.setTransactionIsolation(99));
                env.print("null", executeNull(s)); // hot code throws without a message
                env.attempt("commit", c::commit);
            }
        }
    }

    private static String executeNull(Statement statement) throws Exception {
        try {
            return "executed " + statement.execute(null);
        } catch (NullPointerException e) {
            return Failures.kind(e);
        }
    }

    static void suppressed(Env env) throws Exception {
        for (int i = 0; i < 3; i++) {
            env.attempt("both fail", () -> {
                try (Connection c = env.connect();
                        AutoCloseable failing = () -> {
                            throw new IllegalStateException("while closing " + c.isClosed());
                        }) {
                    env.print("one", failing != null);
                    env.execute(c, "SELECT 1/0");
                }
            });
        }
    }

    static void connectionLimitOfARole(Env env) throws Exception {
        String role = "limited_" + env.query("SELECT current_database()");
        try (Connection admin = env.connectAsAdmin()) {
            env.execute(admin, "DROP ROLE IF EXISTS " + role);
            env.execute(admin, "CREATE ROLE " + role + " LOGIN CONNECTION LIMIT 2 PASSWORD 'x'");
        }
        for (int i = 0; i < 2; i++) {
            try (Connection a = java.sql.DriverManager.getConnection(env.url(), role, "x");
                    Connection b = java.sql.DriverManager.getConnection(env.url(), role, "x")) {
                env.show("third", () -> java.sql.DriverManager.getConnection(env.url(), role, "x"));
                env.print("two work", env.query(a, "SELECT 1") + env.query(b, "SELECT 2"));
            }
            try (Connection admin = env.connectAsAdmin()) {
                String open = "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE usename = '";
                env.query(admin, open + role + "'");
            }
        }
    }

    static void repeatedOverBorrows(Env env) throws Exception {
        env.setup("CREATE TABLE error_repeated (id int PRIMARY KEY)", "INSERT INTO error_repeated VALUES (1)");
        for (int i = 0; i < 12; i++) {
            try (Connection c = env.connect();
                    PreparedStatement p = c.prepareStatement("INSERT INTO error_repeated VALUES (?)")) {
                p.setInt(1, 1);
                env.show("borrow " + i, p::executeUpdate);
            }
        }
    }

    /** Programs look for their own classes and the driver's in a stack trace. */
    static void stackTraces(Env env) throws Exception {
        for (int i = 0; i < 3; i++) {
            try (Connection c = env.connect()) {
                env.execute(c, "SELECT 1/0");
            } catch (PSQLException e) {
                StackTraceElement[] frames = e.getStackTrace();
                env.print("top", frames[0].getClassName() + "." + frames[0].getMethodName());
                boolean statement = false;
                for (StackTraceElement frame : frames) {
                    statement |= frame.getClassName().equals("org.postgresql.jdbc.PgStatement");
                    if (frame.getClassName().equals(Env.class.getName())) {
                        env.print("by", frame.getMethodName() + " through the statement " + statement);
                        break;
                    }
                }
            }
        }
    }
}
