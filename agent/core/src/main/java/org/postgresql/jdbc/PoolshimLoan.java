package org.postgresql.jdbc;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.postgresql.copy.CopyOperation;
import org.postgresql.core.CachedQuery;
import org.postgresql.core.Query;
import org.postgresql.core.QueryExecutor;
import org.postgresql.core.TransactionState;
import org.postgresql.core.TypeInfo;
import org.postgresql.util.GT;
import org.postgresql.util.LruCache;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;

/**
 * Between a shell and the physical connection it has borrowed. After {@code close()} the physical connection cannot be
 * reached from here any more; calls then go to a really closed connection of the same kind, the tombstone.
 *
 * <p>Every call that reaches the physical connection is counted while it runs. A call counts itself and then reads the
 * target, a close clears the target and then reads the count: so either the call finds the connection closed, or the
 * close finds it busy and does not hand it on.
 */
@SuppressWarnings("ReturnValueIgnored") // a function, and yet some things are only said to it
final class PoolshimLoan {
    private static final int EXECUTE_AS_SIMPLE = 1024; // QUERY_EXECUTE_AS_SIMPLE, since 9.4.1210

    private static final int COMMIT = 1; // calls that may end a transaction
    private static final int ROLLBACK = 2;
    private static final int AUTO_COMMIT_ON = 3;
    private static final int AUTO_COMMIT_OFF = 4;

    /** Makes the query executor that statements see; set once when this class is defined. */
    static volatile Function<Object, Object> executors;

    private static final AtomicReferenceFieldUpdater<PoolshimLoan, PgConnection> TARGET =
            AtomicReferenceFieldUpdater.newUpdater(PoolshimLoan.class, PgConnection.class, "target");
    private static final AtomicIntegerFieldUpdater<PoolshimLoan> CALLS =
            AtomicIntegerFieldUpdater.newUpdater(PoolshimLoan.class, "calls");

    private volatile PgConnection target;
    private volatile int calls;
    private final BiFunction<Object, Object, Object> agent;
    private PoolshimState state; // these three change with the target, before the first statement
    private PoolshimCommands commands;
    private PgConnection origin;
    private boolean used; // written before a call is counted, and read after that
    private volatile boolean touched; // by what is no statement of the application's own
    private boolean looked; // at the connection
    private int isolation; // the level that the first statement is to find; 0 for the session's default
    private volatile boolean begun;
    private boolean begins; // a transaction, by the last query; of interest to the thread that executes it
    private boolean checked; // a race costs a second look
    private volatile boolean unbalanced;
    private volatile boolean unfinished;
    private volatile PgConnection tombstone;
    private volatile CopyOperation copy;
    private volatile QueryExecutor executor;
    private volatile TypeInfo typeInfo;
    private volatile LruCache<FieldMetadata.Key, FieldMetadata> fieldMetadata;
    private volatile PoolshimClientInfo clientInfo;
    private long transactionSince; // of interest to the thread that ends it

    PoolshimLoan(
            PgConnection physical,
            BiFunction<Object, Object, Object> agent,
            PoolshimState state,
            PoolshimCommands commands) {
        TARGET.lazySet(this, physical); // a loan is published by what the agent does after this
        this.origin = physical;
        this.agent = agent;
        this.state = state;
        this.commands = commands;
    }

    /** The connection that a call of the shell is to go to; each is followed by {@link #exit}. */
    PgConnection enter() {
        if (!used) {
            begin();
        }
        CALLS.incrementAndGet(this);
        PgConnection physical = target;
        return physical != null ? physical : tombstone();
    }

    private void begin() {
        if (target != null) {
            commands.begin();
        }
        used = true;
    }

