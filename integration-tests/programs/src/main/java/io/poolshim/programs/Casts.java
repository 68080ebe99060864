package io.poolshim.programs;

import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.postgresql.PGConnection;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;
import org.postgresql.jdbc.PgConnection;
import org.postgresql.jdbc.PgStatement;

/** Code that knows which driver it talks to, and code that walks from an object back to its connection. */
final class Casts {
    private Casts() {}

    static void addTo(Map<String, TwinProgram> all) {
        all.put("casts.to-driver-types", Casts::toDriverTypes);
        all.put("casts.unwrap", Casts::unwrap);
        all.put("casts.identity", Casts::identity);
        all.put("casts.identity-of-keys-and-batches", Casts::identityOfKeysAndBatches);
        all.put("casts.equality-and-text", Casts::equalityAndText);
        all.put("casts.close-by-walking-back", Casts::closeByWalkingBack);
        all.put("casts.base-connection", Casts::baseConnection);
    }

    static void toDriverTypes(Env env) throws Exception {
        try (Connection c = env.connect()) {
            env.print("PGConnection", c instanceof PGConnection);
            env.print("BaseConnection", c instanceof BaseConnection);
            env.print("PgConnection", c instanceof PgConnection);
            PgConnection pg = (PgConnection) c;
            env.print("threshold", pg.getPrepareThreshold());
            env.print("escaped", pg.escapeIdentifier("or\"der") + " " + pg.escapeLiteral("o'r"));
            env.print("query mode", pg.getPreferQueryMode());
            env.print("server", pg.haveMinimumServerVersion(90000));
            env.print(
                    "same backend", String.valueOf(pg.getBackendPID()).equals(env.query(c, "SELECT pg_backend_pid()")));
            env.print("user", pg.getUserName());
            env.print("url", pg.getURL().equals(env.url()));
            env.print("parameter", pg.getParameterStatus("standard_conforming_strings"));
        }
    }

    static void unwrap(Env env) throws Exception {
        try (Connection c = env.connect()) {
            env.print("itself", c.unwrap(Connection.class) == c);
            env.print("PGConnection", c.unwrap(PGConnection.class) == c);
            env.print("PgConnection", c.unwrap(PgConnection.class) == c);
            env.print("is PGConnection", c.isWrapperFor(PGConnection.class));
            env.print("is String", c.isWrapperFor(String.class));
            env.show("to String", () -> c.unwrap(String.class));
            try (Statement s = c.createStatement()) {
                env.print("statement", s.unwrap(PgStatement.class) == s);
                env.show("statement to String", () -> s.unwrap(String.class));
            }
        }
    }

    static void identity(Env env) throws Exception {
        try (Connection c = env.connect();
                Statement s = c.createStatement();
                PreparedStatement p = c.prepareStatement("SELECT ?");
                CallableStatement f = c.prepareCall("{? = call abs(?)}");
                ResultSet r = s.executeQuery("SELECT 1")) {
            p.setInt(1, 1);
            env.print("statement", s.getConnection() == c);
            env.print("prepared", p.getConnection() == c);
            env.print("callable", f.getConnection() == c);
            env.print("result set", r.getStatement().getConnection() == c);
            env.print("result set's statement", r.getStatement() == s);
            try (ResultSet q = p.executeQuery()) {
                env.print("prepared result set", q.getStatement().getConnection() == c);
            }
            DatabaseMetaData metaData = c.getMetaData();
            env.print("metadata", metaData.getConnection() == c);
            env.print("metadata again", c.getMetaData() == metaData);
            try (ResultSet types = metaData.getTableTypes()) {
                env.print("metadata result", types.getStatement() == null);
            }
            try (ResultSet schemas = metaData.getSchemas()) {
                env.print("metadata query", schemas.getStatement().getConnection() == c);
            }
        }
    }

    static void identityOfKeysAndBatches(Env env) throws Exception {
        env.setup("CREATE TABLE identity_keys (id serial PRIMARY KEY, name text)");
        try (Connection c = env.connect();
                PreparedStatement p = c.prepareStatement(
                        "INSERT INTO identity_keys (name) VALUES (?)", Statement.RETURN_GENERATED_KEYS)) {
            p.setString(1, "a");
            p.executeUpdate();
            try (ResultSet keys = p.getGeneratedKeys()) {
                env.print("keys", keys.getStatement().getConnection() == c);
            }
            p.setString(1, "b");
            p.addBatch();
            p.executeBatch();
            env.print("after batch", p.getConnection() == c);
        }
    }

    static void equalityAndText(Env env) throws Exception {
        Map<Connection, String> owners = new HashMap<>();
        Set<Connection> seen = new HashSet<>();
        for (int i = 0; i < 3; i++) {
            try (Connection c = env.connect()) {
                seen.add(c);
                owners.put(c, "owner " + i);
                env.print("equal to itself", c.equals(c));
                env.print("found", owners.get(c));
                String text = c.toString();
                env.print("text", text.substring(0, text.indexOf('@')));
            }
        }
        env.print("different connections", seen.size());
        try (Connection a = env.connect();
                Connection b = env.connect()) {
            env.print("two are equal", a.equals(b));
        }
    }

    static void closeByWalkingBack(Env env) throws Exception {
        for (int i = 0; i < 5; i++) {
            ResultSet r = openResult(env);
            r.next();
            env.print("value", r.getInt(1));
            Connection c = r.getStatement().getConnection();
            r.getStatement().getConnection().close();
            env.print("closed", c.isClosed());
            env.show("result set afterwards", r::next);
        }
    }

    /** The old idiom: the caller gets the result set, and finds its own way back. */
    private static ResultSet openResult(Env env) throws Exception {
        return env.connect().createStatement().executeQuery("SELECT 42");
    }

    static void baseConnection(Env env) throws Exception {
        try (Connection c = env.connect()) {
            BaseConnection base = c.unwrap(BaseConnection.class);
            env.print("state", base.getTransactionState());
            c.setAutoCommit(false);
            env.print("row", Env.text(base.execSQLQuery("SELECT 1, 'x'")));
            env.print("state", base.getTransactionState() == TransactionState.OPEN);
            c.rollback();
            base.execSQLUpdate("CREATE TEMP TABLE base_temp (a int)");
            env.print("oid of int4", base.getTypeInfo().getPGType("int4"));
            env.print("encoding", base.getEncoding().name());
            env.print("conforming", base.getStandardConformingStrings());
            env.print("escaped", base.escapeString("it's"));
        }
        env.show("temp table is gone", () -> env.query("SELECT * FROM base_temp"));
    }
}
