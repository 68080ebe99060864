package io.poolshim.pool;

import io.poolshim.config.Config;
import io.poolshim.jdbc.DriverFailure;
import io.poolshim.jdbc.Login;
import io.poolshim.log.Log;
import java.sql.SQLException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * One pool: for one driver, server and login. It decides on what terms a caller gets a connection; it knows nothing of
 * the session on it.
 */
public final class ConnectionPool {
    private static final int RETIRED = -1;

    private final Login login;
    private final String name;
    private final PoolSettings settings;
    private final PoolListener listener;
    private final Permits permits;
    private final Stock stock;
    private final Admission admission;
    private final Neighbourhood neighbours;
    private final PoolStatistics statistics;
    private final AtomicInteger users = new AtomicInteger();
    private volatile long lastUsed = System.nanoTime();
    private volatile boolean keeps;
    private volatile boolean ended;

    /** A really closed connection of this pool's kind, for those who use theirs after closing it; or null. */
    public final AtomicReference<@Nullable Object> tombstone = new AtomicReference<>();

    /** A pool without connections, which moves in with the others. */
    public ConnectionPool(
            Login login,
            Config config,
            ScheduledExecutorService scheduler,
            PoolListener listener,
            Neighbourhood neighbours) {
        this.login = login;
        this.name = login.toString();
        this.settings = new PoolSettings(config);
        this.listener = listener;
        this.neighbours = neighbours;
        this.statistics = new PoolStatistics(name);
        this.permits = Admission.permits(settings);
        this.statistics.used = permits::used;
        this.stock = new Stock(login, settings, scheduler, statistics, permits, neighbours);
        this.admission = new Admission(settings, permits, stock, statistics, neighbours);
        neighbours.moveIn(this);
        listener.created(this);
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

    public PoolStatistics statistics() {
        return statistics;
    }

    /** Counts a user in, unless the pool was retired; then ask the registry for another one. */
    public boolean enter() {
        for (int now = users.get(); now != RETIRED; now = users.get()) {
            if (users.compareAndSet(now, now + 1)) {
                return true;
            }
        }
        return false;
    }

    private void exit(long now) {
        lastUsed = now;
        users.decrementAndGet();
    }

    /**
     * Borrows a connection; the caller has entered.
     *
     * @param opener opens a connection in this thread
     * @param place where the connection is borrowed, for logs
     * @param longestWait in milliseconds, below which the wait is kept, whatever the settings say; 0 for no such bound
     * @throws DriverFailure what the driver threw
     * @throws SQLException only with the hard limit
     */
    public BorrowRecord borrow(Opener opener, String place, long longestWait) throws SQLException {
        long start = System.nanoTime();
        BorrowRecord record = null;
        try {
            Holdings holdings = Holdings.ofThisThread();
            boolean atOnce = permits.tryPlace();
            Grant grant = atOnce ? Grant.POOL : waitForPlace(holdings, longestWait);
            record = open(grant, opener, place, holdings, start);
            count(record, atOnce, holdings, start);
            listener.borrowed(record, start);
            return record;
        } catch (DriverFailure e) {
            listener.openFailed(this, start, e.getCause());
            throw e;
        } finally {
            if (record == null) {
                exit(System.nanoTime());
            }
        }
    }

    /** Looking at the clock costs as much as all the rest of a borrow that waits for nothing. */
    private void count(BorrowRecord record, boolean atOnce, Holdings holdings, long start) {
        if (!atOnce || !record.isReused()) {
            statistics.borrowed(record.isReused(), System.nanoTime() - start);
            return;
        }
        statistics.reusedAtOnce();
        if (holdings.isSample()) {
            statistics.idleWaits.record(System.nanoTime() - start);
        }
    }

    private Grant waitForPlace(Holdings holdings, long longestWait) throws SQLException {
        boolean nested = !holdings.isEmpty();
        return admission.waitForPlace(nested, nested ? holdings.placesIn(this) : 0, longestWait);
    }

    private BorrowRecord open(Grant grant, Opener opener, String place, Holdings holdings, long start) {
        BorrowRecord record = null;
        try {
            PooledPhysical physical = take(grant, opener, start);
            long since = physical.isShelved() ? start : System.nanoTime(); // what took its time was not yet held
            record = new BorrowRecord(this, physical, grant, place, holdings, since);
        } finally {
            if (record == null) {
                permits.release(grant);
            }
        }
        record.pooled().loan = record;
        holdings.add(record);
        return record;
    }

    private PooledPhysical take(Grant grant, Opener opener, long now) {
        return grant == Grant.OWN ? stock.open(opener) : stock.takeOrOpen(opener, now);
    }

    /**
     * Puts another connection in the place of a borrowed one that has died; the caller keeps others from closing the
     * record meanwhile.
     *
     * @throws DriverFailure if there is no other; then the record is as it was
     */
    public void replace(BorrowRecord record, Opener opener) {
        PooledPhysical dead = record.pooled();
        record.replace(take(record.grant(), opener, System.nanoTime()));
        record.pooled().loan = record;
        dead.loan = null;
        statistics.evicted.increment();
        stock.discard(dead);
    }

    /**
     * Takes a connection back; to be called once, by whoever closed the record.
     *
     * @param reusable whether the session is as it was when the connection was new; otherwise it is really closed
     * @return whether the connection was kept for others
     */
    public boolean giveBack(BorrowRecord record, boolean reusable) {
        long now = System.nanoTime();
        boolean kept = record.putAway() && putAway(record, reusable, now);
        record.holdings().remove(record);
        if (record.finish()) { // after the connection: so the next one finds it, and never more are open than places
            permits.release(record.makeOwn());
            exit(now);
        }
        listener.returned(record, !kept);
        return kept;
    }

    /** Keeps the connection or really closes it; true if it is kept. */
    private boolean putAway(BorrowRecord record, boolean reusable, long now) {
        PooledPhysical physical = record.pooled();
        boolean hasPlace = record.grant() != Grant.OWN;
        physical.returned(now);
        physical.loan = null; // before anybody else can have it
        if (reusable && hasPlace && isKeeping() && stock.isKeepable(physical)) {
            return stock.keep(physical, now);
        }
        if (hasPlace) {
            statistics.evicted.increment();
        }
        stock.discard(physical);
        return false;
    }

    /** A login that came once may never come again. */
    private boolean isKeeping() {
        if (!keeps && (statistics.borrows() >= settings.keepFrom || permits.pending() > 0)) {
            keeps = true;
        }
        return keeps && !ended;
    }

    /** Housekeeping, every second or so: what is held for long, what is missing, what is no longer needed. */
    public void maintain() {
        for (PooledPhysical physical : stock.physicals()) {
            BorrowRecord record = physical.loan;
            if (record == null) {
                continue;
            }
            if (record.isAbandoned()) {
                giveBack(record, false);
                continue;
            }
            long held = TimeUnit.NANOSECONDS.toMillis(record.heldNanos());
            if (settings.leakWarning > 0 && held >= settings.leakWarning && record.warnOnce()) {
                Log.warn("[pool " + name + "] held for long, perhaps never closed: " + record.describe());
            }
            if (settings.longHold > 0 && held >= settings.longHold && record.isOpen() && record.grant() != Grant.OWN) {
                statistics.longHeld.increment();
                permits.release(record.makeOwn());
            }
        }
        stock.maintain(isKeeping());
    }

    /** Retires the pool if nobody used it for this long and it keeps nothing; true if it was retired. */
    public boolean retireIfUnused(long millis) {
        boolean unused = stock.isEmpty(isKeeping())
                && (ended || System.nanoTime() - lastUsed > TimeUnit.MILLISECONDS.toNanos(millis));
        if (unused && users.compareAndSet(0, RETIRED)) {
            neighbours.moveOut(this);
            stock.shutdown();
            tombstone.set(null); // whoever remembers this pool must not keep the driver's class loader
            return true;
        }
        return false;
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

    void logInAfresh() {
        stock.logInAfresh();
    }

    boolean hasIdle() {
        return stock.idle() > 0;
    }

    boolean closeOneIdle() {
        return stock.closeOneIdle();
    }

    boolean closeIdle() {
        return stock.closeIdle();
    }

    boolean isLessRecentlyUsedThan(ConnectionPool other) {
        return lastUsed - other.lastUsed < 0;
    }

    /** {@code used=3/10 idle=1 pending=0}, for logs. */
    public String state() {
        return admission.state();
    }
}
