package io.poolshim.programs;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/** Metadata. */
final class Descriptions {
    private Descriptions() {}

    static void addTo(Map<String, TwinProgram> all) {
        all.put("metadata.database", Descriptions::database);
        all.put("metadata.tables", Descriptions::tables);
        all.put("metadata.result-sets", Descriptions::resultSets);
    }

    static void database(Env env) throws Exception {
        for (int i = 0; i < 2; i++) {
            try (Connection c = env.connect()) {
                DatabaseMetaData m = c.getMetaData();
                env.print("product", m.getDatabaseProductName() + " " + m.getDatabaseMajorVersion());
                env.print("driver", m.getDriverName() + " " + m.getDriverMajorVersion());
                env.print("user", m.getUserName());
                env.print("url", m.getURL().equals(env.url()));
                env.print("savepoints", m.supportsSavepoints() + " " + m.supportsBatchUpdates());
                env.print("read-only", m.isReadOnly());
                env.print("isolation", m.getDefaultTransactionIsolation());
                env.print("name length", m.getMaxTableNameLength());
                env.print("keywords", m.getSQLKeywords().length() > 10);
            }
        }
    }

    static void tables(Env env) throws Exception {
        env.setup(
                "CREATE SCHEMA described",
                "CREATE TABLE described.parent (id int PRIMARY KEY, name varchar(20) NOT NULL DEFAULT 'x')",
                "CREATE TABLE described.child (id serial, parent int REFERENCES described.parent, n numeric(8,2))",
                "CREATE INDEX child_n ON described.child (n)",
                "CREATE FUNCTION described.f(a int) RETURNS int LANGUAGE sql AS 'SELECT a'");
        for (int i = 0; i < 3; i++) {
            try (Connection c = env.connect()) {
                DatabaseMetaData m = c.getMetaData();
                env.print("tables", columns(m.getTables(null, "described", "%", new String[] {"TABLE"}), 2, 3, 4));
                env.print("columns", columns(m.getColumns(null, "described", "%", "%"), 3, 4, 6, 7, 11, 13));
                env.print("keys", columns(m.getPrimaryKeys(null, "described", "parent"), 4, 6));
                env.print("foreign", columns(m.getImportedKeys(null, "described", "child"), 3, 4, 7, 8));
                env.print("indexes", columns(m.getIndexInfo(null, "described", "child", false, true), 6, 9));
                env.print("functions", columns(m.getFunctions(null, "described", "%"), 3));
                env.print("schemas", columns(m.getSchemas(null, "described"), 1));
            }
        }
    }

    private static String columns(ResultSet rows, int... columns) throws SQLException {
        StringBuilder text = new StringBuilder();
        try (ResultSet closing = rows) {
            while (closing.next()) {
                for (int column : columns) {
                    text.append(closing.getString(column)).append(' ');
                }
                text.append("; ");
            }
        }
        return text.toString().trim();
    }

    static void resultSets(Env env) throws Exception {
        env.setup("CREATE TABLE shaped (id serial PRIMARY KEY, name varchar(30) NOT NULL, price numeric(10,2))");
        for (int i = 0; i < 3; i++) {
            try (Connection c = env.connect();
                    Statement s = c.createStatement();
                    ResultSet r = s.executeQuery("SELECT id, name AS label, price, price * 2, now() FROM shaped")) {
                ResultSetMetaData m = r.getMetaData();
                for (int column = 1; column <= m.getColumnCount(); column++) {
                    env.print(
                            "column",
                            m.getColumnLabel(column) + " " + m.getColumnTypeName(column) + " "
                                    + m.getColumnClassName(column) + " " + m.getPrecision(column) + " "
                                    + m.getScale(column)
                                    + " " + m.getTableName(column) + " " + m.isNullable(column) + " "
                                    + m.isAutoIncrement(column));
                }
            }
        }
    }
}
