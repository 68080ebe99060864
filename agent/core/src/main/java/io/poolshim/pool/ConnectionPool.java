package io.poolshim.pool;

import io.poolshim.config.Config;
import io.poolshim.jdbc.DriverFailure;
import io.poolshim.jdbc.Login;
import io.poolshim.jdbc.SqlStates;
import io.poolshim.log.FlightEvents;
import io.poolshim.log.Log;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiPredicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One pool: for one driver, server and login. It decides on what terms a caller gets a connection; it knows nothing of
 * the session on it.
 */
public final class ConnectionPool {
    private static final int RETIRED = -1;
    private static final long FAILS_AGAIN_AFTER = TimeUnit.SECONDS.toNanos(1);

    private final Login login;
    private final String name;
    private final UnaryOperator<Config> own;
    private volatile PoolSettings settings;
    private final PoolListener listener;
    private final Permits permits;
    private final Stock stock;
    private final Admission admission;
    private final Neighbourhood neighbours;
    private final PoolStatistics statistics;
    private final AtomicInteger waiting = new AtomicInteger(); // or opening without a place
    private volatile PoolMode mode = PoolMode.POOL;
    private final AtomicLong serverFailed = new AtomicLong(System.nanoTime() - FAILS_AGAIN_AFTER);
    private volatile boolean keeps;
    private volatile boolean ended;

    /** For telemetry to keep what it says of this pool; a race costs making it twice. */
    public volatile @Nullable Object attributes;

    /** A really closed connection of this pool's kind, for those who use theirs after closing it; or null. */
    public final AtomicReference<@Nullable Object> tombstone = new AtomicReference<>();

    /** A pool without connections, which moves in with the others, and has the settings of all. */
    public ConnectionPool(
            Login login,
            Config config,
            ScheduledExecutorService scheduler,
            PoolListener listener,
            Neighbourhood neighbours) {
        this(login, config, all -> all, scheduler, listener, neighbours);
    }

    /** {@code own}: which of all settings are those of this pool. */
    public ConnectionPool(
            Login login,
            Config config,
            UnaryOperator<Config> own,
            ScheduledExecutorService scheduler,
            PoolListener listener,
            Neighbourhood neighbours) {
        this.login = login;
        this.name = login.toString();
        this.own = own;
        this.settings = new PoolSettings(own.apply(config), 0);
        this.listener = listener;
        this.neighbours = neighbours;
        this.statistics = new PoolStatistics(name);
        this.permits = Admission.permits(settings);
        this.statistics.used = permits::used;
        this.stock = new Stock(login, settings, scheduler, statistics, permits, neighbours, stockEvents());
        this.admission = new Admission(settings, permits, stock, statistics, neighbours);
        neighbours.moveIn(this);
        listener.created(this);
    }

    private Stock.Events stockEvents() {
        return new Stock.Events() {
            @Override
            public void opened(long nanos) {
                listener.opened(ConnectionPool.this, nanos);
            }

            @Override
            public void evicted(Eviction why) {
                ConnectionPool.this.evicted(why);
            }

            @Override
            public void breakerOpened(Throwable cause) {
                listener.breakerOpened(ConnectionPool.this, cause);
            }
        };
    }

    private void evicted(Eviction why) {
        statistics.evicted.increment();
        listener.evicted(this, why);
    }

    private void timedOut(BorrowRecord record, long startNanos) {
        statistics.timedOut.increment();
        record.timedOut();
        listener.timedOut(record, startNanos);
    }

    Login login() {
        return login;
    }

    /**
     * A statement passes by that changes what sessions of logins like these are, or needs them gone: no connection
     * opened before is handed out any more, in any pool.
     */
    public void renew(BiPredicate<Login, Login> concerned) {
        neighbours.renew(other -> concerned.test(login, other));
    }

    public String name() {
        return name;
    }

    /** {@code host:port/database}. */
    public String target() {
        return login.target();
    }

    public String user() {
        return login.user();
    }

    /** The JDBC URL up to its parameters; empty if it may show a password. */
    public String url() {
        return login.url();
    }

    /** Whether logins to the server are let through: {@code off} (always), {@code closed} (yes), {@code open}, {@code half-open}. */
    public String breaker() {
        return stock.breaker();
    }

    /** Connections that are idle. */
    public int idle() {
        return stock.idle();
    }

