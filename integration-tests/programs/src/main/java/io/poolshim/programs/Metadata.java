package io.poolshim.programs;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;

/** What the database says of itself. */
final class Metadata {
    private Metadata() {}

    static void addTo(Map<String, TwinProgram> all) {
        all.put("metadata.every-plain-answer", Metadata::everyPlainAnswer);
        all.put("metadata.types", Metadata::types);
        all.put("metadata.routines", Metadata::routines);
        all.put("metadata.keys-across-tables", Metadata::keysAcrossTables);
        all.put("metadata.privileges", Metadata::privileges);
        all.put("metadata.own-types", Metadata::ownTypes);
        all.put("metadata.parameters", Metadata::parameters);
        all.put("metadata.temporary-tables", Metadata::temporaryTables);
    }

    /** All methods without parameters, but those that give rows or the connection. */
    static void everyPlainAnswer(Env env) throws Exception {
        Method[] methods = DatabaseMetaData.class.getMethods();
        Arrays.sort(methods, Comparator.comparing(Method::getName));
        for (int i = 0; i < 2; i++) {
            try (Connection c = env.connect()) {
                DatabaseMetaData m = c.getMetaData();
                for (Method method : methods) {
                    boolean plain = method.getReturnType().isPrimitive() || method.getReturnType() == String.class;
                    if (plain && method.getParameterCount() == 0) {
                        env.show(method.getName(), () -> call(m, method));
                    }
                }
            }
        }
    }

    private static Object call(DatabaseMetaData metadata, Method method) throws Exception {
        try {
            return method.invoke(metadata);
        } catch (InvocationTargetException e) {
            throw (Exception) e.getCause();
        }
    }

    private static String rows(ResultSet rows, String... columns) throws SQLException {
        StringBuilder text = new StringBuilder();
        try (ResultSet closing = rows) {
            while (closing.next()) {
                for (String column : columns) {
                    text.append(closing.getString(column)).append(' ');
                }
                text.append("; ");
            }
        }
        return text.toString().trim();
    }

    static void types(Env env) throws Exception {
        for (int i = 0; i < 2; i++) {
            try (Connection c = env.connect()) {
                String all = rows(c.getMetaData().getTypeInfo(), "TYPE_NAME", "DATA_TYPE", "PRECISION");
                env.print("known", all.contains("int4 4 0") + " " + all.contains("timestamptz"));
                env.print("table types", rows(c.getMetaData().getTableTypes(), "TABLE_TYPE"));
                env.print("client info", rows(c.getMetaData().getClientInfoProperties(), "NAME", "MAX_LEN"));
            }
        }
    }

    static void routines(Env env) throws Exception {
        env.setup(
                "CREATE SCHEMA meta_routines",
                "CREATE FUNCTION meta_routines.add(a int, b int DEFAULT 1, OUT c int) LANGUAGE sql AS 'SELECT a + b'",
                "CREATE PROCEDURE meta_routines.note(t text) LANGUAGE sql AS 'SELECT 1'");
        for (int i = 0; i < 3; i++) {
            try (Connection c = env.connect()) {
                DatabaseMetaData m = c.getMetaData();
                env.print(
                        "procedures",
                        rows(m.getProcedures(null, "meta_routines", "%"), "PROCEDURE_NAME", "PROCEDURE_TYPE"));
                env.print(
                        "parameters",
                        rows(
                                m.getProcedureColumns(null, "meta_routines", "%", "%"),
                                "COLUMN_NAME",
                                "COLUMN_TYPE",
                                "TYPE_NAME"));
                env.print(
                        "function's",
                        rows(
                                m.getFunctionColumns(null, "meta_routines", "%", "%"),
                                "COLUMN_NAME",
                                "COLUMN_TYPE",
                                "DATA_TYPE"));
            }
        }
    }

