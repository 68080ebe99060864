package org.postgresql.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Properties;
import org.postgresql.core.BaseStatement;
import org.postgresql.core.PGStream;
import org.postgresql.core.QueryExecutor;
import org.postgresql.core.TransactionState;
import org.postgresql.core.TypeInfo;
import org.postgresql.util.LruCache;

/** What a physical connection was like when it was new, and the way back to that. */
final class PoolshimState {
    private static final int RESET_TIMEOUT = 2000; // ms; close() must not hang where an unpooled one would not
    private static final int ANSWER_AT_CLOSE = 100; // ms
    private static final byte[] DISCARD_ALL = "DISCARD ALL".getBytes(StandardCharsets.US_ASCII);
    private static final int EMPTY_STATEMENT =
            QueryExecutor.QUERY_NO_METADATA | QueryExecutor.QUERY_NO_RESULTS | QueryExecutor.QUERY_SUPPRESS_BEGIN;

    private final PGStream stream;
    private final InputStream input;
    private final LruCache<?, ?> statements;
    private final Map<?, ?> statementMap;
    private final TypeInfo types;
    private final int unknownLength;
    private final int networkTimeout;
    private final PoolshimAttributes attributes;
    private final Properties clientInfo = new Properties();
    private boolean awaitsAnswer; // to a reset that was sent; whoever has the connection reads it
    private boolean astray; // a part of an answer may be unread: never again may anything be read from here

    PoolshimState(PgConnection physical) throws SQLException, IOException {
        QueryExecutor executor = physical.getQueryExecutor();
        stream = PoolshimAccess.stream(executor);
        input = PoolshimAccess.input(stream);
        statements = PoolshimAccess.statements(executor);
        statementMap = PoolshimAccess.entries(statements);
        types = physical.getTypeInfo();
        unknownLength = PoolshimAccess.unknownLength(types);
        networkTimeout = stream.getSocket().getSoTimeout();
        attributes = new PoolshimAttributes(physical);
        clientInfo.putAll(physical.getClientInfo());
    }

    /**
     * The types as a new connection knows them, for one borrower: with those that the driver's constructor and the
     * properties added. The physical connection's own never change, since borrowers look types up in theirs.
     */
    TypeInfo newTypeInfo(PgConnection shell) {
        TypeInfo own = new TypeInfoCache(shell, unknownLength);
        PoolshimAccess.copyTypes(types, own);
        return own;
    }

    /** Unread bytes on an idle connection, or its end. The longer look takes a millisecond. */
    boolean isQuiet(boolean longer) throws IOException {
        if (input.available() > 0) {
            return false;
        }
        if (!longer) {
            return true;
        }
        int timeout = stream.getSocket().getSoTimeout();
        PoolshimAccess.setTimeout(stream, 1);
        try {
            stream.peekChar(); // throws EOFException at the end of the stream
            return false;
        } catch (SocketTimeoutException nothingToRead) {
            return true;
        } finally {
            PoolshimAccess.setTimeout(stream, timeout);
        }
    }

    /**
     * Whether the server answers an empty statement. The driver's own {@code isValid} waits in old versions for as long as
     * it takes, and writes a warning to the application's log.
     */
    boolean isValid(PgConnection physical, int seconds) throws SQLException, IOException {
        if (!isReset(physical)) {
            return false;
        }
        int timeout = stream.getSocket().getSoTimeout();
        PoolshimAccess.setTimeout(stream, seconds * 1000);
        try (Statement statement = physical.createStatement()) {
            ((BaseStatement) statement).executeWithFlags("", EMPTY_STATEMENT);
            return true;
        } catch (SQLException e) {
            return false;
        } finally {
            PoolshimAccess.setTimeout(stream, timeout);
        }
    }

    /** As the driver finds out when it looks for one: what is not read-only. */
    boolean isPrimary(PgConnection physical) throws SQLException, IOException {
        int timeout = stream.getSocket().getSoTimeout();
        PoolshimAccess.setTimeout(stream, RESET_TIMEOUT);
        try (Statement statement = physical.createStatement();
                ResultSet answer = statement.executeQuery("show transaction_read_only")) {
            return answer.next() && "off".equalsIgnoreCase(answer.getString(1));
        } finally {
            PoolshimAccess.setTimeout(stream, timeout);
        }
    }

