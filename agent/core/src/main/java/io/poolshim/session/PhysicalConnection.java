package io.poolshim.session;

import io.poolshim.pool.Physical;
import io.poolshim.sql.Databases;
import io.poolshim.sql.KnownSql;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** A physical connection: the driver's own object, and what it was like when it was new. */
public final class PhysicalConnection implements Physical {
    private final DriverOperations driver;
    private final Object connection;
    private final Object state;
    private final ConnectionFunctions functions;
    private final Address address;
    private final ServerRole role;
    private final long longerLookAfter;
    private final Bouncer bouncer;
    private final String process; // of the session; another one later tells of a pooler
    private volatile boolean isUnlike; // what a login would give
    private volatile @Nullable KnownSql sql;
    private volatile int preparedSince;
    private volatile boolean hadTemporary;
    private volatile boolean aborted;
    private volatile boolean closed;
    private volatile boolean keepsNothing;

    /**
     * A connection just opened; its state is taken now.
     *
     * @param targetServerType the value of that connection property; null if it was not given
     */
    public PhysicalConnection(DriverOperations driver, Object connection, @Nullable String targetServerType) {
        this(driver, connection, targetServerType, Bouncers.none().of(""), SessionSettings.NONE);
    }

    /** The same, whose session begins with settings, maybe through a connection pooler; then with one round trip. */
    public PhysicalConnection(
            DriverOperations driver,
            Object connection,
            @Nullable String targetServerType,
            Bouncer bouncer,
            SessionSettings session) {
        this.bouncer = bouncer;
        this.driver = driver;
        this.role = ServerRole.wantedBy(targetServerType);
        this.connection = connection;
        this.state = driver.newState(connection, session);
        this.functions = driver.functions(connection, state);
        this.address = driver.address(connection);
        this.longerLookAfter = driver.profile().longerLookAfter();
        if (bouncer.isThere()) {
            String[] login = driver.noteLogin(connection, state);
            this.process = login[0];
            this.isUnlike = !bouncer.sharesSessions() && Boolean.parseBoolean(login[1]);
        } else {
            this.process = bouncer.looks() ? String.valueOf(driver.process(connection)) : "";
        }
    }

    /** The session is this process; should it be another one than at the login, there is a pooler. */
    public void seen(String session) {
        if (!process.isEmpty() && !process.equals(session)) {
            isUnlike |= !bouncer.isThere(); // the login was as for none
            bouncer.sessionChanged();
        }
    }

    /** Whether no reset makes this session as a login would give it. */
    public boolean isUnlikeNew() {
        return isUnlike;
    }

    /** Whether what is prepared on this connection may be missing in its next transaction. */
    public boolean mayLoseStatements() {
        return bouncer.mayShareSessions();
    }

    public Address address() {
        return address;
    }

    /** The driver's own object. */
    public Object connection() {
        return connection;
    }

    /** The driver's own object, and what its driver's side knows of it: for a loan that goes on with this connection. */
    public Object[] connectionAndState() {
        return new Object[] {connection, state};
    }

    /**
     * Makes the shell stand for this connection. Returns the loan: everything that leads to the physical connection leads
     * there through it, and through it to the agent's side.
     *
     * @param shell unbound; null for a driver that has none
     */
    public Object bind(@Nullable Object shell, BiFunction<Object, Object, Object> agent) {
        return functions.bind(shell, agent);
    }

    /** What is known of its database. */
    public KnownSql sql(Databases databases) {
        KnownSql known = sql;
        if (known == null) {
            known = databases.at(address, driver.profile().isPostgres());
            if (known.provesSessions() && !keepsNothing && !mayLoseStatements()) {
                driver.keepStatements(state);
            }
            sql = known;
        }
        return known;
    }

    /** It is the application's own: no statement stays prepared for others. */
    public void keepsNothing() {
        keepsNothing = true;
    }

    /** Whether a transaction is open. Sends nothing. */
    public boolean isInTransaction() {
        return driver.isInTransaction(connection);
    }

    /** Whether what is prepared was so when tables, functions and operators were others, see {@link KnownSql#edition}. */
    public boolean isOutdated(int edition) {
        boolean outdated = edition != preparedSince;
        preparedSince = edition;
        return outdated;
    }

    /** The session has, or had, temporary objects: that shows even after a reset, to those who look for it. */
    public void notesTemporary() {
        hadTemporary = true;
    }

    public boolean hadTemporary() {
        return hadTemporary;
    }

    private boolean isTemporaryLookedFor() {
        KnownSql known = sql;
        return hadTemporary && known != null && known.isTemporaryLookedFor();
    }

    @Override
    public boolean isUsable(long idleMillis) {
        return !isTemporaryLookedFor()
                && functions.isUsable(idleMillis >= longerLookAfter)
                && (role == ServerRole.ANY || role.isOf(driver.isPrimary(connection, state)));
    }

    /** What the application has set on a connection that turns out to have died; null if it lives. */
    public @Nullable Object attributesIfDead(long idleMillis) {
        return driver.attributesIfDead(connection, state, idleMillis >= longerLookAfter);
    }

    /** What the application has set so far. */
    public Object attributes() {
        return driver.newState(connection);
    }

    /** Takes over attributes of a dead connection. */
    public void setAttributes(Object attributes) {
        driver.setAttributes(connection, attributes);
    }

    @Override
    public boolean isValid(int timeoutSeconds) {
        return driver.isValid(connection, state, timeoutSeconds);
    }

    /** Somebody else ends the connection, and {@link #close} must not wait for the server. */
    public void abandon() {
        aborted = true;
    }

    @Override
    public void close() {
        if (!aborted) {
            driver.close(connection, state);
            closed = true;
        }
    }

    /** Whether {@link #close} has closed it. */
    public boolean isClosed() {
        return closed;
    }

    /**
     * The rows of a query, each value as text; null if it fails.
     *
     * @throws IllegalStateException if the connection does not work any more
     */
    public @Nullable List<String[]> rows(String query) {
        List<String[]> rows = driver.rows(connection, state, query);
        if (rows == null && !functions.isUsable(true)) {
            throw new IllegalStateException("the connection has died");
        }
        return rows;
    }

    /** See {@link Restore}; {@code proof} is a statement that is to succeed after it, or null. */
    boolean restore(int how, @Nullable String proof) {
        if (proof != null && !bouncer.sharesSessions()) {
            driver.expect(state, proof);
        }
        return functions.restore(bouncer.restoring(how));
    }

    @Override
    public boolean isUnsent() {
        return functions.isUnsent();
    }

    @Override
    public void flush() {
        functions.flush();
    }
}
