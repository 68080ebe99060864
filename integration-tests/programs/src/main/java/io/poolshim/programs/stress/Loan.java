package io.poolshim.programs.stress;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.PGConnection;

/** One borrow: the connection, and what its borrower has done to it. */
final class Loan {
    final Target target;
    final Connection connection;

    /** Thread, cycle and depth; no two loans have the same. */
    final String owner;

    final long since = System.nanoTime();

    /** What the borrower keeps after it has closed the connection. */
    final List<Object> keepsakes = new ArrayList<>();

    final History history;

    /** Backend pid and start; null until the first statement has told. */
    volatile String session;

    /** Somebody closes or aborts it. */
    volatile boolean ending;

    /** One of its statements was cancelled, or has a time-out. */
    volatile boolean cancelled;

    /** Its session has a statement time-out. */
    volatile boolean timesOut;

    /** Sockets may time out. */
    volatile boolean impatient;

    /** It has been played with, so that SQL may fail for reasons of the borrower's own. */
    volatile boolean dirty;

    /** A COPY is open: any further statement would wait for ever. */
    volatile boolean copying;

    /** The server has it in its table. */
    volatile boolean inTable;

    /** Nobody will close it. */
    volatile boolean dropped;

    /** There are rows that must never be committed. */
    volatile boolean uncommitted;

    Loan(Target target, Connection connection, String owner, History history) {
        this.target = target;
        this.connection = connection;
        this.owner = owner;
        this.history = history;
    }

    /** The same, but for what would keep the connection reachable. */
    Loan withoutConnection() {
        Loan ghost = new Loan(target, null, owner, history);
        ghost.session = session;
        ghost.cancelled = cancelled;
        ghost.impatient = impatient;
        ghost.dirty = true;
        ghost.inTable = inTable;
        return ghost;
    }

    PGConnection pg() {
        return (PGConnection) connection;
    }

    /** By what the server has told, or else by what the driver knows from the login. */
    int pid() {
        String known = session;
        return known == null ? pg().getBackendPID() : Integer.parseInt(known.substring(0, known.indexOf('/')));
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Keeps the statement open, and for later. */
    Statement statement() throws SQLException {
        return keep(connection.createStatement());
    }

    PreparedStatement prepare(String sql) throws SQLException {
        return keep(connection.prepareStatement(sql));
    }

    <T> T keep(T object) {
        keepsakes.add(object);
        return object;
    }

    /** The first column of the first row. */
    String query(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? rows.getString(1) : null;
        }
    }

    @Override
    public String toString() {
        return owner + " on " + target.name + " session " + session;
    }
}
