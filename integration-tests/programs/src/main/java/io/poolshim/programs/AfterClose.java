package io.poolshim.programs;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Executor;
import org.postgresql.PGConnection;

/** Using what was closed. */
final class AfterClose {
    private AfterClose() {}

    static void addTo(Map<String, TwinProgram> all) {
        all.put("ownership.after-close-every-connection-method", AfterClose::everyConnectionMethod);
        all.put("ownership.after-close-more-connection-methods", AfterClose::moreConnectionMethods);
        all.put("ownership.after-close-statements", AfterClose::statements);
        all.put("ownership.stale-handle-and-next-borrower", AfterClose::staleHandleAndNextBorrower);
        all.put("ownership.close-from-another-thread", AfterClose::closeFromAnotherThread);
        all.put("ownership.abort", AfterClose::abort);
        all.put(
                "ownership.statements-are-closed-with-the-connection",
                AfterClose::statementsAreClosedWithTheConnection);
    }

    static void everyConnectionMethod(Env env) throws Exception {
        Connection c = env.connect();
        env.query(c, "SELECT 1");
        c.close();
        env.print("closed", c.isClosed());
        env.attempt("close again", c::close);
        env.print("valid", c.isValid(1));
        env.show("createStatement", c::createStatement);
        env.show("prepareStatement", () -> c.prepareStatement("SELECT 1"));
        env.show("prepareCall", () -> c.prepareCall("SELECT 1"));
        env.show("nativeSQL", () -> c.nativeSQL("SELECT {d '2020-01-01'}"));
        env.show("getAutoCommit", c::getAutoCommit);
        env.attempt("setAutoCommit", () -> c.setAutoCommit(false));
        env.attempt("commit", c::commit);
        env.attempt("rollback", c::rollback);
        env.show("getMetaData", () -> c.getMetaData() != null);
        env.show("isReadOnly", c::isReadOnly);
        env.attempt("setReadOnly", () -> c.setReadOnly(true));
        env.show("getCatalog", c::getCatalog);
        env.attempt("setCatalog", () -> c.setCatalog("x"));
        env.show("getSchema", c::getSchema);
        env.attempt("setSchema", () -> c.setSchema("public"));
        env.show("getTransactionIsolation", c::getTransactionIsolation);
        env.attempt("setTransactionIsolation", () -> c.setTransactionIsolation(8));
    }

    static void moreConnectionMethods(Env env) throws Exception {
        Connection c = env.connect();
        c.close();
        env.show("getWarnings", c::getWarnings);
        env.attempt("clearWarnings", c::clearWarnings);
        env.show("getTypeMap", c::getTypeMap);
        env.show("getHoldability", c::getHoldability);
        env.attempt("setHoldability", () -> c.setHoldability(1));
        env.show("setSavepoint", c::setSavepoint);
        env.show("createClob", c::createClob);
        env.show("createBlob", c::createBlob);
        env.show("createSQLXML", c::createSQLXML);
        env.show("createArrayOf", () -> c.createArrayOf("int4", new Object[] {1}));
        env.show("createStruct", () -> c.createStruct("x", new Object[0]));
        env.attempt("setClientInfo", () -> c.setClientInfo("ApplicationName", "x"));
        env.attempt("setClientInfo all", () -> c.setClientInfo(new Properties()));
        env.show("getClientInfo", () -> c.getClientInfo("ApplicationName"));
        env.show("getNetworkTimeout", c::getNetworkTimeout);
        env.attempt("setNetworkTimeout", () -> c.setNetworkTimeout(Runnable::run, 1000));
        env.attempt("abort", () -> c.abort(Runnable::run));
        env.show("unwrap", () -> c.unwrap(PGConnection.class) == c);
        PGConnection pg = (PGConnection) c;
        env.show("getNotifications", pg::getNotifications);
        env.show("getCopyAPI", () -> pg.getCopyAPI() != null);
        env.show("getPrepareThreshold", pg::getPrepareThreshold);
        env.show("escapeLiteral", () -> pg.escapeLiteral("it's"));
        env.show("getBackendPID", () -> pg.getBackendPID() > 0);
    }

    static void statements(Env env) throws Exception {
        Connection c = env.connect();
        Statement s = c.createStatement();
        PreparedStatement p = c.prepareStatement("SELECT ?");
        ResultSet r = c.createStatement().executeQuery("SELECT generate_series(1, 3)");
        r.next();
        DatabaseMetaData metaData = c.getMetaData();
        c.close();
        env.show("statement", () -> s.executeQuery("SELECT 1"));
        env.show("statement update", () -> s.executeUpdate("SET work_mem = '1MB'"));
        env.show("statement closed", s::isClosed);
        env.show("statement's connection", () -> s.getConnection().isClosed());
        env.attempt("parameter", () -> p.setInt(1, 1));
        env.show("prepared", p::executeQuery);
        env.attempt("batch", () -> {
            p.addBatch();
            p.executeBatch();
        });
        env.show("row", r::next);
        env.show("column", () -> r.getInt(1));
        env.show("result set closed", r::isClosed);
        env.show(
                "metadata query",
                () -> metaData.getTables(null, null, "x", null).next());
        env.show("metadata", metaData::getDatabaseProductName);
        env.attempt("close statement", s::close);
        env.attempt("close prepared", p::close);
        env.attempt("close result set", r::close);
    }

    /** What the next borrower does must not be disturbed by the stale handle of the one before. */
    static void staleHandleAndNextBorrower(Env env) throws Exception {
        env.setup("CREATE TABLE stale (id int)");
        for (int i = 0; i < 5; i++) {
            Connection stale = env.connect();
            PreparedStatement old = stale.prepareStatement("INSERT INTO stale VALUES (666)");
            old.executeUpdate();
            env.execute(stale, "DELETE FROM stale");
            stale.close();
            try (Connection next = env.connect()) {
                next.setAutoCommit(false);
                env.execute(next, "INSERT INTO stale VALUES (1)");
                env.attempt("commit", stale::commit);
                env.attempt("rollback", stale::rollback);
                env.show("insert", old::executeUpdate);
                env.attempt("abort", () -> stale.abort(Runnable::run));
                env.attempt("close", stale::close);
                env.print("undisturbed", env.query(next, "SELECT * FROM stale"));
            }
        }
    }

    static void closeFromAnotherThread(Env env) throws Exception {
        Connection c = env.connect();
        Statement s = c.createStatement();
        Thread closer = new Thread(() -> env.attempt("close", c::close));
        closer.start();
        closer.join();
        env.print("closed", c.isClosed());
        env.show("statement", () -> s.executeQuery("SELECT 1"));
        env.print("next", env.query("SELECT 'works'"));
    }

    static void abort(Env env) throws Exception {
        for (int i = 0; i < 3; i++) {
            Connection c = env.connect();
            Statement s = c.createStatement();
            Executor direct = Runnable::run;
            env.attempt("without executor", () -> c.abort(null));
            env.attempt("abort", () -> c.abort(direct));
            env.print("closed", c.isClosed());
            env.show("statement", () -> s.executeQuery("SELECT 1"));
            env.attempt("again", () -> c.abort(direct));
            env.attempt("close", c::close);
            env.print("next", env.query("SELECT 'works'"));
        }
    }

    static void statementsAreClosedWithTheConnection(Env env) throws Exception {
        Connection c = env.connect();
        Statement s = c.createStatement();
        s.closeOnCompletion();
        ResultSet r = s.executeQuery("SELECT 1");
        r.close();
        env.print("completed", s.isClosed());
        PreparedStatement p = c.prepareStatement("SELECT 1");
        c.close();
        env.print("prepared", p.isClosed());
    }
}