    /**
     * Makes the connection as it was. Round trips: ROLLBACK if a transaction is open; and two more if the request asks for
     * a read-only session. DISCARD ALL is sent without waiting for the answer: an unpooled {@code close()} does not wait
     * until the server has ended the session, either. {@link #isReset} reads the answer.
     *
     * @param rollback false only to sabotage
     * @param discard false only to sabotage
     * @return false if it cannot be handed on
     */
    boolean restore(PgConnection physical, boolean rollback, boolean discard) throws SQLException, IOException {
        QueryExecutor executor = physical.getQueryExecutor();
        if (physical.isClosed()) {
            return false;
        }
        PoolshimAccess.setTimeout(stream, RESET_TIMEOUT);
        boolean inTransaction = executor.getTransactionState() != TransactionState.IDLE;
        if (inTransaction && rollback) {
            physical.setAutosave(AutoSave.NEVER); // else the driver sends a SAVEPOINT first
            physical.execSQLUpdate("ROLLBACK");
            inTransaction = false;
        }
        attributes.restore(physical, inTransaction);
        if (discard && !inTransaction) {
            discard(physical);
        }
        executor.getNotifications(); // what the executor has received; PgConnection's own method would wait for more
        physical.clearWarnings();
        restoreClientInfo(physical);
        forgetStatements();
        PoolshimAccess.setTimeout(stream, networkTimeout);
        return !rollback || !physical.isClosed() && executor.getTransactionState() == TransactionState.IDLE;
    }

    private void discard(PgConnection physical) throws SQLException, IOException {
        if (attributes.isAnnounced() || !PoolshimAccess.canReceiveParameters()) {
            physical.execSQLUpdate("DISCARD ALL");
            attributes.announce(physical);
            return;
        }
        PoolshimAccess.forgetPrepared(physical.getQueryExecutor());
        awaitsAnswer = true;
        stream.sendChar('Q');
        stream.sendInteger4(4 + DISCARD_ALL.length + 1);
        stream.send(DISCARD_ALL);
        stream.sendChar(0);
        stream.flush();
    }

    /** Whether the session is as it was, as far as the server has been told to make it so. Waits for its answer. */
    boolean isReset(PgConnection physical) throws SQLException, IOException {
        return !awaitsAnswer || succeeds(physical, RESET_TIMEOUT);
    }

    private boolean succeeds(PgConnection physical, int timeout) throws SQLException, IOException {
        if (astray) {
            return false;
        }
        astray = true; // unless it is read to its end
        PoolshimAccess.setTimeout(stream, timeout);
        boolean succeeded = true;
        for (int type = stream.receiveChar(); type != 'Z'; type = stream.receiveChar()) {
            if (type == 'S') {
                PoolshimAccess.receiveParameter(physical.getQueryExecutor());
            } else { // the command is complete, or an error, a notice, a notification
                succeeded &= type == 'C' || type == 'N' || type == 'A';
                stream.skip(stream.receiveInteger4() - 4);
            }
        }
        stream.receiveInteger4();
        succeeded &= stream.receiveChar() == 'I';
        astray = !succeeded;
        awaitsAnswer = astray;
        PoolshimAccess.setTimeout(stream, networkTimeout);
        return succeeded;
    }

    /** Before the connection is closed: what is left unread would make the server see it break. */
    void readAnswer(PgConnection physical) {
        if (awaitsAnswer && !physical.getQueryExecutor().isClosed()) {
            try {
                succeeds(physical, ANSWER_AT_CLOSE);
            } catch (SQLException broken) {
                return;
            } catch (IOException broken) {
                return;
            }
        }
    }

    /** Gives a new connection the attributes that were read from another one. */
    void copyTo(PgConnection physical) throws SQLException, IOException {
        PoolshimAccess.setTimeout(PoolshimAccess.stream(physical.getQueryExecutor()), networkTimeout);
        attributes.copyTo(physical);
    }

    /**
     * The driver counts how often each text was executed on the connection, and from the fifth time on it prepares it on
     * the server and takes binary results, whose text is another one: each borrower is to begin at one.
     */
    private void forgetStatements() {
        if (!statementMap.isEmpty()) {
            statementMap.clear(); // on the server they are gone already
            PoolshimAccess.setEmpty(statements);
        }
    }

    /** The driver hands out its own Properties, which the application may have kept or changed. */
    private void restoreClientInfo(PgConnection physical) throws SQLException {
        Properties live = physical.getClientInfo();
        if (!live.equals(clientInfo)) {
            live.clear();
            live.putAll(clientInfo);
        }
    }
}
