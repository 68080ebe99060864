package io.poolshim.pool;

import io.poolshim.jdbc.DriverFailure;
import io.poolshim.jdbc.Login;
import io.poolshim.jdbc.SqlStates;
import io.poolshim.log.Log;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The physical connections of a pool: taken from the shelf, opened if there is none, kept or discarded. */
final class Stock {
    private static final int TRIM_TICKS = 5;

    private final Login login;
    private volatile PoolSettings settings;
    private final ScheduledExecutorService scheduler;
    private final PoolStatistics statistics;
    private final Permits permits;
    private final Neighbourhood neighbours;
    private final Logins logins;
    private final LoggingIn loggingIn;
    private final Events events;
    private volatile @Nullable HikariShelf shelf; // from the first connection on that is kept
    private volatile boolean opened;
    private final Filler filler;
    private final Flusher flusher;
    private final Set<PooledPhysical> physicals = ConcurrentHashMap.newKeySet();
    private volatile long lastUsed = System.nanoTime(); // of those that are closed
    private int trimTick;
    private int leastExcess;

    /** What the stock tells. */
    interface Events {
        void opened(long nanos);

        void evicted(Eviction why);

        void breakerOpened(Throwable cause);
    }

    Stock(
            Login login,
            PoolSettings settings,
            ScheduledExecutorService scheduler,
            PoolStatistics statistics,
            Permits permits,
            Neighbourhood neighbours,
            Events events) {
        this.events = events;
        this.login = login;
        this.settings = settings;
        this.scheduler = scheduler;
        this.statistics = statistics;
        this.permits = permits;
        this.neighbours = neighbours;
        this.loggingIn = new LoggingIn(login, settings, neighbours, events);
        this.filler = new Filler(this, settings, permits);
        this.flusher = new Flusher(physicals, scheduler);
        Set<PooledPhysical> open = physicals; // statistics live longer than the pool, and must not keep its driver
        statistics.reusedAtOnceOfOpen = () -> borrowsAtOnce(open);
        this.logins = new Logins(TimeUnit.MILLISECONDS.toNanos(settings.reauthenticateAfter));
    }

    /** An idle connection or, if there is none or the login is to be proved again, a new one; {@code now} in nanoseconds. */
    PooledPhysical takeOrOpen(Opener opener, long now) {
        if (logins.isDue(now)) {
            closeOneIdle(Eviction.LOGIN); // if there is one: the new one takes its place
            return open(opener, now);
        }
        PooledPhysical taken = takeUsable(now);
        return taken != null ? taken : open(opener, now);
    }

    /** A new connection for somebody who has waited since {@code now}: a login that fails may be tried again. */
    PooledPhysical open(Opener opener, long now) {
        return openBefore(opener, now + loggingIn.patience(opener));
    }

    /** The same ahead of whoever may want it: nothing is tried twice. */
    PooledPhysical open(Opener opener) {
        return openBefore(opener, System.nanoTime());
    }

    /**
     * A new connection, which is its opener's until it is kept.
     *
     * @param deadline by {@link System#nanoTime()}, after which no further attempt begins
     * @throws DriverFailure what the driver threw
     */
    private PooledPhysical openBefore(Opener opener, long deadline) {
        int generation = logins.generation();
        long start = System.nanoTime();
        PooledPhysical fresh = new PooledPhysical(logIn(opener, deadline), generation, this::closedOne);
        fresh.openedIn(System.nanoTime() - start);
        events.opened(fresh.openedNanos());
        physicals.add(fresh);
        fresh.borrowed();
        statistics.openedOne(fresh.openedNanos());
        neighbours.opened();
        logins.succeeded();
        if (!opened) {
            opened = true;
            neighbours.firstLogin(login);
        }
        filler.learn(opener);
        return fresh;
    }

    Login login() {
        return login;
    }

    /** All that are open. */
    Iterable<PooledPhysical> physicals() {
        return physicals;
    }

