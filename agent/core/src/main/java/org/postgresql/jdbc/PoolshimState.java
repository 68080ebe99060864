package org.postgresql.jdbc;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TimeZone;
import org.postgresql.core.PGStream;
import org.postgresql.core.QueryExecutor;
import org.postgresql.core.QueryExecutorBase;
import org.postgresql.core.TransactionState;
import org.postgresql.core.TypeInfo;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** What a physical connection was like when it was new, and the way back to that. */
final class PoolshimState {
    private static final int TO_ROLL_BACK = 1;
    private static final int TO_DISCARD = 2;
    private static final int TO_SEND_AT_ONCE = 4;
    private static final int TO_KEEP_STATEMENTS = 8;
    private static final int TO_KEEP_UNSEEN = 16;
    private static final int TO_DISCARD_SEQUENCES = 32;
    private static final int TO_RESTORE_LOGIN = 64;
    private static final int UNKNOWN = -1; // level of isolation
    private static final int RESET_TIMEOUT = 2000; // ms; close() must not hang where an unpooled one would not
    private static final int ANSWER_OF_RESET = 10; // ms
    private static final int ANSWER_AT_CLOSE = 100; // ms
    private static final byte[] ROLLBACK = PoolshimCommands.messages("ROLLBACK");
    private static final byte[] DISCARD_SEQUENCES = PoolshimCommands.messages("DISCARD SEQUENCES");
    private static final byte[] DISCARD_ALL = PoolshimCommands.messages("DISCARD ALL");
    private static final int WITHOUT_RESULT =
            QueryExecutor.QUERY_NO_METADATA | QueryExecutor.QUERY_NO_RESULTS | QueryExecutor.QUERY_SUPPRESS_BEGIN;

    private final PGStream stream;
    private final PoolshimInput input;
    private final PoolshimCommands commands;
    private final PoolshimStatements statements;
    private final boolean commitsAtOnce;
    private final TypeInfo types;
    private final int unknownLength;
    private final int networkTimeout;
    private final PoolshimAttributes attributes;
    private final Properties clientInfo = new Properties();
    private TimeZone timeZone;
    private boolean standardStrings;
    private String applicationName;
    private byte[] login; // a command that sets what the login has set; null if a reset leaves that alone
    private Map<String, String> reported; // with it
    private byte[] proof; // to succeed after the next reset
    private byte[] ownTimeZone; // that a reset does not bring back; null if it is the driver's
    private int queryTimeout; // seconds, of statements to which the application gives none; 0 for none
    private boolean showsSequences; // which numbers were taken from them
    private int isolation; // the session's level as it was left by a borrower; 0 for its own default
    private boolean isUncertain; // what the server has reported of itself may have been changed

    PoolshimState(PgConnection physical) throws SQLException, IOException {
        QueryExecutor executor = physical.getQueryExecutor();
        stream = PoolshimAccess.stream(executor);
        input = PoolshimAccess.wrapInput(stream);
        commands = new PoolshimCommands(stream, input);
        statements = new PoolshimStatements(PoolshimAccess.statements(executor));
        commitsAtOnce = commitsAtOnce(executor.getServerVersionNum());
        types = physical.getTypeInfo();
        unknownLength = PoolshimAccess.unknownLength(types);
        networkTimeout = stream.getSocket().getSoTimeout();
        attributes = new PoolshimAttributes(physical);
        clientInfo.putAll(physical.getClientInfo());
        noteReported(executor);
        PoolshimAccess.setTimeout(stream, networkTimeout); // the new input is to obey it, too
    }

    /** The state of a connection to whose session something is said first; {@code zone} is null for the driver's own. */
    static PoolshimState of(PgConnection physical, String zone, int queryTimeout) throws SQLException, IOException {
        String command = zone == null ? null : "SET TimeZone TO '" + zone.replace("'", "''") + '\'';
        if (command != null) {
            own(physical, command).executeWithFlags(WITHOUT_RESULT);
        }
        PoolshimState state = new PoolshimState(physical);
        state.ownTimeZone = command == null ? null : PoolshimCommands.messages(command);
        state.queryTimeout = queryTimeout;
        return state;
    }