    /** Who has connections now. */
    public List<BorrowRecord> loans() {
        List<BorrowRecord> loans = new ArrayList<>();
        for (PooledPhysical physical : stock.physicals()) {
            BorrowRecord loan = physical.loan();
            if (loan != null) {
                loans.add(loan);
            }
        }
        return loans;
    }

    /** How connections are encrypted, as far as the request says: {@code sslmode=verify-full}, or the driver's default. */
    public String tls() {
        return login.tls();
    }

    /** Callers that wait for a place. */
    public int pending() {
        return permits.pending();
    }

    /** Places without overflow. */
    public int maxSize() {
        return settings.maxSize;
    }

    /** Places of the overflow. */
    public int overflow() {
        return settings.overflow;
    }

    /** How many connections are kept ready. */
    public int minIdle() {
        return settings.minIdle;
    }

    boolean countsStatements() {
        return settings.maxStatements != 0;
    }

    public PoolStatistics statistics() {
        return statistics;
    }

    /** Places that are taken, overflow included. */
    public int used() {
        return permits.used();
    }

    public PoolMode mode() {
        return mode;
    }

    /** Whether connections are the application's own, and the agent looks on. */
    public boolean isObserving() {
        return mode == PoolMode.OBSERVE;
    }

    public boolean isSuspended() {
        return permits.isSuspended();
    }

    /** Those of all settings that hold for this pool. */
    public Config ownOf(Config all) {
        return own.apply(all);
    }

    /**
     * From now on with its own of these settings: a greater size serves those who wait at once; what is too much for a smaller one is
     * closed when it is returned, and at once if it is idle. Times hold for what begins from now on.
     *
     * @param maxSize instead of the settings' one; 0 for theirs
     */
    public synchronized void reconfigure(Config config, int maxSize) {
        PoolSettings before = settings;
        PoolSettings changed = new PoolSettings(ownOf(config), maxSize);
        settings = changed;
        stock.reconfigure(changed);
        admission.reconfigure(changed);
        if (changed.maxSize < before.maxSize) {
            stock.closeSurplus();
        }
        listener.controlled(this, "settings");
    }

    /**
     * While it is suspended, borrowers wait as if all connections were used, but for threads that hold one already: these
     * are served, because others may wait for them.
     */
    public void suspend(boolean suspended) {
        permits.setSuspended(suspended);
        listener.controlled(this, suspended ? "suspend" : "resume");
    }

    /** Closes what is idle; what is borrowed now is closed when it is returned. */
    public void evict() {
        stock.renew();
        listener.controlled(this, "evict");
    }

    /** In any other mode than POOL nobody gets a connection here, what is idle is closed, and what is returned. */
    public void mode(PoolMode wanted) {
        mode = wanted;
        permits.setOff(wanted != PoolMode.POOL);
        if (wanted != PoolMode.POOL) {
            stock.stopFilling();
            stock.renew();
        }
        listener.controlled(this, "mode " + wanted.text());
    }

    /** Whether nobody gets a connection here any more: the registry has another pool instead. */
    public boolean isRetired() {
        return waiting.get() == RETIRED;
    }