    /** Who has connections now. */
    List<BorrowRecord> loans() {
        List<BorrowRecord> loans = new ArrayList<>();
        for (PooledPhysical physical : physicals) {
            BorrowRecord loan = physical.loan();
            if (loan != null) {
                loans.add(loan);
            }
        }
        return loans;
    }

    /** How many places a thread holds. */
    int placesOf(Holdings holdings) {
        int places = 0;
        for (PooledPhysical physical : physicals) {
            BorrowRecord loan = physical.loan();
            places += loan != null && loan.holdings() == holdings && loan.grant() != Grant.OWN ? 1 : 0;
        }
        return places;
    }

    private void closedOne(PooledPhysical physical) {
        physicals.remove(physical);
        HikariShelf current = shelf;
        if (current != null) {
            current.forget(physical);
        }
        used(physical.lastUsed());
        statistics.closedOne(physical.borrowsAtOnce());
        neighbours.closed();
    }

    /** Somebody wanted a connection, or had one; a race may lose the later of two moments. */
    void used(long now) {
        lastUsed = later(lastUsed, now);
    }

    private static long later(long one, long other) {
        return one - other > 0 ? one : other;
    }

    /** When a connection was last returned, or asked for in vain, by {@link System#nanoTime()}. */
    long lastUsed() {
        long last = lastUsed;
        for (PooledPhysical physical : physicals) {
            last = later(last, physical.lastUsed());
        }
        return last;
    }

    boolean isLessRecentlyUsedThan(Stock other) {
        return lastUsed() - other.lastUsed() < 0;
    }

    private static long borrowsAtOnce(Set<PooledPhysical> open) {
        long sum = 0;
        for (PooledPhysical physical : open) {
            sum += physical.borrowsAtOnce();
        }
        return sum;
    }

    /** How logins to the server fare: {@code off}, {@code closed}, {@code open} or {@code half-open}. */
    String breaker() {
        return loggingIn.breaker();
    }

    private Physical logIn(Opener opener, long deadline) {
        try {
            return loggingIn.open(opener, deadline);
        } catch (DriverFailure e) {
            if (SqlStates.isRefusedLogin(e.getCause())) {
                closeIdle(Eviction.LOGIN); // whoever comes next is to be refused, too
            }
            throw e;
        }
    }

    private @Nullable PooledPhysical takeUsable(long now) {
        for (PooledPhysical taken = take(); taken != null; taken = take()) {
            boolean current = logins.isCurrent(taken);
            if (current && isUsable(taken, now)) {
                taken.borrowed();
                return taken;
            }
            evict(taken, current ? Eviction.DEAD : Eviction.OUTDATED);
        }
        return null;
    }

    private @Nullable PooledPhysical take() {
        HikariShelf current = shelf;
        return current == null ? null : current.take();
    }

    private void evict(PooledPhysical taken, Eviction why) {
        events.evicted(why);
        shelf().evict(taken);
    }

    /** Whether one was idle. */
    boolean closeOneIdle(Eviction why) {
        PooledPhysical taken = take();
        if (taken != null) {
            evict(taken, why);
        }
        return taken != null;
    }

    /** Whether any was idle. */
    boolean closeIdle(Eviction why) {
        boolean any = false;
        while (closeOneIdle(why)) {
            any = true;
        }
        return any;
    }

    private static boolean isUsable(PooledPhysical taken, long now) {
        try {
            return taken.isUsable(now);
        } catch (RuntimeException | LinkageError e) {
            Log.swallowed("looking at an idle connection (it is closed)", e);
            return false;
        }
    }

    private HikariShelf shelf() {
        HikariShelf current = shelf;
        if (current == null) {
            synchronized (this) {
                current = shelf;
                if (current == null) {
                    shelf = current = new HikariShelf(login.toString(), settings, scheduler);
                    Log.info(this + " serves DriverManager.getConnection from now on (max-size=" + settings.maxSize
                            + " overflow=" + settings.overflow + ")");
                    Log.debug(this + " TLS: " + login.tls());
                }
            }
        }
        return current;
    }