    /** In seconds, of statements to which the application gives none; 0 for none. */
    int queryTimeout() {
        return queryTimeout;
    }

    private void noteReported(QueryExecutor executor) {
        timeZone = executor.getTimeZone();
        standardStrings = executor.getStandardConformingStrings();
        applicationName = executor.getApplicationName();
    }

    /**
     * Whether DISCARD ALL is committed as soon as it was executed, so that it is not undone if what is sent with it fails:
     * from PostgreSQL 10.22, 11.17, 12.12, 13.8 and 14.5 on.
     */
    private static boolean commitsAtOnce(int version) {
        int major = version / 10_000;
        int since = major == 10 ? 22 : major == 11 ? 17 : major == 12 ? 12 : major == 13 ? 8 : major == 14 ? 5 : 0;
        return major >= 10 && version % 10_000 >= since;
    }

    /** The session is to have this level of isolation, as the first thing in a loan; 0 for its own default. */
    void isolate(int level) throws IOException {
        if (level != isolation) {
            commands.addCommitted(level == 0 ? PoolshimIsolation.RESET : PoolshimIsolation.command(level));
            isolation = level;
        }
    }

    PoolshimStatements statements() {
        return statements;
    }

    PoolshimCommands commands() {
        return commands;
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
        commands.begin();
        int timeout = stream.getSocket().getSoTimeout();
        PoolshimAccess.setTimeout(stream, seconds * 1000);
        try {
            own(physical, "").executeWithFlags(WITHOUT_RESULT);
            if (isUncertain) {
                isUncertain = false;
                noteReported(physical.getQueryExecutor());
            }
            return true;
        } catch (SQLException e) {
            return false;
        } finally {
            PoolshimAccess.setTimeout(stream, timeout);
        }
    }

    /** Of a session that is as it was when it was new, which it still is afterwards. */
    List<String[]> rows(PgConnection physical, String query) throws SQLException, IOException {
        commands.begin();
        PoolshimAccess.setTimeout(stream, RESET_TIMEOUT);
        List<String[]> rows = new ArrayList<String[]>();
        try (ResultSet answer = answer(physical, query)) {
            int columns = answer.getMetaData().getColumnCount();
            while (answer.next()) {
                String[] row = new String[columns];
                for (int i = 0; i < columns; i++) {
                    row[i] = answer.getString(i + 1);
                }
                rows.add(row);
            }
        } finally {
            PoolshimAccess.setTimeout(stream, networkTimeout);
        }
        commands.leave();
        return rows;
    }

    /**
     * Behind a connection pooler what the driver says at the login becomes SETs, which a reset undoes: they are to be said
     * again then. A round trip, but not for long, should the pooler have no session: who waits for one is to do so by a
     * statement of his own.
     *
     * @return the session's process, and whether there is more that was set, which is then not remembered
     */
    String[] noteLogin(PgConnection physical) throws SQLException, IOException {
        commands.begin();
        PoolshimAccess.setTimeout(stream, RESET_TIMEOUT);
        String[] noted;
        try (ResultSet answer = answer(physical, PoolshimLogin.SETTINGS)) {
            answer.next();
            noted = new String[] {answer.getString(1), answer.getString(3)};
            login = PoolshimCommands.messages(answer.getString(2));
        } // if it fails, the connection is closed, and what says why is not to be lost in setting a time-out on it
        PoolshimAccess.setTimeout(stream, networkTimeout);
        commands.leave();
        reported = PoolshimLogin.reported(physical.getQueryExecutor());
        return noted;
    }

    private static ResultSet answer(PgConnection physical, String query) throws SQLException {
        PgPreparedStatement statement = own(physical, query);
        statement.executeWithFlags(QueryExecutor.QUERY_SUPPRESS_BEGIN);
        return statement.getResultSet();
    }

