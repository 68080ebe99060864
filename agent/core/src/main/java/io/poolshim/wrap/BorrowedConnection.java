package io.poolshim.wrap;

import io.poolshim.jdbc.DriverFailure;
import io.poolshim.log.Log;
import io.poolshim.pool.BorrowRecord;
import io.poolshim.pool.Grant;
import io.poolshim.pool.Opener;
import io.poolshim.session.Concern;
import io.poolshim.session.PhysicalConnection;
import io.poolshim.session.SqlVerdict;
import java.sql.Connection;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The agent's side of a shell: what happens when the application closes it, uses it after that, or runs a statement.
 * The shell calls {@link #apply} with the name of the event.
 */
public final class BorrowedConnection implements BiFunction<Object, Object, Object> {
    private final BorrowRecord record;
    private final Opener opener;
    private final Borrowing borrowing;
    private volatile boolean opaque;
    private volatile @Nullable Concern concern;

    private BorrowedConnection(BorrowRecord record, Opener opener, Borrowing borrowing) {
        this.record = record;
        this.opener = opener;
        this.borrowing = borrowing;
    }

    /** The shell that the application gets for a loan. */
    static Connection shell(BorrowRecord record, PhysicalConnection physical, Opener opener, Borrowing borrowing) {
        Object shell = borrowing.driver().newShell();
        BorrowedConnection agentSide = new BorrowedConnection(record, opener, borrowing);
        Object bound = borrowing.driver().operations().bind(shell, physical, agentSide);
        borrowing.leaks().watch(agentSide, record);
        return (Connection) bound;
    }

    @Override
    public @Nullable Object apply(Object event, Object argument) {
        try {
            if (!(event instanceof String)) {
                borrowing.queries().ended(event, (Throwable) argument);
                return null;
            }
            return happened((String) event, argument);
        } catch (RuntimeException | LinkageError e) {
            Log.swallowed("handling '" + (event instanceof String ? event : "query end") + "'", e);
            return null;
        }
    }

    private @Nullable Object happened(String event, Object argument) {
        switch (event) {
            case "query":
                seen((String) argument);
                return borrowing.queries().started(record, (String) argument, 0);
            case "batch":
                Object[] batch = (Object[]) argument;
                seen((String) batch[0]);
                return borrowing.queries().started(record, (String) batch[0], (Integer) batch[1]);
            case "seen":
                seen((String) argument);
                return null;
            case "taint":
                opaque = true;
                return null;
            case "foreign-statement":
                opaque = true;
                borrowing.giveUp("a statement belonged to another connection than the one that made it;"
                        + " maybe another agent has changed the driver's classes");
                return null;
            case "close":
                return end(true);
            case "close-busy":
                return end(false);
            case "aborted":
                physical().abandon();
                end(false);
                return physical().connection();
            case "first-statement":
                return replaceIfDead();
            case "tombstone":
                return tombstone();
            default:
                throw new IllegalArgumentException(event);
        }
    }

    private PhysicalConnection physical() {
        return (PhysicalConnection) record.physical();
    }

    /**
     * Another physical connection if the borrowed one has died since it was last used; null if it lives, or if there is
     * no other. Closing waits meanwhile, so that whoever comes second finds the record consistent.
     */
    private synchronized @Nullable Object replaceIfDead() {
        if (!record.isReused() || !record.isOpen()) {
            return null;
        }
        Object attributes = physical().attributesIfDead(record.heldMillis());
        if (attributes == null) {
            return null;
        }
        try {
            record.pool().replace(record, opener);
        } catch (DriverFailure unreachable) {
            return null; // the statement will fail as it would have unpooled
        }
        physical().setAttributes(attributes);
        return physical().connection();
    }

    private void seen(String sql) {
        SqlVerdict verdict = borrowing.sql().apply(sql);
        if (verdict.isOpaque()) {
            opaque = true;
        }
        if (verdict.concern() != null) {
            concern = verdict.concern().and(concern);
            record.pool().renew(verdict.concern());
        }
    }

    /** Ends the loan; the driver's connection if that is closed for good, null if it lives on for others. */
    private synchronized @Nullable Object end(boolean quiet) {
        PhysicalConnection physical = physical();
        if (!record.tryClose()) {
            return null;
        }
        try {
            boolean kept = record.pool().giveBack(record, quiet && isResettable() && reset(physical));
            if (concern != null) {
                record.pool().renew(concern); // only now the change is sure to be committed
            }
            if (kept) {
                return null;
            }
        } catch (Throwable atTheEndOfStackOrHeap) {
            record.abandon();
            throw atTheEndOfStackOrHeap;
        }
        if (quiet && physical.isClosed()) { // one that was busy may hold its locks for ever, after a COPY say
            record.pool().tombstone.compareAndSet(null, physical.connection());
        }
        return physical.connection();
    }

    private boolean isResettable() {
        return record.grant() != Grant.OWN;
    }

    private boolean reset(PhysicalConnection physical) {
        try {
            return borrowing.reset().reset(physical, opaque);
        } catch (RuntimeException | LinkageError e) {
            Log.swallowed("resetting a session (the connection is closed instead)", e);
            return false;
        }
    }

    /**
     * A really closed connection for whoever still uses this one: it fails as the driver's own would. Null if there is
     * none to be had.
     */
    private @Nullable Object tombstone() {
        Object closed = record.pool().tombstone.get();
        if (closed == null) {
            try {
                PhysicalConnection fresh = (PhysicalConnection) opener.open();
                fresh.close();
                closed = fresh.connection();
            } catch (DriverFailure unreachable) {
                return null;
            }
            record.pool().tombstone.compareAndSet(null, closed);
        }
        return closed;
    }
}
