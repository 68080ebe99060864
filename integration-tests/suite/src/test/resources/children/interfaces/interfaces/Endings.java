package interfaces;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;

/** How connections end, and what is left of them. */
final class Endings {
    private Endings() {}

    private static void fresh(String table) throws Exception {
        try (Connection c = Main.connect()) {
            Out.execute(c, "DROP TABLE IF EXISTS " + table, "CREATE TABLE " + table + " (id INT)");
        }
    }

    static void rolledBackAtClose(Out out) throws Exception {
        fresh("unit");
        try (Connection c = Main.connect()) {
            c.setAutoCommit(false);
            Out.execute(c, "INSERT INTO unit VALUES (1)");
            c.commit();
            Out.execute(c, "INSERT INTO unit VALUES (2)");
        }
        try (Connection c = Main.connect()) {
            out.print("auto-commit", c.getAutoCommit());
            out.print("rows", Out.query(c, "SELECT id FROM unit ORDER BY id"));
            Out.execute(c, "INSERT INTO unit VALUES (3)");
        }
        try (Connection c = Main.connect()) {
            out.print("rows", Out.query(c, "SELECT id FROM unit ORDER BY id"));
        }
    }

    static void savepoints(Out out) throws Exception {
        fresh("saved");
        try (Connection c = Main.connect()) {
            c.setAutoCommit(false);
            Out.execute(c, "INSERT INTO saved VALUES (1)");
            Savepoint named = c.setSavepoint("here");
            Out.execute(c, "INSERT INTO saved VALUES (2)");
            Savepoint unnamed = c.setSavepoint();
            out.show("name", named::getSavepointName);
            out.show("number", () -> unnamed.getSavepointId() >= 0);
            c.releaseSavepoint(unnamed);
            c.rollback(named);
            c.commit();
            out.print("rows", Out.query(c, "SELECT id FROM saved"));
            c.rollback();
        }
    }

