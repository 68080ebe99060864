package interfaces;

import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.sql.Timestamp;
import java.util.Arrays;

/** What programs use a connection for. */
final class Work {
    private Work() {}

    static void queries(Out out) throws Exception {
        try (Connection c = Main.connect()) {
            Out.execute(c, "DROP TABLE IF EXISTS item", "CREATE TABLE item (id INT PRIMARY KEY, price DECIMAL(10,2), day DATE, at TIMESTAMP)");
            try (PreparedStatement p = c.prepareStatement("INSERT INTO item VALUES (?, ?, ?, ?)")) {
                for (int i = 1; i <= 3; i++) {
                    p.setInt(1, i);
                    p.setBigDecimal(2, new BigDecimal("1.50"));
                    p.setDate(3, Date.valueOf("2020-01-0" + i));
                    p.setTimestamp(4, Timestamp.valueOf("2020-01-01 10:00:00"));
                    out.print("inserted", p.executeUpdate());
                }
            }
            out.print("rows", Out.query(c, "SELECT id, price FROM item ORDER BY id"));
            try (Statement s = c.createStatement()) {
                s.setMaxRows(2);
                ResultSet r = s.executeQuery("SELECT id, price, day, at FROM item ORDER BY id");
                r.next();
                out.print("types", r.getInt(1) + " " + r.getBigDecimal(2) + " " + r.getDate(3) + " " + r.getTimestamp(4));
                out.print("object", r.getObject("id").getClass().getName());
                out.show("as", () -> r.getObject(1, Integer.class));
                out.print("more", r.next() + " " + r.next());
                out.print("execute", s.execute("UPDATE item SET price = 2 WHERE id = 1") + " " + s.getUpdateCount() + " " + s.getMoreResults());
                out.print("warnings", s.getWarnings());
            }
            out.show("call", () -> c.prepareCall("CALL 1").executeQuery().next());
        }
    }

    static void batches(Out out) throws Exception {
        try (Connection c = Main.connect()) {
            Out.execute(c, "DROP TABLE IF EXISTS batch", "CREATE TABLE batch (id INT PRIMARY KEY)");
            try (Statement s = c.createStatement()) {
                s.addBatch("INSERT INTO batch VALUES (1)");
                s.addBatch("INSERT INTO batch VALUES (2)");
                out.print("batch", Arrays.toString(s.executeBatch()));
                out.print("empty", Arrays.toString(s.executeBatch()));
            }
            try (PreparedStatement p = c.prepareStatement("INSERT INTO batch VALUES (?)")) {
                for (int id : new int[] {3, 1, 4}) {
                    p.setInt(1, id);
                    p.addBatch();
                }
                out.show("failing", () -> Arrays.toString(p.executeBatch()));
            }
            out.print("rows", Out.query(c, "SELECT id FROM batch ORDER BY id"));
        }
    }

    static void generatedKeys(Out out) throws Exception {
        try (Connection c = Main.connect()) {
            Out.execute(c, "DROP TABLE IF EXISTS keyed", "CREATE TABLE keyed (id INTEGER PRIMARY KEY " + System.getProperty("app.identity", "") + ", name VARCHAR(10))");
            try (PreparedStatement p = c.prepareStatement("INSERT INTO keyed (name) VALUES (?)", Statement.RETURN_GENERATED_KEYS)) {
                for (int i = 0; i < 2; i++) {
                    p.setString(1, "n" + i);
                    p.executeUpdate();
                    try (ResultSet keys = p.getGeneratedKeys()) {
                        keys.next();
                        out.print("key", keys.getInt(1));
                        out.print("of", keys.getStatement() == p);
                    }
                }
            }
        }
    }

    static void failures(Out out) throws Exception {
        try (Connection c = Main.connect();
                Statement s = c.createStatement()) {
            out.attempt("syntax", () -> s.executeQuery("SELEKT 1"));
            out.attempt("missing", () -> s.executeQuery("SELECT * FROM missing_table"));
            out.attempt("null", () -> s.executeQuery(null));
            Out.execute(c, "DROP TABLE IF EXISTS strict", "CREATE TABLE strict_one (id INT PRIMARY KEY)", "INSERT INTO strict_one VALUES (1)");
            out.attempt("duplicate", () -> s.executeUpdate("INSERT INTO strict_one VALUES (1)"));
            Out.execute(c, "DROP TABLE strict_one");
            out.attempt("column", () -> {
                ResultSet r = s.executeQuery("SELECT 1");
                r.next();
                r.getInt(7);
            });
            s.close();
            out.attempt("closed statement", () -> s.executeQuery("SELECT 1"));
            out.print("closed", s.isClosed());
        }
    }

    static void largeObjects(Out out) throws Exception {
        try (Connection c = Main.connect()) {
            Out.execute(c, "DROP TABLE IF EXISTS big", "CREATE TABLE big (id INT PRIMARY KEY, b BLOB, c CLOB)");
            out.attempt("made by the connection", () -> {
                Blob b = c.createBlob();
                b.setBytes(1, new byte[] {1, 2, 3});
                Clob clob = c.createClob();
                clob.setString(1, "text");
                try (PreparedStatement p = c.prepareStatement("INSERT INTO big VALUES (1, ?, ?)")) {
                    p.setBlob(1, b);
                    p.setClob(2, clob);
                    p.executeUpdate();
                }
            });
            out.attempt("bytes", () -> {
                try (PreparedStatement p = c.prepareStatement("INSERT INTO big VALUES (2, ?, ?)")) {
                    p.setBytes(1, new byte[] {4, 5});
                    p.setString(2, "more");
                    p.executeUpdate();
                }
            });
            out.attempt("streams", () -> {
                try (PreparedStatement p = c.prepareStatement("INSERT INTO big VALUES (3, ?, 'x')")) {
                    p.setBinaryStream(1, new ByteArrayInputStream(new byte[] {6}), 1);
                    p.executeUpdate();
                }
            });
            try (Statement s = c.createStatement();
                    ResultSet r = s.executeQuery("SELECT b, c FROM big ORDER BY id")) {
                while (r.next()) {
                    out.show("bytes", () -> Arrays.toString(r.getBytes(1)));
                    out.show("blob", () -> r.getBlob(1).length());
                    out.show("object", () -> r.getObject(1) instanceof Blob);
                    out.show("clob", () -> r.getClob(2).getSubString(1, 4));
                    out.show("stream", () -> r.getBinaryStream(1).read());
                }
            }
            out.show("array", () -> {
                Array a = c.createArrayOf("INTEGER", new Object[] {1, 2});
                return a.getBaseTypeName() + Arrays.toString((Object[]) a.getArray()) + Out.rows(a.getResultSet());
            });
        }
    }
}