    /** Why a connection may not be kept, as far as its age goes; null if it may. */
    @Nullable Eviction whyNotKeep(PooledPhysical physical) {
        if (permits.isInDebt()) {
            return Eviction.OVERFLOW;
        }
        if (settings.maxUses != 0 && physical.uses() >= settings.maxUses) {
            return Eviction.USES;
        }
        if (settings.maxStatements != 0 && physical.statements() >= settings.maxStatements) {
            return Eviction.USES;
        }
        return logins.isCurrent(physical) ? null : Eviction.OUTDATED;
    }

    /** Puts a connection on the shelf; false if it had to be closed instead. */
    boolean keep(PooledPhysical physical, long now) {
        flusher.returned(physical);
        try {
            if (physical.isShelved()) {
                shelf().putBack(physical, now);
            } else {
                shelf().adopt(physical);
            }
        } catch (RuntimeException | LinkageError e) {
            Log.swallowed("keeping a connection (it is closed instead)", e);
            physical.close();
            return false;
        }
        neighbours.makeRoom();
        if (!logins.isCurrent(physical)) {
            closeIdle(Eviction.OUTDATED); // it became outdated on its way
        }
        return true;
    }

    void discard(PooledPhysical physical) {
        if (physical.isShelved()) {
            shelf().evict(physical);
        } else {
            physical.close();
        }
    }

    int idle() {
        HikariShelf current = shelf;
        return current == null ? 0 : current.idle();
    }

    /** The next borrower is to log in, whatever is idle. */
    void logInAfresh() {
        logins.demand();
    }

    /** What is idle or borrowed now is not handed out any more. */
    void renew() {
        logins.renew();
        closeIdle(Eviction.OUTDATED);
    }

    /** With what comes after; what is idle and too much then is closed. */
    void reconfigure(PoolSettings changed) {
        HikariShelf current;
        synchronized (this) {
            settings = changed;
            current = shelf;
        }
        if (current != null) {
            current.reconfigure(changed);
        }
        loggingIn.reconfigure(changed);
        filler.reconfigure(changed);
        logins.validFor(TimeUnit.MILLISECONDS.toNanos(changed.reauthenticateAfter));
    }

    /** Closes idle connections for which there are no places any more. */
    void closeSurplus() {
        for (int surplus = excess(); surplus > 0; surplus--) {
            closeOneIdle(Eviction.OVERFLOW);
        }
    }

    private int excess() {
        return Math.min(permits.used() + idle() - settings.maxSize, idle());
    }

    /** The same as {@link #renew}; closing what is idle may hang if its server has gone, so it is done elsewhere. */
    void outdate() {
        logins.renew();
        scheduler.execute(() -> {
            try {
                closeIdle(Eviction.OUTDATED);
            } catch (RuntimeException | LinkageError e) {
                Log.swallowed("closing what is idle in " + this, e);
            }
        });
    }

    /** No connection is opened any more but by borrowers. */
    void stopFilling() {
        filler.stop();
    }

    /** Opens what is missing, if somebody has shown how. */
    void fill() {
        filler.maintain();
    }

    /** Housekeeping: what is missing, what is no longer needed. */
    void maintain(boolean keeping) {
        if (permits.settle()) {
            closeSurplus();
        }
        trim();
        if (keeping) {
            fill();
        }
    }

    /** Closes what overflow has left behind, once it was not needed for a while; at once would be to log in anew. */
    private void trim() {
        leastExcess = Math.min(leastExcess, Math.max(excess(), 0));
        if (++trimTick % TRIM_TICKS == 0) {
            for (int i = 0; i < leastExcess; i++) {
                closeOneIdle(Eviction.OVERFLOW);
            }
            leastExcess = Integer.MAX_VALUE;
        }
    }

    /** Whether it keeps nothing and is not to be filled. */
    boolean isEmpty(boolean keeping) {
        return !(keeping && filler.isActive()) && statistics.open() == 0;
    }

    @Override
    public String toString() {
        return "[pool " + login + "]";
    }

    void shutdown() {
        filler.stop();
        if (shelf != null) {
            shelf.shutdown();
        }
    }
}
