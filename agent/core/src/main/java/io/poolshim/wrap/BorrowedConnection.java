package io.poolshim.wrap;

import io.poolshim.jdbc.DriverFailure;
import io.poolshim.log.Log;
import io.poolshim.pool.BorrowRecord;
import io.poolshim.pool.ConnectionPool;
import io.poolshim.pool.Eviction;
import io.poolshim.pool.Grant;
import io.poolshim.pool.Opener;
import io.poolshim.pool.PoolStatistics;
import io.poolshim.session.PhysicalConnection;
import io.poolshim.session.SessionUse;
import io.poolshim.sql.KnownSql;
import io.poolshim.sql.SqlVerdict;
import java.sql.Connection;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The agent's side of a shell: what happens when the application closes it, uses it after that, or runs a statement.
 * The shell calls {@link #apply} with the name of the event.
 */
public class BorrowedConnection extends BorrowRecord implements BiFunction<Object, Object, Object> {
    private final Borrowing borrowing;
    private volatile boolean opaque;
    private volatile boolean seenByOthers;
    private volatile SqlVerdict done = SqlVerdict.NOTHING;

    BorrowedConnection(ConnectionPool pool, Opener opener, String place, Borrowing borrowing) {
        super(pool, opener, place);
        this.borrowing = borrowing;
    }

    /** Now and then a borrower reads what is to be known of the database, before it uses its connection. */
    void learn() {
        if (!known().isDue() || grant() == Grant.OWN) {
            return;
        }
        try {
            known().read(physical()::rows, physical()::seen);
        } catch (IllegalStateException dead) {
            pool().replace(this);
        }
    }

    /** What the application gets, once there is a connection. */
    Connection connection(PhysicalConnection lent) {
        Object shell = borrowing.driver().newShell();
        Object loan = lent.bind(shell, this);
        borrowing.leaks().watch(loan, this);
        return (Connection)
                (shell != null ? shell : borrowing.driver().operations().connection(loan));
    }

    @Override
    public @Nullable Object apply(Object event, Object argument) {
        try {
            if (!(event instanceof String)) {
                ended(event, (Throwable) argument);
                return null;
            }
            // what happens in each loan; all the rest is too big to be compiled into it
            return event.equals("close") ? end(true, true, false) : happened((String) event, argument);
        } catch (RuntimeException | LinkageError e) {
            Log.swallowed("handling '" + (event instanceof String ? event : "query end") + "'", e);
            return null;
        }
    }

    private @Nullable Object happened(String event, Object argument) {
        switch (event) {
            case "query":
                executes(1);
                seen((String) argument);
                return token(borrowing.queries().started(this, (String) argument, 0));
            case "batch":
                Object[] batch = (Object[]) argument;
                executes((Integer) batch[1]);
                seen((String) batch[0]);
                return token(borrowing.queries().started(this, (String) batch[0], (Integer) batch[1]));
            case "seen":
                seen((String) argument);
                borrowing.queries().sent(this, (String) argument);
                return null;
            case "fetch":
                return token(borrowing.queries().fetching(this));
            case "commit":
                return token(borrowing.queries().ending(this, true, (Long) argument));
            case "rollback":
                return token(borrowing.queries().ending(this, false, (Long) argument));
            case "taint":
                opaque = true;
                return null;
            case "call":
                seenByOthers = true;
                return null;
            case "told":
                return null; // of interest only to those who look on
            case "foreign-statement":
                opaque = true;
                borrowing.giveUp("a statement belonged to another connection than the one that made it;"
                        + " maybe another agent has changed the driver's classes");
                return null;
            case "close-unused":
                return end(true, false, false);
            case "close-touched":
                return end(true, true, true);
            case "close-busy":
                return end(false, true, true);
            case "aborted":
                physical().abandon();
                end(false, true, true);
                return physical().connection();
            case "keeps":
                return isClean((String) argument) && verdict((String) argument).isTimeless() ? true : null;
            case "clean":
                return isClean((String) argument) ? true : null;
            case "discards-first":
                boolean outdated = physical().isOutdated(known().edition());
                return outdated
                                || argument == null
                                || !verdict((String) argument).isClean()
                        ? true
                        : null;
            case "first-statement":
                return replaceIfUnfit((String) argument);
            case "tombstone":
                return tombstone();
            default:
                throw new IllegalArgumentException(event);
        }
    }

    /** The end of what is sent is always told: a failure may be of the server. */
    private Object token(@Nullable Object ofListener) {
        return ofListener != null ? ofListener : this;
    }

    private void ended(Object token, @Nullable Throwable thrown) {
        if (token != this) {
            borrowing.queries().ended(token, thrown);
        }
        if (thrown != null
                && isOpen()
                && ServerFailure.isSeenIn(thrown, physical().connection(), done.asksToRead())) {
            opaque = true;
            pool().serverFailed(thrown);
        }
    }

    @Override
    public PhysicalConnection physical() {
        return (PhysicalConnection) super.physical();
    }

    /**
     * Another physical connection if the borrowed one has died since it was last used, or if it shows to the statement that
     * it was used before; null if it does not, or if there is no other. Closing waits meanwhile, so that whoever comes
     * second finds the record consistent.
     *
     * @param sql the statement; null if that is not known yet
     */
    private @Nullable Object replaceIfUnfit(@Nullable String sql) {
        if (!isReused()) {
            return null;
        }
        synchronized (this) {
            if (!beginReplacement()) {
                return null;
            }
            try {
                return replacement(sql);
            } finally {
                endReplacement();
            }
        }
    }

    private @Nullable Object replacement(@Nullable String sql) {
        boolean shows = sql != null && physical().hadTemporary() && verdict(sql).looksForTemporary();
        Object attributes = shows ? physical().attributes() : physical().attributesIfDead(heldMillis());
        if (attributes == null) {
            return null;
        }
        try {
            pool().replace(this);
        } catch (DriverFailure unreachable) {
            return null; // the statement will fail as it would have unpooled
        }
        physical().setAttributes(attributes);
        return physical().connectionAndState();
    }

    private void seen(String sql) {
        SqlVerdict verdict = verdict(sql);
        SqlVerdict before = done;
        if (before.and(verdict) != before) {
            add(verdict);
        }
        if (verdict.isOpaque() && Log.isDebug()) {
            String pool = "[pool " + pool().name() + "] ";
            Log.once(Log.Level.DEBUG, pool + "connections are really closed after " + KnownSql.withoutLiterals(sql));
        }
        if (verdict.concern() != null) {
            pool().renew(verdict.concern());
        }
        if (verdict.changesCatalogue()) {
            known().changes();
        }
    }

    private synchronized void add(SqlVerdict verdict) {
        done = done.and(verdict);
    }

    private KnownSql known() {
        return physical().sql(borrowing.databases());
    }

    private SqlVerdict verdict(String sql) {
        return known().verdict(sql);
    }

    /** Ends the loan; the driver's connection if that is closed for good, null if it lives on for others. */
    private @Nullable Object end(boolean quiet, boolean used, boolean touched) {
        if (!tryClose() && !tryCloseAfterReplacement()) {
            return null;
        }
        PhysicalConnection physical = physical();
        try {
            boolean kept = pool().giveBack(this, quiet ? unfit(physical, used, touched) : Eviction.BUSY);
            if (done.concern() != null) {
                pool().renew(done.concern()); // only now the change is sure to be committed
            }
            if (done.changesCatalogue()) {
                known().changes();
            }
            if (kept) {
                return null;
            }
        } catch (Throwable atTheEndOfStackOrHeap) {
            abandon();
            throw atTheEndOfStackOrHeap;
        }
        if (quiet && physical.isClosed()) { // one that was busy may hold its locks for ever, after a COPY say
            pool().tombstone.compareAndSet(null, physical.connection());
        }
        return physical.connection();
    }

    private synchronized boolean tryCloseAfterReplacement() {
        return tryClose();
    }

    /** Null if the session is as it was when it was new; of one that is closed anyway it does not matter. */
    private @Nullable Eviction unfit(PhysicalConnection physical, boolean used, boolean touched) {
        return grant() != Grant.OWN && reset(physical, used, touched) ? null : Eviction.SESSION;
    }

    /** Whether this text and all before it leave nothing behind. */
    private boolean isClean(String sql) {
        return !opaque && !seenByOthers && done.and(verdict(sql)).isClean();
    }

    private boolean isClean() {
        return known().provesSessions()
                && !physical().mayLoseStatements()
                && !opaque
                && !seenByOthers
                && done.isClean();
    }

    private SessionUse use(boolean used, boolean touched) {
        if (opaque
                || physical().isUnlikeNew()
                || done.isOpaque()
                || done.leavesTemporary() && known().isTemporaryLookedFor()) {
            return SessionUse.OPAQUE;
        }
        if (used && !touched && isClean()) {
            return done.usesSequences() ? SessionUse.CLEAN_BUT_SEQUENCES : SessionUse.CLEAN;
        }
        return !used ? SessionUse.NONE : seenByOthers || done.isShared() ? SessionUse.SHARED : SessionUse.PRIVATE;
    }

    private boolean reset(PhysicalConnection physical, boolean used, boolean touched) {
        try {
            if (!used) {
                return borrowing.reset().reset(physical, use(false, touched), null);
            }
            if (done.leavesTemporary()) {
                physical.notesTemporary();
            }
            SessionUse use = known().isAsNew(done) ? use(true, touched) : SessionUse.OPAQUE;
            count(use);
            if (use == SessionUse.OPAQUE && !opaque && done.isShared()) {
                // a login after close() would take longer than the server takes to end a session, but others are idle
                // here
                borrowing.reset().reset(physical, SessionUse.SHARED, null);
                return false;
            }
            return borrowing.reset().reset(physical, use, known().proof(done));
        } catch (RuntimeException | LinkageError e) {
            Log.swallowed("resetting a session (the connection is closed instead)", e);
            return false;
        }
    }

    private void count(SessionUse use) {
        PoolStatistics statistics = pool().statistics();
        switch (use) {
            case CLEAN:
            case CLEAN_BUT_SEQUENCES:
                statistics.notReset.increment();
                break;
            case OPAQUE:
                statistics.unfit.increment();
                break;
            default:
                statistics.reset.increment();
        }
    }

    /**
     * A really closed connection for whoever still uses this one: it fails as the driver's own would. Null if there is
     * none to be had.
     */
    private @Nullable Object tombstone() {
        Object closed = pool().tombstone.get();
        if (closed == null) {
            try {
                PhysicalConnection fresh = (PhysicalConnection) opener().open();
                fresh.close();
                closed = fresh.connection();
            } catch (DriverFailure unreachable) {
                return null;
            }
            pool().tombstone.compareAndSet(null, closed);
        }
        return closed;
    }
}