    /**
     * A statement of the agent's own, made in another way than applications make theirs: agents that trace those are not to
     * trace these. It is not closed, since then the driver would keep its text; and there is nothing else to it.
     */
    private static PgPreparedStatement own(PgConnection physical, String text) throws SQLException {
        PgPreparedStatement statement = new PgPreparedStatement(
                physical,
                physical.createQuery(text, false, true),
                ResultSet.TYPE_FORWARD_ONLY,
                ResultSet.CONCUR_READ_ONLY,
                ResultSet.HOLD_CURSORS_OVER_COMMIT);
        statement.setPrepareThreshold(0); // it is never prepared on the server under a name
        return statement;
    }

    /** The next {@link #restore} is to run this statement after it; if that fails, the connection cannot be handed on. */
    void expect(String statement) {
        proof = PoolshimCommands.messages(statement);
    }

    /** As the driver finds out when it looks for one: what is not read-only. */
    boolean isPrimary(PgConnection physical) throws SQLException, IOException {
        commands.begin();
        int timeout = stream.getSocket().getSoTimeout();
        PoolshimAccess.setTimeout(stream, RESET_TIMEOUT);
        try (ResultSet answer = answer(physical, "show transaction_read_only")) {
            return answer.next() && "off".equalsIgnoreCase(answer.getString(1));
        } finally {
            PoolshimAccess.setTimeout(stream, timeout);
        }
    }

    /**
     * Makes the connection as it was, without a round trip, but for two if the request asks for a read-only session: what
     * is to be sent goes out with the next statement or with {@link PoolshimCommands#flush}. Nobody waits for the answer,
     * as nobody waits until the server has ended an unpooled session; {@link PoolshimInput} leaves it out.
     *
     * @param how see the agent's class Restore
     * @return false if it cannot be handed on
     */
    boolean restore(PgConnection physical, int how) throws SQLException, IOException {
        boolean rollback = (how & TO_ROLL_BACK) != 0;
        QueryExecutor executor = physical.getQueryExecutor();
        if (physical.isClosed()) {
            return false;
        }
        PoolshimAccess.setTimeout(stream, RESET_TIMEOUT); // should there be a round trip after all
        boolean inTransaction = executor.getTransactionState() != TransactionState.IDLE;
        boolean rolledBack = inTransaction && rollback;
        if (rolledBack) {
            commands.add(ROLLBACK);
            ((QueryExecutorBase) executor).setTransactionState(TransactionState.IDLE);
            inTransaction = false;
        }
        attributes.restore(physical, inTransaction);
        if ((how & TO_RESTORE_LOGIN) != 0) {
            restoreLogin(executor);
        } else if ((how & TO_DISCARD) != 0 && !inTransaction) {
            discard(physical);
        } else if ((how & TO_DISCARD_SEQUENCES) != 0) {
            showsSequences = true;
        }
        if ((how & TO_KEEP_UNSEEN) != 0) {
            statements.handOn();
        } else if ((how & TO_DISCARD) == 0) {
            isolation = UNKNOWN;
        }
        executor.getNotifications(); // what the executor has received; PgConnection's own method would wait for more
        physical.clearWarnings();
        restoreClientInfo(physical);
        if ((how & TO_KEEP_STATEMENTS) != 0) {
            statements.keepUse();
        } else {
            statements.forgetUse();
        }
        isUncertain = hasReported(executor);
        if (rolledBack || (how & TO_SEND_AT_ONCE) != 0 || isUncertain) { // locks end now
            commands.send();
            awaitAnswer();
        } else {
            commands.leave();
        }
        PoolshimAccess.setTimeout(stream, networkTimeout);
        return !rollback || !physical.isClosed() && executor.getTransactionState() == TransactionState.IDLE;
    }

    /** Before the first statement of a loan: whatever was left where it was is not to be there. */
    void discardFirst(PgConnection physical) throws SQLException, IOException {
        if (statements.hasKept() || showsSequences || isolation != 0) {
            discardAll(physical);
            attributes.announce(physical);
        }
    }

    /** The same, before one that is clean: numbers of sequences only. */
    void discardSequences() throws IOException {
        if (showsSequences) {
            showsSequences = false;
            commands.add(DISCARD_SEQUENCES);
        }
    }