    static void attributes(Out out) throws Exception {
        try (Connection c = Main.connect()) {
            show(out, c);
            out.attempt("setReadOnly", () -> c.setReadOnly(true));
            out.attempt("setAutoCommit", () -> c.setAutoCommit(false));
            out.attempt("setTransactionIsolation", () -> c.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE));
            out.attempt("setHoldability", () -> c.setHoldability(ResultSet.CLOSE_CURSORS_AT_COMMIT));
            out.attempt("setSchema", () -> c.setSchema("INFORMATION_SCHEMA"));
            out.attempt("setCatalog", () -> c.setCatalog("other"));
            out.attempt("setTypeMap", () -> c.setTypeMap(new java.util.HashMap<>()));
            out.attempt("setClientInfo", () -> c.setClientInfo("ApplicationName", "me"));
            out.attempt("setNetworkTimeout", () -> c.setNetworkTimeout(Runnable::run, 5000));
            show(out, c);
        }
        try (Connection c = Main.connect()) {
            show(out, c);
        }
    }

    private static void show(Out out, Connection c) {
        out.show("read-only", c::isReadOnly);
        out.show("auto-commit", c::getAutoCommit);
        out.show("isolation", c::getTransactionIsolation);
        out.show("holdability", c::getHoldability);
        out.show("schema", c::getSchema);
        out.show("catalog", c::getCatalog);
        out.show("types", c::getTypeMap);
        out.show("client info", () -> new java.util.TreeMap<>(c.getClientInfo()).keySet());
        out.show("network time-out", c::getNetworkTimeout);
        out.show("warnings", c::getWarnings);
        out.show("valid", () -> c.isValid(1));
    }

    static void connectionAfterClose(Out out) throws Exception {
        Connection c = Main.connect();
        Out.query(c, "SELECT 1");
        c.close();
        out.print("closed", c.isClosed());
        out.attempt("close again", c::close);
        show(out, c);
        out.attempt("createStatement", c::createStatement);
        out.attempt("prepareStatement", () -> c.prepareStatement("SELECT 1"));
        out.attempt("prepareCall", () -> c.prepareCall("SELECT 1"));
        out.show("nativeSQL", () -> c.nativeSQL("SELECT 1"));
        out.attempt("setAutoCommit", () -> c.setAutoCommit(false));
        out.attempt("commit", c::commit);
        out.attempt("rollback", c::rollback);
        out.attempt("setSavepoint", c::setSavepoint);
        out.attempt("getMetaData", () -> c.getMetaData().getURL());
        out.attempt("setReadOnly", () -> c.setReadOnly(true));
        out.attempt("setSchema", () -> c.setSchema("x"));
        out.attempt("clearWarnings", c::clearWarnings);
        out.attempt("createBlob", c::createBlob);
        out.attempt("createArrayOf", () -> c.createArrayOf("INTEGER", new Object[0]));
        out.attempt("setClientInfo", () -> c.setClientInfo("a", "b"));
        out.attempt("setClientInfo all", () -> c.setClientInfo(new Properties()));
        out.show("unwrap", () -> c.unwrap(Connection.class) == c);
        out.attempt("abort", () -> c.abort(Runnable::run));
    }

    static void statementsAfterClose(Out out) throws Exception {
        Connection c = Main.connect();
        Statement s = c.createStatement();
        PreparedStatement p = c.prepareStatement("SELECT ?");
        ResultSet r = c.createStatement().executeQuery("SELECT 1");
        r.next();
        c.close();
        out.refused("statement", () -> s.executeQuery("SELECT 1"));
        out.refused("update", () -> s.executeUpdate("DROP TABLE IF EXISTS none"));
        out.show("statement's connection", () -> s.getConnection() == c);
        out.refused("parameter", () -> p.setInt(1, 1));
        out.refused("prepared", p::executeQuery);
        out.refused("row", r::next);
        out.refused("column", () -> r.getInt(1));
        out.attempt("close statement", s::close);
        out.attempt("close prepared", p::close);
        out.attempt("close rows", r::close);
    }

    static void staleHandle(Out out) throws Exception {
        fresh("stale");
        Connection stale = Main.connect();
        PreparedStatement old = stale.prepareStatement("INSERT INTO stale VALUES (666)");
        stale.close();
        try (Connection next = Main.connect()) {
            next.setAutoCommit(false);
            Out.execute(next, "INSERT INTO stale VALUES (1)");
            out.attempt("commit", stale::commit);
            out.attempt("rollback", stale::rollback);
            out.refused("insert", old::executeUpdate);
            out.attempt("close", stale::close);
            out.print("undisturbed", Out.query(next, "SELECT * FROM stale"));
            next.rollback();
        }
    }

    static void closedByAnotherThread(Out out) throws Exception {
        Connection c = Main.connect();
        Thread closer = new Thread(() -> out.attempt("close", c::close));
        closer.start();
        closer.join();
        out.print("closed", c.isClosed());
        out.attempt("statement", c::createStatement);
    }

    /** The executor of abort is application code that runs inside a call. */
    static void closedWhileBusy(Out out) throws Exception {
        Connection c = Main.connect();
        out.attempt("time-out", () -> c.setNetworkTimeout(task -> out.attempt("close", c::close), 1000));
        c.close();
        try (Connection next = Main.connect()) {
            out.print("next", Out.query(next, "SELECT 1"));
        }
    }

    static void forgottenStatements(Out out) throws Exception {
        for (int i = 0; i < 20; i++) {
            try (Connection c = Main.connect()) {
                List<Statement> forgotten = new ArrayList<>();
                for (int j = 0; j < 10; j++) {
                    Statement s = c.createStatement();
                    s.executeQuery("SELECT 1").next();
                    forgotten.add(s);
                }
                forgotten.clear();
            }
        }
        out.print("forgotten", 200);
    }

    static void abort(Out out) throws Exception {
        Connection c = Main.connect();
        out.attempt("without executor", () -> c.abort(null));
        out.attempt("abort", () -> c.abort(Runnable::run));
        out.print("closed", c.isClosed());
        out.attempt("close", c::close);
        try (Connection next = Main.connect()) {
            out.print("next", Out.query(next, "SELECT 1"));
        }
    }

    static void manyThreads(Out out) throws Exception {
        CountDownLatch start = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        List<String> wrong = java.util.Collections.synchronizedList(new ArrayList<>());
        for (int i = 0; i < 6; i++) {
            String expected = String.valueOf(i);
            Thread thread = new Thread(() -> {
                try {
                    start.await();
                    for (int j = 0; j < 50; j++) {
                        try (Connection c = Main.connect()) {
                            String found = Out.query(c, "SELECT " + expected);
                            if (!found.equals(expected)) {
                                wrong.add(found);
                            }
                        }
                    }
                } catch (Exception e) {
                    wrong.add(e.toString());
                }
            });
            thread.start();
            threads.add(thread);
        }
        start.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        out.print("wrong", wrong);
    }
}
