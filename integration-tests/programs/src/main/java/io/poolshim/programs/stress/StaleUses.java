package io.poolshim.programs.stress;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.jdbc.PgConnection;
import org.postgresql.largeobject.LargeObject;
import org.postgresql.largeobject.LargeObjectManager;

/** What can be done with connections, statements, results and so on that nobody should use any more. */
final class StaleUses {
    private static final String WHO = "SELECT pg_backend_pid()";
    private static final byte[] ROW = {'s', '\t', 'f', '\n'};

    private StaleUses() {}

    static List<StaleUse> all() {
        List<StaleUse> uses = new ArrayList<>();
        connection(uses);
        moreOfTheConnection(uses);
        statement(uses);
        others(uses);
        return uses;
    }

    private static void connection(List<StaleUse> uses) {
        on(
                uses,
                Connection.class,
                "connection query",
                (c, n) -> answered(c.createStatement().executeQuery(WHO)));
        on(
                uses,
                Connection.class,
                "connection prepare",
                (c, n) -> answered(c.prepareStatement(WHO).executeQuery()));
        on(uses, Connection.class, "connection setAutoCommit", (c, n) -> {
            c.setAutoCommit(n % 2 == 0);
            return "set";
        });
        on(uses, Connection.class, "connection commit", (c, n) -> {
            c.commit();
            return "committed";
        });
        on(uses, Connection.class, "connection rollback", (c, n) -> {
            c.rollback();
            return "rolled back";
        });
        on(uses, Connection.class, "connection setReadOnly", (c, n) -> {
            c.setReadOnly(true);
            return "set";
        });
        on(uses, Connection.class, "connection setTransactionIsolation", (c, n) -> {
            c.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);
            return "set";
        });
        on(uses, Connection.class, "connection setSchema", (c, n) -> {
            c.setSchema("pg_catalog");
            return "set";
        });
        on(uses, Connection.class, "connection setSavepoint", (c, n) -> "got " + c.setSavepoint());
    }

    private static void moreOfTheConnection(List<StaleUse> uses) {
        on(uses, Connection.class, "connection close", (c, n) -> {
            c.close();
            return null;
        });
        on(uses, Connection.class, "connection isClosed", (c, n) -> c.isClosed() ? null : "says it is open");
        on(uses, Connection.class, "connection isValid", (c, n) -> c.isValid(1) ? "says it is valid" : null);
        on(uses, Connection.class, "connection abort", (c, n) -> {
            c.abort(Runnable::run);
            return null;
        });
        on(uses, Connection.class, "connection setNetworkTimeout", (c, n) -> {
            c.setNetworkTimeout(Runnable::run, 1);
            return "set";
        });
        on(uses, Connection.class, "connection setPrepareThreshold", (c, n) -> {
            ((PGConnection) c).setPrepareThreshold(1); // a mere field: nobody may find it in a live connection
            return null;
        });
        on(
                uses,
                Connection.class,
                "connection getNotifications",
                (c, n) -> "got " + ((PGConnection) c).getNotifications(1));
        on(uses, Connection.class, "connection cancelQuery", (c, n) -> {
            ((PgConnection) c).cancelQuery();
            return null;
        });
        on(uses, Connection.class, "connection execSQLUpdate", (c, n) -> {
            ((PgConnection) c).execSQLUpdate("SET work_mem = '7MB'");
            return "executed";
        });
        on(uses, Connection.class, "connection copyIn", (c, n) -> {
            ((PGConnection) c).getCopyAPI().copyIn("COPY public.stress_row FROM STDIN");
            return "began";
        });
    }

    private static void statement(List<StaleUse> uses) {
        on(uses, Statement.class, "statement query", (s, n) -> answered(s.executeQuery(WHO)));
        on(uses, Statement.class, "statement execute", (s, n) -> "executed " + s.execute("SET work_mem = '7MB'"));
        on(uses, Statement.class, "statement batch", (s, n) -> {
            s.addBatch("SET work_mem = '7MB'");
            return "executed " + s.executeBatch().length;
        });
        on(uses, Statement.class, "statement cancel", (s, n) -> {
            s.cancel();
            return null;
        });
        on(uses, Statement.class, "statement close", (s, n) -> {
            s.close();
            return null;
        });
        on(uses, PreparedStatement.class, "prepared query", (p, n) -> {
            p.setInt(1, n);
            return "executed " + p.execute();
        });
    }

    private static void others(List<StaleUse> uses) {
        on(uses, ResultSet.class, "result set next", (rows, n) -> {
            int read = 0;
            while (rows.next()) {
                read++;
            }
            return read > ReadActs.FETCH_SIZE
                    ? "read " + read + " rows to the end"
                    : null; // fetched before, as unpooled
        });
        on(uses, ResultSet.class, "result set close", (rows, n) -> {
            rows.close();
            return null;
        });
        on(uses, DatabaseMetaData.class, "metadata query", (m, n) -> answered(m.getTables(null, null, "x", null)));
        on(uses, LargeObjectManager.class, "large object create", (m, n) -> "created " + m.createLO());
        on(uses, LargeObject.class, "large object write", (o, n) -> {
            o.write(ROW);
            o.tell();
            return "wrote";
        });
        on(uses, CopyIn.class, "copy end", (copy, n) -> {
            copy.writeToCopy(ROW, 0, ROW.length);
            return "ended " + copy.endCopy();
        });
    }

    private static String answered(ResultSet rows) throws SQLException {
        return "answered by " + (rows.next() ? rows.getString(1) : "nobody");
    }

    private static <T> void on(List<StaleUse> uses, Class<T> type, String name, StaleUse.Call<T> call) {
        uses.add(StaleUse.of(type, name, call));
    }
}
