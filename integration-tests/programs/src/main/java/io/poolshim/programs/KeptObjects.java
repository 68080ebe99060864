package io.poolshim.programs;

import java.io.InputStream;
import java.io.StringReader;
import java.sql.Array;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLXML;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.Map;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;
import org.postgresql.largeobject.LargeObject;
import org.postgresql.largeobject.LargeObjectManager;

/** What came from a connection, and is asked after the connection was closed and somebody else has the next. */
final class KeptObjects {
    private KeptObjects() {}

    static void addTo(Map<String, TwinProgram> all) {
        all.put("ownership.kept-statement", KeptObjects::statement);
        all.put("ownership.kept-prepared-statement", KeptObjects::preparedStatement);
        all.put("ownership.kept-result-set", KeptObjects::resultSet);
        all.put("ownership.kept-scrollable-result-set", KeptObjects::scrollableResultSet);
        all.put("ownership.kept-metadata", KeptObjects::metadata);
        all.put("ownership.kept-copy-manager", KeptObjects::copyManager);
        all.put("ownership.kept-large-object", KeptObjects::largeObject);
        all.put("ownership.kept-array-and-xml", KeptObjects::arrayAndXml);
        all.put("ownership.kept-savepoint", KeptObjects::savepoint);
    }

    static void statement(Env env) throws Exception {
        Connection c = env.connect();
        Statement s = c.createStatement();
        s.setFetchSize(7);
        s.execute("SELECT 1");
        c.close();
        try (Connection next = env.connect()) {
            env.show("fetch size", s::getFetchSize);
            env.show("max rows", s::getMaxRows);
            env.show("query timeout", s::getQueryTimeout);
            env.show("warnings", s::getWarnings);
            env.show("update count", s::getUpdateCount);
            env.show("result set", () -> s.getResultSet() != null);
            env.show("more results", s::getMoreResults);
            env.show("keys", () -> s.getGeneratedKeys() != null);
            env.show("type", s::getResultSetType);
            env.show("connection", () -> s.getConnection() == c);
            env.show("poolable", s::isPoolable);
            env.attempt("cancel", s::cancel);
            env.attempt("add batch", () -> s.addBatch("SELECT 1"));
            env.show("batch", () -> s.executeBatch().length);
            env.attempt("set fetch size", () -> s.setFetchSize(1));
            env.attempt("set timeout", () -> s.setQueryTimeout(1));
            env.print("next", env.query(next, "SELECT 'undisturbed'"));
        }
    }

    static void preparedStatement(Env env) throws Exception {
        env.setup("CREATE TABLE kept_prepared (id int)");
        Connection c = env.connect();
        PreparedStatement p = c.prepareStatement("INSERT INTO kept_prepared VALUES (?)");
        for (int i = 0; i < 7; i++) {
            p.setInt(1, i);
            p.executeUpdate();
        }
        c.close();
        try (Connection next = env.connect()) {
            env.show("metadata", p::getMetaData);
            env.show("parameters", () -> p.getParameterMetaData().getParameterCount());
            env.attempt("set", () -> p.setInt(1, 666));
            env.attempt("clear", p::clearParameters);
            env.show("update", p::executeUpdate);
            env.show("execute", p::execute);
            env.show("text", p::toString);
            env.print("next", env.query(next, "SELECT count(*), max(id) FROM kept_prepared"));
        }
    }

    static void resultSet(Env env) throws Exception {
        Connection c = env.connect();
        ResultSet r = c.createStatement().executeQuery("SELECT 1 AS one, 'x' AS two");
        r.next();
        ResultSetMetaData m = r.getMetaData();
        c.close();
        env.show("closed", r::isClosed);
        env.show("next", r::next);
        env.show("int", () -> r.getInt("one"));
        env.show("text", () -> r.getString(2));
        env.show("null", r::wasNull);
        env.show("column", () -> r.findColumn("two"));
        env.show("row", r::getRow);
        env.show("before first", r::isBeforeFirst);
        env.show("warnings", r::getWarnings);
        env.show("fetch size", r::getFetchSize);
        env.show("statement", () -> r.getStatement() != null);
        env.show("metadata", () -> r.getMetaData() == m);
        env.show("kept metadata", m::getColumnCount);
        env.show("kept label", () -> m.getColumnLabel(1));
        env.show("kept type", () -> m.getColumnTypeName(2));
        env.show("kept table", () -> m.getTableName(1));
    }