    /** Later than that, what is prepared; in a transaction that has failed nothing is executed anyway. */
    void deallocate(PgConnection physical) throws IOException {
        QueryExecutor executor = physical.getQueryExecutor();
        if (statements.hasKept() && executor.getTransactionState() != TransactionState.FAILED) {
            for (String name : PoolshimAccess.prepared(executor)) {
                commands.close(name);
            }
            PoolshimAccess.forgetPrepared(executor);
            statements.forgetKept();
        }
    }

    /** "cached plan must not change result type". */
    static boolean isOfKeptPlan(SQLException failure) {
        ServerErrorMessage message =
                failure instanceof PSQLException ? ((PSQLException) failure).getServerErrorMessage() : null;
        return message != null && "RevalidateCachedQuery".equals(message.getRoutine());
    }

    /** Ends a transaction that has failed; a round trip. */
    boolean rollBack(PgConnection physical) throws SQLException {
        own(physical, "ROLLBACK").executeWithFlags(WITHOUT_RESULT);
        return physical.getQueryExecutor().getTransactionState() == TransactionState.IDLE;
    }

    private void discardAll(PgConnection physical) throws IOException {
        statements.forgetKept();
        isolation = 0;
        showsSequences = false;
        PoolshimAccess.forgetPrepared(physical.getQueryExecutor());
        commands.add(DISCARD_ALL);
        if (!commitsAtOnce) {
            commands.sync();
        }
        if (ownTimeZone != null) {
            commands.addCommitted(ownTimeZone);
        }
        if (login != null) {
            commands.addCommitted(login);
        }
    }

    /** Nothing else is the session's own that others share; what was prepared may be anywhere. */
    private void restoreLogin(QueryExecutor executor) throws IOException {
        PoolshimAccess.forgetPrepared(executor);
        if (login != null
                && (hasReported(executor) || !PoolshimLogin.reported(executor).equals(reported))) {
            commands.addCommitted(login);
        }
    }

    private void discard(PgConnection physical) throws SQLException, IOException {
        discardAll(physical);
        if (proof != null) {
            commands.add(proof);
            proof = null;
        }
        attributes.announce(physical);
    }

    /** Whether the driver goes by other settings than in a new session, until it has read the answer to the reset. */
    private boolean hasReported(QueryExecutor executor) {
        return executor.getStandardConformingStrings() != standardStrings
                || !Objects.equals(executor.getTimeZone(), timeZone)
                || !Objects.equals(executor.getApplicationName(), applicationName);
    }

    /** Whether the connection can be told to work only by a round trip, which also tells the driver what it missed. */
    boolean isUncertain() {
        return isUncertain;
    }

    /** Whether the session answers to a reset that was sent by itself; one that hangs would hang its next borrower. */
    boolean isAnswering() throws IOException {
        if (!commands.isAnswerLate()) {
            return true;
        }
        PoolshimAccess.setTimeout(stream, RESET_TIMEOUT);
        boolean answered = commands.finish();
        PoolshimAccess.setTimeout(stream, networkTimeout);
        return answered;
    }

    /**
     * Not for long, should the server hang. Unpooled, the next connection takes longer to open than the server to release
     * the locks of this one, but others lie idle here.
     */
    private void awaitAnswer() throws IOException {
        PoolshimAccess.setTimeout(stream, ANSWER_OF_RESET);
        try {
            input.readAnswers();
        } catch (SocketTimeoutException late) {
            return; // whoever has the connection next waits for it
        }
    }

    /** Before an idle connection is closed: what is left unread would make the server see it break. */
    void readAnswer(PgConnection physical) {
        if (!commands.isUsed() && !physical.getQueryExecutor().isClosed()) {
            try {
                PoolshimAccess.setTimeout(stream, ANSWER_AT_CLOSE);
                commands.finish();
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

    /** The driver hands out its own Properties, which the application may have kept or changed. */
    private void restoreClientInfo(PgConnection physical) throws SQLException {
        Properties live = physical.getClientInfo();
        if (!live.equals(clientInfo)) {
            live.clear();
            live.putAll(clientInfo);
        }
    }
}
