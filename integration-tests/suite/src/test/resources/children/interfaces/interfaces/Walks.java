package interfaces;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.Statement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** From one object to another and back. */
final class Walks {
    private Walks() {}

    static void identity(Out out) throws Exception {
        try (Connection c = Main.connect();
                Statement s = c.createStatement();
                PreparedStatement p = c.prepareStatement("SELECT 1")) {
            ResultSet rows = s.executeQuery("SELECT 1");
            out.print("statement's connection", s.getConnection() == c);
            out.print("prepared statement's connection", p.getConnection() == c);
            out.print("rows' statement", rows.getStatement() == s);
            out.print("rows' statement's connection", rows.getStatement().getConnection() == c);
            out.print("same rows", s.getResultSet() == s.getResultSet());
            out.print("prepared rows' statement", p.executeQuery().getStatement() == p);
            DatabaseMetaData metaData = c.getMetaData();
            out.print("metadata's connection", metaData.getConnection() == c);
            out.show("tables' statement's connection", () -> {
                try (ResultSet tables = metaData.getTables(null, null, "%", null)) {
                    return tables.getStatement() == null || tables.getStatement().getConnection() == c;
                }
            });
        }
    }

    static void hashTables(Out out) throws Exception {
        Map<Object, String> map = new HashMap<>();
        Set<Connection> connections = new HashSet<>();
        for (int i = 0; i < 3; i++) {
            Connection c = Main.connect();
            Statement s = c.createStatement();
            map.put(c, "connection");
            map.put(s, "statement");
            connections.add(c);
            out.print("connection found", map.get(s.getConnection()));
            out.print("statement found", map.get(s.executeQuery("SELECT 1").getStatement()));
            out.print("equal to itself", c.equals(c) && s.equals(s));
            out.print("equal to another", c.equals(s) || s.equals(c) || c.equals(null));
            c.close();
            out.print("found after close", map.get(c));
        }
        out.print("different connections", connections.size());
    }

    static void metadata(Out out) throws Exception {
        try (Connection c = Main.connect()) {
            Out.execute(c, "DROP TABLE IF EXISTS described", "CREATE TABLE described (id INT PRIMARY KEY, name VARCHAR(20))");
            DatabaseMetaData m = c.getMetaData();
            out.print("product", m.getDatabaseProductName());
            out.print("user", m.getUserName());
            try (ResultSet columns = m.getColumns(null, null, "DESCRIBED", null)) {
                while (columns.next()) {
                    out.print("column", columns.getString("COLUMN_NAME") + " " + columns.getInt("DATA_TYPE"));
                }
            }
            try (PreparedStatement p = c.prepareStatement("SELECT * FROM described WHERE id = ?")) {
                ResultSetMetaData rows = p.getMetaData();
                out.print("columns", rows.getColumnCount() + " " + rows.getColumnName(2));
                out.show("parameters", () -> p.getParameterMetaData().getParameterCount());
            }
        }
    }

    static void wrappers(Out out) throws Exception {
        try (Connection c = Main.connect();
                Statement s = c.createStatement()) {
            out.show("is Connection", () -> c.isWrapperFor(Connection.class));
            out.show("as Connection", () -> c.unwrap(Connection.class) == c);
            out.show("is Runnable", () -> c.isWrapperFor(Runnable.class));
            out.attempt("as Runnable", () -> c.unwrap(Runnable.class));
            out.show("statement is Statement", () -> s.isWrapperFor(Statement.class));
            out.show("statement as Statement", () -> s.unwrap(Statement.class) == s);
            out.attempt("statement as Runnable", () -> s.unwrap(Runnable.class));
        }
    }
}