    static void keysAcrossTables(Env env) throws Exception {
        env.setup(
                "CREATE TABLE meta_a (x int, y int, PRIMARY KEY (x, y))",
                "CREATE TABLE meta_b (id int UNIQUE, x int, y int, FOREIGN KEY (x, y) REFERENCES meta_a ON DELETE CASCADE)");
        for (int i = 0; i < 3; i++) {
            try (Connection c = env.connect()) {
                DatabaseMetaData m = c.getMetaData();
                env.print(
                        "exported",
                        rows(m.getExportedKeys(null, null, "meta_a"), "PKCOLUMN_NAME", "FKTABLE_NAME", "DELETE_RULE"));
                env.print(
                        "crossed",
                        rows(
                                m.getCrossReference(null, null, "meta_a", null, null, "meta_b"),
                                "FKCOLUMN_NAME",
                                "KEY_SEQ"));
                env.print("best", rows(m.getBestRowIdentifier(null, null, "meta_a", 0, false), "COLUMN_NAME", "SCOPE"));
                env.print("unique", rows(m.getIndexInfo(null, null, "meta_b", true, true), "INDEX_NAME", "NON_UNIQUE"));
                env.print("versions", rows(m.getVersionColumns(null, null, "meta_a"), "COLUMN_NAME"));
            }
        }
    }

    static void privileges(Env env) throws Exception {
        env.setup("CREATE TABLE meta_grants (id int)", "GRANT SELECT ON meta_grants TO " + env.value("role"));
        for (int i = 0; i < 2; i++) {
            try (Connection c = env.connect()) {
                env.print(
                        "table",
                        rows(c.getMetaData().getTablePrivileges(null, null, "meta_grants"), "GRANTEE", "PRIVILEGE"));
                env.print(
                        "column",
                        rows(
                                c.getMetaData().getColumnPrivileges(null, null, "meta_grants", "id"),
                                "GRANTEE",
                                "PRIVILEGE"));
            }
        }
    }

    static void ownTypes(Env env) throws Exception {
        env.setup("CREATE TYPE meta_pair AS (a int, b text)", "CREATE DOMAIN meta_positive AS int CHECK (VALUE > 0)");
        env.setup("CREATE TABLE meta_typed (p meta_pair, n meta_positive)");
        for (int i = 0; i < 3; i++) {
            try (Connection c = env.connect()) {
                DatabaseMetaData m = c.getMetaData();
                env.print("types", rows(m.getUDTs(null, null, "meta_%", null), "TYPE_NAME", "DATA_TYPE", "BASE_TYPE"));
                env.print(
                        "columns",
                        rows(m.getColumns(null, null, "meta_typed", "%"), "COLUMN_NAME", "TYPE_NAME", "DATA_TYPE"));
                env.show("attributes", () -> rows(m.getAttributes(null, null, "meta_pair", "%"), "ATTR_NAME"));
                env.show("super types", () -> rows(m.getSuperTypes(null, null, "%"), "TYPE_NAME"));
            }
        }
    }

    static void parameters(Env env) throws Exception {
        for (int i = 0; i < 3; i++) {
            try (Connection c = env.connect();
                    PreparedStatement p = c.prepareStatement("SELECT ?::numeric(8,2), ?::text, ? + 1")) {
                ParameterMetaData m = p.getParameterMetaData();
                for (int n = 1; n <= m.getParameterCount(); n++) {
                    env.print(
                            "parameter",
                            m.getParameterTypeName(n) + " " + m.getParameterClassName(n) + " " + m.getParameterMode(n)
                                    + " " + m.isSigned(n));
                }
                env.show("fourth", () -> m.getParameterType(4));
            }
        }
    }

    static void temporaryTables(Env env) throws Exception {
        for (int i = 0; i < 3; i++) {
            try (Connection c = env.connect()) {
                DatabaseMetaData m = c.getMetaData();
                String[] kind = {"TEMPORARY TABLE"};
                String name = "meta_temp_" + i; // close() does not wait until the server has dropped the last one
                env.print("before", rows(m.getTables(null, null, name, kind), "TABLE_NAME"));
                env.execute(c, "CREATE TEMP TABLE " + name + " (id int)");
                env.print("after", rows(m.getTables(null, null, name, kind), "TABLE_NAME", "TABLE_TYPE"));
            }
        }
    }
}
