package io.poolshim.programs;

import java.sql.Array;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.sql.Timestamp;
import java.sql.Types;
import java.util.Arrays;
import java.util.Map;

/** Ordinary work with statements. */
final class Statements {
    private Statements() {}

    static void addTo(Map<String, TwinProgram> all) {
        all.put("batches.plain", Statements::batches);
        all.put("batches.failing", Statements::failingBatches);
        all.put("keys.by-flag-and-name", Statements::generatedKeys);
        all.put("statements.callables", Statements::callables);
        all.put("arrays.of-text", Statements::arrays);
        all.put("statements.repeated-over-borrows", Statements::repeatedOverBorrows);
        all.put(
                "statements.repeated-types-that-binary-shows-otherwise",
                Statements::repeatedTypesThatBinaryShowsOtherwise);
        all.put("statements.repeated-within-one-borrow", Statements::repeatedWithinOneBorrow);
        all.put("statements.type-changes-between-borrows", Statements::typeChangesBetweenBorrows);
        all.put("statements.scroll-and-update", Statements::scrollAndUpdate);
        all.put("statements.several-results", Statements::severalResults);
        all.put("statements.values-of-many-types", Statements::valuesOfManyTypes);
        all.put("failures.of-statements", Statements::failures);
    }

    static void batches(Env env) throws Exception {
        env.setup("CREATE TABLE batch_ok (id int, name text)");
        for (int i = 0; i < 8; i++) {
            try (Connection c = env.connect();
                    PreparedStatement p = c.prepareStatement("INSERT INTO batch_ok VALUES (?, ?)");
                    Statement s = c.createStatement()) {
                for (int row = 0; row < 3; row++) {
                    p.setInt(1, row);
                    p.setString(2, "n" + row);
                    p.addBatch();
                }
                env.print("prepared", Arrays.toString(p.executeBatch()));
                s.addBatch("UPDATE batch_ok SET name = 'x' WHERE id = 0");
                s.addBatch("DELETE FROM batch_ok WHERE id = 99");
                env.print("plain", Arrays.toString(s.executeBatch()));
                env.print("empty", Arrays.toString(s.executeBatch()));
            }
        }
    }

    static void failingBatches(Env env) throws Exception {
        env.setup("CREATE TABLE batch_bad (id int PRIMARY KEY, name varchar(5))");
        for (boolean autoCommit : new boolean[] {true, false}) {
            try (Connection c = env.connect();
                    PreparedStatement p = c.prepareStatement("INSERT INTO batch_bad VALUES (?, ?)")) {
                c.setAutoCommit(autoCommit);
                for (String name : new String[] {"a", "b", "much too long", "d"}) {
                    p.setInt(1, name.length() + (autoCommit ? 0 : 100));
                    p.setString(2, name);
                    p.addBatch();
                }
                env.show("batch", p::executeBatch);
                env.show("connection", () -> env.query(c, "SELECT count(*) FROM batch_bad"));
            }
            env.print("kept", env.query("SELECT count(*) FROM batch_bad"));
        }
    }

    static void generatedKeys(Env env) throws Exception {
        env.setup("CREATE TABLE keyed (id serial PRIMARY KEY, at int DEFAULT 7, name text)");
        for (int i = 0; i < 3; i++) {
            try (Connection c = env.connect();
                    Statement s = c.createStatement();
                    PreparedStatement p =
                            c.prepareStatement("INSERT INTO keyed (name) VALUES (?)", new String[] {"id", "at"})) {
                s.executeUpdate("INSERT INTO keyed (name) VALUES ('a'), ('b')", Statement.RETURN_GENERATED_KEYS);
                env.print("by flag", Env.text(s.getGeneratedKeys()));
                p.setString(1, "c");
                p.executeUpdate();
                env.print("by name", Env.text(p.getGeneratedKeys()));
                s.executeUpdate("INSERT INTO keyed (name) VALUES ('d')");
                env.print("none", Env.text(s.getGeneratedKeys()));
            }
        }
    }

