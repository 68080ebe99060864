package io.poolshim.wrap;

import io.poolshim.log.Log;
import io.poolshim.observe.LoanUse;
import io.poolshim.pool.ConnectionPool;
import io.poolshim.pool.Opener;
import io.poolshim.session.PhysicalConnection;
import java.sql.Connection;
import org.jspecify.annotations.Nullable;

/**
 * A connection of the application's own, opened and closed as it asks for it, on which the agent looks: whatever fails
 * here is swallowed, and changes nothing but what is told later.
 */
final class ObservedConnection extends BorrowedConnection {
    private final Borrowing borrowing;
    private volatile @Nullable LoanUse use;

    ObservedConnection(ConnectionPool pool, Opener opener, String place, Borrowing borrowing) {
        super(pool, opener, place, borrowing);
        this.borrowing = borrowing;
    }

    /** A statement that runs: its clock, and what the listeners call it. */
    private static final class Running {
        final @Nullable Object next;
        final long start = System.nanoTime();

        Running(@Nullable Object next) {
            this.next = next;
        }
    }

    @Override
    protected boolean isObserved() {
        return true;
    }

    @Override
    protected void asked(boolean nested) {
        look(() -> use = borrowing.uses().asked(pool(), caller(), nested));
    }

    @Override
    protected void refused(Throwable thrown) {
        look(use -> use.refused(thrown));
    }

    @Override
    Connection connection(PhysicalConnection lent) {
        look(use -> use.opened(openedNanos()));
        return super.connection(lent);
    }

    @Override
    protected void dropped() {
        look(LoanUse::dropped);
    }

    @Override
    protected void left() {
        look(use -> use.ended(since() == 0 ? 0 : heldNanos()));
    }

    @Override
    public @Nullable Object apply(Object event, Object argument) {
        if (event instanceof Running) {
            Running running = (Running) event;
            look(use -> use.statement(System.nanoTime() - running.start));
            return running.next == null ? null : super.apply(running.next, argument);
        }
        boolean runs = event instanceof String && happens((String) event, argument);
        Object answer = super.apply(event, argument);
        return runs ? new Running(answer) : answer;
    }

    /** Whether it is something that takes its time, of whose end the driver's side tells. */
    private boolean happens(String event, Object argument) {
        switch (event) {
            case "query":
                look(use -> use.sends((String) argument));
                return true;
            case "batch":
                look(use -> use.sends((String) ((Object[]) argument)[0]));
                return true;
            case "fetch":
            case "commit":
            case "rollback":
                return true;
            case "seen":
                look(use -> use.sends((String) argument));
                return false;
            case "call":
            case "told":
                look(use -> use.api((String) argument, false));
                return false;
            case "taint":
                look(use -> use.api((String) argument, true));
                return false;
            case "close":
            case "close-touched":
                look(use -> {
                    if (physical().isInTransaction()) {
                        use.closesInTransaction();
                    }
                });
                return false;
            default:
                return false;
        }
    }

    private interface Look {
        void at(LoanUse use);
    }

    private void look(Look look) {
        LoanUse known = use;
        if (known != null) {
            look(() -> look.at(known));
        }
    }

    private static void look(Runnable look) {
        try {
            look.run();
        } catch (RuntimeException | LinkageError e) {
            Log.swallowed("looking at a connection (it is the application's own)", e);
        }
    }
}