    static void scrollableResultSet(Env env) throws Exception {
        env.setup("CREATE TABLE kept_scroll (id int PRIMARY KEY, n int)", "INSERT INTO kept_scroll VALUES (1, 1)");
        Connection c = env.connect();
        Statement s = c.createStatement(ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_UPDATABLE);
        ResultSet r = s.executeQuery("SELECT id, n FROM kept_scroll");
        r.first();
        c.close();
        env.show("first", r::first);
        env.show("absolute", () -> r.absolute(1));
        env.attempt("update", () -> r.updateInt(2, 666));
        env.attempt("update row", r::updateRow);
        env.attempt("delete row", r::deleteRow);
        env.attempt("refresh", r::refreshRow);
        env.print("table", env.query("SELECT * FROM kept_scroll"));
    }

    static void metadata(Env env) throws Exception {
        Connection c = env.connect();
        DatabaseMetaData m = c.getMetaData();
        env.print("version", m.getDatabaseMajorVersion());
        c.close();
        try (Connection next = env.connect()) {
            env.show("product", m::getDatabaseProductName);
            env.show("version", m::getDatabaseMajorVersion);
            env.show("user", m::getUserName);
            env.show("url", () -> m.getURL().equals(env.url()));
            env.show("read-only", m::isReadOnly);
            env.show("keywords", () -> m.getSQLKeywords().isEmpty());
            env.show("tables", () -> m.getTables(null, null, "%", null));
            env.show("types", m::getTypeInfo);
            env.show("table types", () -> m.getTableTypes().next());
            env.show("name length", m::getMaxColumnNameLength);
            env.show("connection", () -> m.getConnection() == c);
            env.show("another one's", () -> next.getMetaData() == m);
        }
    }

    static void copyManager(Env env) throws Exception {
        env.setup("CREATE TABLE kept_copy (id int)");
        for (int i = 0; i < 3; i++) {
            Connection c = env.connect();
            CopyManager copy = ((PGConnection) c).getCopyAPI();
            copy.copyIn("COPY kept_copy FROM STDIN", new StringReader(i + "\n"));
            c.close();
            try (Connection next = env.connect()) {
                next.setAutoCommit(false);
                env.show("copy", () -> copy.copyIn("COPY kept_copy FROM STDIN", new StringReader("666\n")));
                env.show("copy out", () -> copy.copyOut("COPY kept_copy TO STDOUT"));
                env.print("rows", env.query(next, "SELECT count(*), max(id) FROM kept_copy"));
            }
        }
    }

    static void largeObject(Env env) throws Exception {
        Connection c = env.connect();
        c.setAutoCommit(false);
        LargeObjectManager manager = ((PGConnection) c).getLargeObjectAPI();
        long id = manager.createLO();
        LargeObject object = manager.open(id);
        object.write(new byte[] {1, 2, 3});
        InputStream in = object.getInputStream();
        c.close();
        try (Connection next = env.connect()) {
            next.setAutoCommit(false);
            env.query(next, "SELECT 1");
            env.attempt("write", () -> object.write(new byte[] {4}));
            env.show("read", () -> object.read(1).length);
            env.show("stream", in::read);
            env.show("create", manager::createLO);
            env.attempt("unlink", () -> manager.unlink(id));
            env.attempt("close", object::close);
            env.print("next", env.query(next, "SELECT 'undisturbed'"));
        }
    }

    static void arrayAndXml(Env env) throws Exception {
        Connection c = env.connect();
        ResultSet r = c.createStatement().executeQuery("SELECT ARRAY['a','b'], ARRAY[1,2], '<a/>'::xml");
        r.next();
        Array text = r.getArray(1);
        Array numbers = r.getArray(2);
        SQLXML xml = r.getSQLXML(3);
        Array created = c.createArrayOf("int4", new Object[] {1, 2});
        c.close();
        env.show("array", () -> ((Object[]) text.getArray()).length);
        env.show("numbers", () -> ((Object[]) numbers.getArray())[1]);
        env.show("base type", text::getBaseTypeName);
        env.show("as result set", () -> Env.text(text.getResultSet()));
        env.show("xml", xml::getString);
        env.show("created", () -> created.toString());
        env.attempt("free", text::free);
    }

    static void savepoint(Env env) throws Exception {
        Connection c = env.connect();
        c.setAutoCommit(false);
        Savepoint named = c.setSavepoint("named");
        Savepoint unnamed = c.setSavepoint();
        c.close();
        env.show("name", named::getSavepointName);
        env.show("id", unnamed::getSavepointId);
        env.attempt("rollback", () -> c.rollback(named));
        env.attempt("release", () -> c.releaseSavepoint(unnamed));
        try (Connection next = env.connect()) {
            next.setAutoCommit(false);
            env.attempt("rollback elsewhere", () -> next.rollback(named));
        }
    }
}