    /** Whoever has neither a place nor a connection yet keeps the pool from being retired by this. */
    private boolean enter() {
        for (int now = waiting.get(); now != RETIRED; now = waiting.get()) {
            if (waiting.compareAndSet(now, now + 1)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Borrows a connection; false if the pool was retired, or is in another mode.
     *
     * @param record of this pool, and not used yet
     * @param longestWait in milliseconds, below which the wait is kept, whatever the settings say; 0 for no such bound
     * @throws DriverFailure what the driver threw
     * @throws SQLException only with the hard limit
     */
    public boolean borrow(BorrowRecord record, long longestWait) throws SQLException {
        long start = System.nanoTime();
        Holdings holdings = Holdings.ofThisThread();
        if (!record.isObserved() && permits.tryPlace()) {
            borrow(record, Grant.POOL, true, holdings, start);
            return true;
        }
        if (!enter()) {
            return false;
        }
        Object recorded = FlightEvents.waiting();
        try {
            Grant grant =
                    record.isObserved() ? own(record, holdings) : waitForPlace(record, holdings, longestWait, start);
            if (grant == null) {
                stock.used(start);
                return false;
            }
            long waited = System.nanoTime() - start;
            record.queued(waited);
            FlightEvents.waited(recorded, name, record.place());
            borrow(record, grant, false, holdings, start);
            listener.waited(record, waited);
            return true;
        } catch (SQLException e) {
            listener.borrowFailed(record, start, e);
            throw e;
        } finally {
            waiting.decrementAndGet();
        }
    }

    private void borrow(BorrowRecord record, Grant grant, boolean atOnce, Holdings holdings, long start) {
        try {
            open(record, grant, holdings, start);
            count(record, atOnce, holdings, start);
            listener.borrowed(record, start);
        } catch (DriverFailure e) {
            stock.used(System.nanoTime());
            record.refused(e.getCause());
            listener.borrowFailed(record, start, e.getCause());
            throw e;
        }
    }

    /** Looking at the clock costs as much as all the rest of a borrow that waits for nothing. */
    private void count(BorrowRecord record, boolean atOnce, Holdings holdings, long start) {
        if (!atOnce || !record.isReused()) {
            statistics.borrowed(record.isReused(), System.nanoTime() - start);
            return;
        }
        record.pooled().borrowedAtOnce();
        if (holdings.isSample()) {
            statistics.idleWaits.record(System.nanoTime() - start);
        }
    }

    private Grant own(BorrowRecord record, Holdings holdings) {
        record.asked(!holdings.isEmpty());
        statistics.own.increment();
        return Grant.OWN;
    }

    private @Nullable Grant waitForPlace(BorrowRecord record, Holdings holdings, long longestWait, long start)
            throws SQLException {
        statistics.waited.increment();
        boolean nested = !holdings.isEmpty();
        int heldHere = nested ? stock.placesOf(holdings) : 0;
        return admission.waitForPlace(nested, heldHere, longestWait, () -> timedOut(record, start));
    }

    private void open(BorrowRecord record, Grant grant, Holdings holdings, long start) {
        PooledPhysical physical = null;
        boolean lent = false;
        try {
            physical = take(grant, record.isObserved() ? record.opener().plain() : record.opener(), start);
            long since = physical.isShelved() ? start : System.nanoTime(); // what took its time was not yet held
            record.begin(physical, grant, holdings, since);
            physical.lentIn(record);
            holdings.borrow();
            lent = true;
        } finally {
            if (!lent) {
                if (physical != null) {
                    stock.discard(physical);
                }
                permits.release(grant);
                record.left();
            }
        }
    }

    private PooledPhysical take(Grant grant, Opener opener, long now) {
        return grant == Grant.OWN ? stock.open(opener, now) : stock.takeOrOpen(opener, now);
    }

    /**
     * Puts another connection in the place of a borrowed one that has died; the caller keeps others from closing the
     * record meanwhile.
     *
     * @throws DriverFailure if there is no other; then the record is as it was
     */
    public void replace(BorrowRecord record) {
        PooledPhysical dead = record.pooled();
        record.replace(take(record.grant(), record.opener(), System.nanoTime()));
        record.pooled().lentIn(record);
        dead.returned(System.nanoTime());
        evicted(Eviction.DEAD);
        stock.discard(dead);
    }

    /**
     * Takes a connection back; to be called once, by whoever closed the record.
     *
     * @param unfit why the session is not as it was when the connection was new, so that it is really closed; else null
     * @return whether the connection was kept for others
     */
    public boolean giveBack(BorrowRecord record, @Nullable Eviction unfit) {
        long now = System.nanoTime();
        boolean kept = record.putAway() && putAway(record, unfit, now);
        if (record.finish()) { // after the connection: so the next one finds it, and never more are open than places
            record.holdings().giveBack();
            permits.release(record.grant());
            record.left();
        }
        listener.returned(record, !kept);
        return kept;
    }

    /** Keeps the connection or really closes it; true if it is kept. */
    private boolean putAway(BorrowRecord record, @Nullable Eviction unfit, long now) {
        PooledPhysical physical = record.pooled();
        boolean hasPlace = record.grant() != Grant.OWN;
        physical.returned(now);
        if (hasPlace) {
            Eviction why = unfit != null ? unfit : whyNotKeep(physical);
            if (why == null) {
                return stock.keep(physical, now);
            }
            evicted(why);
        }
        stock.discard(physical);
        return false;
    }

    private @Nullable Eviction whyNotKeep(PooledPhysical physical) {
        return isKeeping() ? stock.whyNotKeep(physical) : Eviction.NOT_KEPT;
    }

    /** Takes back what was dropped without {@code close()}; to be called once, by whoever closed the record. */
    public void reclaim(BorrowRecord record) {
        statistics.reclaimed.increment();
        record.dropped();
        listener.reclaimed(record);
        giveBack(record, Eviction.DROPPED);
    }

    /** A login that came once may never come again. */
    private boolean isKeeping() {
        if (!keeps && (statistics.borrows() >= settings.keepFrom || permits.pending() > 0)) {
            keeps = true;
        }
        return keeps && !keepsNoLonger();
    }

    private boolean keepsNoLonger() {
        return ended || permits.isOff();
    }

    /**
     * Opens a connection for those to come, and has the others opened that are to be idle; nothing if there are enough, or
     * if all places are taken.
     *
     * @param opener of the logins of this pool
     * @throws DriverFailure what the driver threw
     */
    public void warm(Opener opener) {
        if (stock.idle() >= settings.minIdle || !permits.tryPlace()) {
            return;
        }
        try {
            PooledPhysical fresh = stock.open(opener);
            keeps = true;
            if (keepsNoLonger()) {
                stock.discard(fresh);
            } else {
                stock.keep(fresh, System.nanoTime());
            }
        } finally {
            permits.release(Grant.POOL);
        }
        if (!keepsNoLonger()) {
            stock.fill();
        }
    }

    /** Housekeeping, every second or so: what is held for long, what is missing, what is no longer needed. */
    public void maintain() {
        for (PooledPhysical physical : stock.physicals()) {
            BorrowRecord record = physical.loan();
            if (record == null) {
                continue;
            }
            if (record.isAbandoned()) {
                giveBack(record, Eviction.FAILED);
                continue;
            }
            long held = TimeUnit.NANOSECONDS.toMillis(record.heldNanos());
            if (settings.leakWarning > 0 && held >= settings.leakWarning && record.warnOnce()) {
                Log.warn("[pool " + name + "] held for long, perhaps never closed: " + record.describe());
            }
            Grant until = settings.longHold > 0 && held >= settings.longHold ? record.makeOwn() : null;
            if (until != null) {
                statistics.longHeld.increment();
                permits.release(until);
            }
        }
        stock.maintain(isKeeping());
        if (keepsNoLonger()) {
            stock.closeIdle(Eviction.NOT_KEPT); // a filler that was at it may have kept one
        }
    }

    /** Retires the pool if nobody used it for this long and it keeps nothing; true if it was retired. */
    public boolean retireIfUnused(long millis) {
        boolean unused = stock.isEmpty(isKeeping())
                && (ended || System.nanoTime() - stock.lastUsed() > TimeUnit.MILLISECONDS.toNanos(millis));
        if (unused && shut()) {
            neighbours.moveOut(this);
            stock.shutdown();
            listener.retired(this);
            tombstone.set(null); // whoever remembers this pool must not keep the driver's class loader
            return true;
        }
        return false;
    }

    /** Whoever has a place, or waits for one, keeps the pool open. */
    private boolean shut() {
        if (!permits.shut()) {
            return false;
        }
        boolean retired = waiting.compareAndSet(0, RETIRED);
        if (!retired) {
            permits.reopen();
        }
        return retired;
    }

    /** Whether its driver is gone. */
    public boolean isEnded() {
        return ended;
    }

    /** Its driver is gone: what is idle is closed, what is borrowed will be when it is returned, and nothing is kept. */
    public void end() {
        ended = true;
        stock.stopFilling();
        stock.renew();
    }

    void renew() {
        stock.renew();
    }

    void outdate() {
        stock.outdate();
    }

    /**
     * A statement failed with what says that its server has gone, or takes no writes any more: nothing opened before is
     * lent again, in any pool of that server. Once a second at most, for it may say so for long.
     */
    public void serverFailed(Throwable thrown) {
        long last = serverFailed.get();
        long now = System.nanoTime();
        if (now - last >= FAILS_AGAIN_AFTER && serverFailed.compareAndSet(last, now)) {
            Log.info("[pool " + name + "] a statement failed with SQLSTATE " + SqlStates.of(thrown)
                    + ": connections opened before are not lent again");
            neighbours.outdate(login);
            listener.serverFailed(this, thrown);
        }
    }

    void logInAfresh() {
        stock.logInAfresh();
    }

    boolean hasIdle() {
        return stock.idle() > 0;
    }

    boolean closeOneIdle() {
        return stock.closeOneIdle(Eviction.ROOM);
    }

    boolean closeIdle() {
        return stock.closeIdle(Eviction.ROOM);
    }

    boolean isLessRecentlyUsedThan(ConnectionPool other) {
        return stock.lastUsed() - other.stock.lastUsed() < 0;
    }

    /** {@code used=3/10 idle=1 pending=0}, for logs. */
    public String state() {
        return admission.state();
    }
}