    static void callables(Env env) throws Exception {
        env.setup(
                "CREATE FUNCTION twice(n int) RETURNS int LANGUAGE sql AS 'SELECT n * 2'",
                "CREATE FUNCTION pair(INOUT a int, OUT b text) LANGUAGE sql AS $$ SELECT a + 1, 'b' || a $$",
                "CREATE TABLE called (n int)",
                "CREATE PROCEDURE note(n int) LANGUAGE sql AS 'INSERT INTO called VALUES (n)'");
        for (int i = 0; i < 3; i++) {
            try (Connection c = env.connect();
                    CallableStatement twice = c.prepareCall("{? = call twice(?)}");
                    CallableStatement pair = c.prepareCall("{call pair(?, ?)}");
                    Statement s = c.createStatement()) {
                twice.registerOutParameter(1, Types.INTEGER);
                twice.setInt(2, 21 + i);
                twice.execute();
                env.print("twice", twice.getInt(1));
                pair.setInt(1, i);
                pair.registerOutParameter(1, Types.INTEGER);
                pair.registerOutParameter(2, Types.VARCHAR);
                pair.execute();
                env.print("pair", pair.getInt(1) + pair.getString(2));
                s.execute("CALL note(" + i + ")");
            }
        }
        env.print("called", env.query("SELECT count(*) FROM called"));
    }

    static void arrays(Env env) throws Exception {
        for (int i = 0; i < 3; i++) {
            try (Connection c = env.connect();
                    PreparedStatement p = c.prepareStatement("SELECT ?::text[] || 'z'::text")) {
                Array array = c.createArrayOf("text", new Object[] {"a", null, "q\"uote"});
                p.setArray(1, array);
                try (ResultSet r = p.executeQuery()) {
                    r.next();
                    Array result = r.getArray(1);
                    env.print("array", Arrays.toString((Object[]) result.getArray()));
                    env.print("type", result.getBaseTypeName());
                }
            }
        }
    }

    static void repeatedOverBorrows(Env env) throws Exception {
        env.setup("CREATE TABLE repeated (id int, name text, big bigint, flag boolean)");
        for (int i = 0; i < 12; i++) {
            try (Connection c = env.connect();
                    PreparedStatement insert = c.prepareStatement("INSERT INTO repeated VALUES (?, ?, ?, ?)");
                    PreparedStatement select = c.prepareStatement(
                            "SELECT id, name, big, flag, id + 1 AS next FROM repeated WHERE id <= ? ORDER BY id")) {
                insert.setInt(1, i);
                insert.setString(2, "name " + i);
                insert.setLong(3, 1L << (i + 30));
                insert.setBoolean(4, i % 2 == 0);
                insert.executeUpdate();
                select.setInt(1, i);
                env.print("borrow " + i, Env.text(select.executeQuery()));
            }
        }
    }

    /** Text before the sixth execution on one session, binary from then on: getString shows the difference. */
    static void repeatedTypesThatBinaryShowsOtherwise(Env env) throws Exception {
        for (int i = 0; i < 12; i++) {
            try (Connection c = env.connect();
                    PreparedStatement p = c.prepareStatement("SELECT 10000000000::float8, ARRAY[1, NULL, ?]::int[],"
                            + " '10:00:00+02'::timetz, 0.1::float4, '1 day'::interval")) {
                p.setInt(1, i);
                env.print("borrow " + i, Env.text(p.executeQuery()));
            }
        }
    }

    static void repeatedWithinOneBorrow(Env env) throws Exception {
        try (Connection c = env.connect();
                PreparedStatement p = c.prepareStatement("SELECT ?::int + 1, ?::text, 10000000000::float8")) {
            for (int i = 0; i < 12; i++) {
                p.setInt(1, i);
                p.setString(2, "text " + i);
                env.print("execution " + i, Env.text(p.executeQuery()));
            }
        }
    }

    static void typeChangesBetweenBorrows(Env env) throws Exception {
        env.setup("CREATE TABLE changing (id int)", "INSERT INTO changing VALUES (1)");
        for (int i = 0; i < 8; i++) {
            try (Connection c = env.connect();
                    PreparedStatement p = c.prepareStatement("SELECT * FROM changing")) {
                env.print("columns", Env.text(p.executeQuery()));
            }
            env.setup("ALTER TABLE changing ADD COLUMN c" + i + " int DEFAULT " + i);
        }
    }