    void exit() {
        if (CALLS.decrementAndGet(this) < 0) {
            unbalanced = true; // at the stack's end enter() failed before it counted
        }
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> RuntimeException sneaky(Throwable thrown) throws T {
        throw (T) thrown;
    }

    private PgConnection tombstone() {
        PgConnection closed = tombstone;
        if (closed == null) {
            closed = (PgConnection) agent.apply("tombstone", null);
            if (closed == null) {
                throw PoolshimLoan.<RuntimeException>sneaky(new PSQLException(
                        GT.tr("This connection has been closed."), PSQLState.CONNECTION_DOES_NOT_EXIST));
            }
            tombstone = closed;
        }
        return closed;
    }

    /**
     * Before the first statement of this loan: if the connection died while it lay idle, which shows without sending
     * anything, another one takes its place unseen. Nothing has been sent yet, so nothing can happen twice.
     *
     * @param query the driver's Query, or an array of them; null if it is something else
     */
    void beforeStatement(Object query) {
        touched |= query == null;
        if (!begun) {
            synchronized (this) { // a second thread waits: the look reads from the socket
                if (!begun) {
                    lookOnce(query);
                    takeAwayWhatWasLeft(query);
                    begun = true;
                }
            }
        }
    }

    private void lookOnce(Object query) {
        if (!looked) {
            looked = true;
            if (calls == 0) {
                replaceIfUnfit(query);
            }
        }
    }

    /** As the first thing in a loan, which it is as a rule, it goes out with the first statement, without a round trip. */
    void setTransactionIsolation(int level) throws SQLException {
        if (PoolshimIsolation.command(level) == null || !goesFirst(level)) {
            beforeStatement(null);
            PgConnection physical = enter();
            try {
                physical.setTransactionIsolation(level);
            } finally {
                exit();
            }
        }
    }

    /** False if a statement came first, or the driver is to say what is wrong with it. */
    private boolean goesFirst(int level) throws SQLException {
        if (begun) {
            return false;
        }
        synchronized (this) { // whoever has a statement waits meanwhile
            if (begun || calls != 0) {
                return false;
            }
            lookOnce(null);
            PgConnection physical = enter();
            try {
                if (physical != origin || physical.isClosed() || isInTransaction(physical)) {
                    return false;
                }
                isolation = level;
                return true;
            } finally {
                exit();
            }
        }
    }

    /** What a borrower before has left where it is is not to be there, unless this one cannot find out. */
    private void takeAwayWhatWasLeft(Object query) {
        PgConnection physical = target;
        boolean keeping = state.statements().isKeeping();
        if (physical == null || !keeping && isolation == 0) {
            return;
        }
        begin();
        try {
            if (keeping) {
                if (agent.apply("discards-first", text(query)) != null) {
                    state.discardFirst(physical);
                }
                state.discardSequences();
            }
            state.isolate(isolation);
        } catch (SQLException broken) {
            return; // the statement fails as well
        } catch (IOException broken) {
            return;
        }
    }

    private static boolean isInTransaction(PgConnection physical) {
        return physical.getQueryExecutor().getTransactionState() != TransactionState.IDLE;
    }

    private void replaceIfUnfit(Object query) {
        PgConnection physical = target;
        if (physical != null) {
            begin(); // nobody else is to send anything while this looks
            Object[] other = (Object[]) agent.apply("first-statement", text(query)); // and its state
            if (other != null && TARGET.compareAndSet(this, physical, (PgConnection) other[0])) {
                origin = (PgConnection) other[0];
                state = (PoolshimState) other[1];
                commands = state.commands();
                commands.begin();
            } // else another thread has closed the shell meanwhile
        }
    }

    /** What the driver's final and private methods work on: woven code of PgConnection calls this with its own this. */
    static PgConnection physical(PgConnection connection) {
        if (!(connection instanceof PoolshimShell)) {
            return connection;
        }
        PoolshimLoan loan = ((PoolshimShell) connection).poolshim$loan();
        PgConnection physical = loan.target;
        return physical != null ? physical : loan.tombstone();
    }

    /**
     * Where calls go that only read what never changes on a connection, such as its encoding: rows that were fetched can
     * be read after the connection was closed, and that must not cost a login.
     */
    PgConnection facts() {
        PgConnection physical = target;
        return physical != null ? physical : origin;
    }

    /** The same for woven code. */
    static PgConnection facts(PgConnection connection) {
        return connection instanceof PoolshimShell
                ? ((PoolshimShell) connection).poolshim$loan().facts()
                : connection;
    }

    /** A statement is closed; after the connection there is no cache any more to put its query into. */
    void releaseQuery(CachedQuery query) {
        if (target != null) {
            PgConnection physical = enter();
            try {
                state.statements().released(query);
                physical.releaseQuery(query);
            } finally {
                exit();
            }
        }
    }

    void close() {
        if (TARGET.getAndSet(this, null) != null || unfinished) {
            try {
                // Busy, even by this very thread: the connection is really closed, as it would have been unpooled.
                end(calls != 0 || unbalanced || isCopying() ? "close-busy" : used ? closed() : "close-unused");
                unfinished = false;
            } catch (Error e) { // the end of the stack or of the memory: the next close goes on where this one stopped
                unfinished = true;
                throw e;
            }
        }
    }

    private String closed() {
        return touched ? "close-touched" : "close";
    }

    /** COPY locks the executor: any further statement on it would wait for ever. */
    private boolean isCopying() {
        CopyOperation last = copy;
        return last != null && last.isActive();
    }

    /**
     * A statement was made. If it does not belong to the shell that the application asked, as when another agent has
     * changed the driver's classes, what is done with it passes the loan by.
     */
    void created(Statement statement, Connection shell) throws SQLException {
        if (!checked) {
            checked = true;
            if (statement.getConnection() != shell) {
                agent.apply("foreign-statement", null);
            }
        }
        int timeout = state.queryTimeout();
        if (timeout != 0 && statement.getQueryTimeout() == 0) {
            statement.setQueryTimeout(timeout);
        }
    }

    /** The driver's flags for a query that is about to be executed, after {@link #queryStarted}. */
    int flags(Object query, int flags) {
        begins = false;
        PgConnection physical = target;
        if (physical == null
                || !(query instanceof Query)
                || !state.statements().isPreparing()
                || physical.getPrepareThreshold() == 0
                || (flags & EXECUTE_AS_SIMPLE) != 0
                || agent.apply("keeps", ((Query) query).getNativeSql()) == null) {
            return flags;
        }
        boolean inTransaction = isInTransaction(physical);
        begins = !inTransaction && calls == 1 && (flags & QueryExecutor.QUERY_SUPPRESS_BEGIN) == 0; // no other thread's
        return state.statements().flags((Query) query, flags, inTransaction);
    }

    /**
     * Whether a transaction can begin again after its first statement failed because that was kept prepared while a table
     * changed: nothing else was done in it. The driver then prepares the statement anew and executes it.
     */
    boolean beginsAgain(SQLException failure) throws SQLException {
        if (!begins || !state.statements().isKeeping() || !PoolshimState.isOfKeptPlan(failure)) {
            return false;
        }
        begins = false;
        PgConnection physical = enter();
        try {
            return state.rollBack(physical);
        } finally {
            exit();
        }
    }

    /** What was kept prepared is not to be there for a text that might find out. */
    private void leaveNothingKept(String text) {
        PgConnection physical = target;
        if (physical != null
                && text != null
                && state.statements().isKeeping()
                && state.statements().hasKept()
                && agent.apply("clean", text) == null) {
            try {
                state.deallocate(physical);
            } catch (IOException broken) {
                return; // the statement fails as well
            }
        }
    }

    /** SQL that goes to the server past {@link #queryStarted}. */
    void seen(String sql) {
        leaveNothingKept(sql);
        agent.apply("seen", sql);
    }

    /** A function is called by its number; below this one they are PostgreSQL's own. */
    void functionCalled(int number) {
        agent.apply(number >= 16384 ? "taint" : "call", "fastpathCall");
    }

    /** A COPY began. */
    void copyStarted(CopyOperation operation) {
        copy = operation;
    }

    private void end(String how) {
        PgConnection reallyClosed = (PgConnection) agent.apply(how, null);
        if (reallyClosed != null) {
            tombstone = reallyClosed;
        }
    }

    /**
     * The connection is open until the executor has run the driver's command, maybe much later: should the application
     * close it first, it is not handed on.
     */
    void abort(Executor threads) throws SQLException {
        PgConnection connection = enter();
        try {
            taint("abort");
            connection.abort(
                    threads == null
                            ? null
                            : command -> threads.execute(() -> {
                                command.run();
                                aborted();
                            }));
        } finally {
            exit();
        }
        if (connection.isClosed()) { // at once, which old versions do without an executor
            aborted();
        }
    }

    private void aborted() {
        if (TARGET.getAndSet(this, null) != null) {
            end("aborted");
        }
    }

    boolean isClosed() throws SQLException {
        PgConnection physical = target;
        return physical == null || physical.isClosed();
    }

    /** The executor that this loan's statements use; it never leads to a later borrower. */
    QueryExecutor queryExecutor() {
        QueryExecutor guarded = executor;
        if (guarded == null) {
            guarded = (QueryExecutor) executors.apply(this);
            executor = guarded;
        }
        return guarded;
    }

    /** The types as this borrower's own queries find them: a new connection has none cached either. */
    TypeInfo typeInfo(PgConnection shell) {
        TypeInfo own = typeInfo;
        if (own == null) {
            own = state.newTypeInfo(shell);
            typeInfo = own;
        }
        return own;
    }

    LruCache<FieldMetadata.Key, FieldMetadata> fieldMetadataCache() {
        LruCache<FieldMetadata.Key, FieldMetadata> own = fieldMetadata;
        if (own == null) {
            own = new LruCache<FieldMetadata.Key, FieldMetadata>(
                    65536, 5L * 1024 * 1024, false); // the driver's defaults
            fieldMetadata = own;
        }
        return own;
    }

    /** The driver hands out its own object, which the application may keep and change: each borrower has one. */
    Properties getClientInfo() throws SQLException {
        PgConnection physical = enter();
        try {
            PoolshimClientInfo own = clientInfo;
            if (own == null) {
                own = new PoolshimClientInfo();
                clientInfo = own;
            }
            return own.with(physical.getClientInfo());
        } finally {
            exit();
        }
    }

    String getClientInfo(String name) throws SQLException {
        return getClientInfo().getProperty(name);
    }

    void setClientInfo(String name, String value) throws SQLClientInfoException {
        beforeStatement(null);
        PgConnection physical = enter();
        try {
            String before = PoolshimClientInfo.applicationName(physical);
            physical.setClientInfo(name, value);
            PoolshimClientInfo.changed(clientInfo, before, physical);
        } finally {
            exit();
        }
    }

    void setClientInfo(Properties values) throws SQLClientInfoException {
        beforeStatement(null);
        PgConnection physical = enter();
        try {
            String before = PoolshimClientInfo.applicationName(physical);
            physical.setClientInfo(values);
            PoolshimClientInfo.changed(clientInfo, before, physical);
        } finally {
            exit();
        }
    }

    void commit() throws SQLException {
        endTransaction("commit", COMMIT);
    }

    void rollback() throws SQLException {
        endTransaction("rollback", ROLLBACK);
    }

    /** In a transaction, turning it on commits. */
    void setAutoCommit(boolean on) throws SQLException {
        endTransaction(on ? "commit" : null, on ? AUTO_COMMIT_ON : AUTO_COMMIT_OFF);
    }

    /** By a call of the driver, of which the agent is told as {@code how}; null if it ends none. */
    private void endTransaction(String how, int call) throws SQLException {
        PgConnection physical = enter();
        Object token = how == null ? null : transactionEnds(how, physical);
        Throwable thrown = null;
        try {
            run(call, physical);
        } catch (SQLException | RuntimeException | Error e) {
            thrown = e;
            throw e;
        } finally {
            queryEnded(token, thrown);
            exit();
        }
    }

    private static void run(int call, PgConnection physical) throws SQLException {
        switch (call) {
            case COMMIT:
                physical.commit();
                break;
            case ROLLBACK:
                physical.rollback();
                break;
            default:
                physical.setAutoCommit(call == AUTO_COMMIT_ON);
        }
    }

    /** What {@link #queryEnded} is to be given; null if there is no transaction, or nobody listens. */
    private Object transactionEnds(String how, PgConnection physical) {
        boolean open = physical == target && isInTransaction(physical);
        return open ? agent.apply(how, transactionSince) : null;
    }

    /** What {@code toString()} of an ordinary connection looks like. */
    static String describe(Object shell) {
        return PgConnection.class.getName() + "@" + Integer.toHexString(System.identityHashCode(shell));
    }

    /** A query goes to the server; the result is to be given to {@link #queryEnded}. */
    Object queryStarted(Object query, int flags) {
        if ((flags & QueryExecutor.QUERY_DESCRIBE_ONLY) != 0) {
            return null;
        }
        String text = text(query);
        noteBegin(flags);
        leaveNothingKept(text);
        if (query instanceof Query || text == null) {
            return text == null ? null : agent.apply("query", text);
        }
        Query[] batch = (Query[]) query;
        for (int i = 1; i < batch.length; i++) {
            if (batch[i] != batch[i - 1]) {
                seen(batch[i].getNativeSql());
            }
        }
        return agent.apply("batch", new Object[] {text, batch.length});
    }

    private void noteBegin(int flags) {
        PgConnection physical = target;
        if ((flags & QueryExecutor.QUERY_SUPPRESS_BEGIN) == 0 && physical != null && !isInTransaction(physical)) {
            transactionSince = System.nanoTime();
        }
    }

    /** More rows of a cursor are asked for; the result is to be given to {@link #queryEnded}. */
    Object fetchStarted() {
        return agent.apply("fetch", null);
    }

    private static String text(Object query) {
        if (query instanceof Query) {
            return ((Query) query).getNativeSql();
        }
        Query[] batch = query instanceof Query[] ? (Query[]) query : new Query[0];
        return batch.length == 0 ? null : batch[0].getNativeSql();
    }

    void queryEnded(Object token, Throwable thrown) {
        if (token != null) {
            agent.apply(token, thrown);
        }
    }

    /** A method was called that is no part of JDBC; it changes nothing. */
    void told(String method) {
        agent.apply("told", method);
    }

    /** The application got hold of something that lives longer than a loan, or changes what no reset restores. */
    void taint(String what) {
        agent.apply("taint", what);
    }
}
