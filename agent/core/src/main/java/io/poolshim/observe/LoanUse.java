package io.poolshim.observe;

import io.poolshim.sql.Habit;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;

/** What one connection of the application's own does, from when it is asked for. Threads may share it. */
public final class LoanUse {
    private final Uses uses;
    private final PoolUse pool;
    private final SiteUse site;
    private final Set<Habit> habits = EnumSet.noneOf(Habit.class);
    private final Set<String> apis = new HashSet<>();
    private boolean spoiled;
    private boolean open;
    private boolean lent;
    private boolean dropped;

    LoanUse(Uses uses, PoolUse pool, SiteUse site, boolean nested) {
        this.uses = uses;
        this.pool = pool;
        this.site = site;
        if (nested) {
            site.nested.increment();
        }
        pool.asked();
    }

    /** The login took so long. */
    public synchronized void opened(long nanos) {
        lent = true;
        site.loans.increment();
        pool.opened(nanos);
    }

    /** Or it failed. */
    public void refused(Throwable thrown) {
        pool.refused(thrown);
    }

    /** This SQL goes to the server. */
    public void sends(String sql) {
        Set<Habit> shown = uses.habits().of(sql);
        if (!shown.isEmpty()) {
            synchronized (this) {
                habits.addAll(shown);
            }
        }
    }

    /** It took so long. */
    public void statement(long nanos) {
        site.statements.increment();
        site.statementNanos.add(nanos);
    }

    /** A method of the driver's own was called; {@code spoils} if no pool keeps a connection after that. */
    public synchronized void api(String name, boolean spoils) {
        apis.add(name);
        spoiled |= spoils;
    }

    /** A transaction is open as it is closed. */
    public synchronized void closesInTransaction() {
        open = true;
    }

    /** The garbage collector found it. */
    public synchronized void dropped() {
        dropped = true;
    }

    /** It is over; nothing follows. */
    public synchronized void ended(long heldNanos) {
        pool.left();
        if (!lent) {
            return;
        }
        pool.closed(heldNanos);
        site.held(heldNanos);
        for (Habit habit : habits) {
            site.showed(habit);
            spoiled |= habit.spoilsSession();
        }
        apis.forEach(site::used);
        count();
    }

    private void count() {
        if (dropped) {
            site.dropped.increment();
        }
        if (open) {
            site.open.increment();
        }
        if (spoiled || dropped) {
            site.spoiled.increment();
        } else if (!open && (habits.isEmpty() || habits.equals(EnumSet.of(Habit.COPY)))) {
            site.clean.increment();
        }
    }
}