    static void scrollAndUpdate(Env env) throws Exception {
        env.setup("CREATE TABLE scrolled (id int PRIMARY KEY, n int)", "INSERT INTO scrolled VALUES (1, 1), (2, 2)");
        try (Connection c = env.connect();
                Statement s = c.createStatement(ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_UPDATABLE);
                ResultSet r = s.executeQuery("SELECT id, n FROM scrolled ORDER BY id")) {
            r.last();
            env.print("last", r.getInt(1));
            r.updateInt(2, 20);
            r.updateRow();
            r.moveToInsertRow();
            r.updateInt(1, 3);
            r.updateInt(2, 30);
            r.insertRow();
            r.first();
            r.deleteRow();
        }
        env.print("table", env.query("SELECT * FROM scrolled ORDER BY id"));
    }

    static void severalResults(Env env) throws Exception {
        try (Connection c = env.connect();
                Statement s = c.createStatement()) {
            boolean isResult = s.execute("SELECT 1; CREATE TEMP TABLE many (a int); INSERT INTO many VALUES (1), (2);"
                    + " SELECT a FROM many ORDER BY a");
            while (isResult || s.getUpdateCount() != -1) {
                env.print(isResult ? "rows" : "count", isResult ? Env.text(s.getResultSet()) : s.getUpdateCount());
                isResult = s.getMoreResults();
            }
            s.setMaxRows(2);
            env.print("max rows", Env.text(s.executeQuery("SELECT generate_series(1, 5)")));
            env.print("escapes", Env.text(s.executeQuery("SELECT {fn ucase('abc')}, {d '2020-02-29'}")));
        }
    }

    static void valuesOfManyTypes(Env env) throws Exception {
        for (int i = 0; i < 3; i++) {
            try (Connection c = env.connect();
                    PreparedStatement p = c.prepareStatement("SELECT ?::numeric, ?::bytea, ?::date, ?::timestamp,"
                            + " ?::text IS NULL, ?::uuid, ?::jsonb, ?::boolean")) {
                p.setBigDecimal(1, new java.math.BigDecimal("123.450"));
                p.setBytes(2, new byte[] {1, 2, (byte) 255});
                p.setDate(3, java.sql.Date.valueOf("2024-02-29"));
                p.setTimestamp(4, Timestamp.valueOf("2024-02-29 12:30:00.5"));
                p.setNull(5, Types.VARCHAR);
                p.setObject(6, new java.util.UUID(1, 2));
                p.setString(7, "{\"a\": [1, 2]}");
                p.setBoolean(8, true);
                env.print("row", Env.text(p.executeQuery()));
                env.print("parameters", p.getParameterMetaData().getParameterCount());
                env.print("type", p.getMetaData().getColumnTypeName(1));
            }
        }
    }

    static void failures(Env env) throws Exception {
        env.setup("CREATE TABLE strict (id int PRIMARY KEY, n int NOT NULL CHECK (n > 0))");
        for (int i = 0; i < 3; i++) {
            try (Connection c = env.connect()) {
                env.attempt("syntax", () -> env.execute(c, "SELEKT 1"));
                env.attempt("no table", () -> env.execute(c, "SELECT * FROM nowhere"));
                env.attempt("null", () -> env.execute(c, "INSERT INTO strict VALUES (1, NULL)"));
                env.attempt("check", () -> env.execute(c, "INSERT INTO strict VALUES (1, -1)"));
                env.attempt("division", () -> env.execute(c, "SELECT 1/0"));
                env.show("wrong kind", () -> c.createStatement().executeQuery("SET work_mem = '1MB'"));
                env.show(
                        "missing parameter",
                        () -> c.prepareStatement("SELECT ?").executeQuery());
                env.show("column", () -> {
                    ResultSet r = c.createStatement().executeQuery("SELECT 1 AS one");
                    r.next();
                    return r.getString("two");
                });
                try {
                    env.execute(c, "INSERT INTO strict VALUES (1, -1)");
                } catch (org.postgresql.util.PSQLException e) {
                    env.print("constraint", e.getServerErrorMessage().getConstraint());
                    env.print("table", e.getServerErrorMessage().getTable());
                }
            }
        }
    }
}
