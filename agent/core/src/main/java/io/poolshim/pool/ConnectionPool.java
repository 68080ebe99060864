package io.poolshim.pool;

import io.poolshim.config.Config;
import io.poolshim.jdbc.DriverFailure;
import io.poolshim.jdbc.Login;
import io.poolshim.jdbc.SqlStates;
import io.poolshim.log.FlightEvents;
import io.poolshim.log.Log;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiPredicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One pool: for one driver, server and login. It decides on what terms a caller gets a connection; it knows nothing of
 * the session on it.
 */
public final class ConnectionPool {
    private static final long FAILS_AGAIN_AFTER = 1_000; // ms

    private final Login login;
    private final String name;
    private final Permits permits;
    final Stock stock; // which its neighbours have to do with, too
    private final Admission admission;
    private final Entrance entrance;
    private final Keeping keeping;
    private final Lending lending;
    private final Upkeep upkeep;
    private final PoolControl control;
    private final PoolEvents events;
    private final PoolStatistics statistics;
    private final Neighbourhood neighbours;
    private final Seldom failures = new Seldom(FAILS_AGAIN_AFTER);

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
        this.neighbours = neighbours;
        PoolSettings settings = new PoolSettings(own.apply(config), 0);
        this.statistics = new PoolStatistics(name);
        this.permits = Admission.permits(settings);
        this.statistics.used = permits::used;
        this.events = new PoolEvents(this, statistics, listener);
        this.stock = new Stock(login, settings, scheduler, statistics, permits, neighbours, events);
        this.admission = new Admission(settings, permits, stock, statistics, neighbours);
        this.entrance = new Entrance(permits);
        this.control = new PoolControl(own, settings, permits, stock, admission, events);
        this.keeping = new Keeping(control, permits, stock, statistics);
        this.lending = new Lending(stock, permits, keeping, events);
        this.upkeep = new Upkeep(this, control, permits, stock, keeping);
        neighbours.moveIn(stock);
        events.created();
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
        return stock.loans();
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
        return control.settings().maxSize;
    }

    /** Places of the overflow. */
    public int overflow() {
        return control.settings().overflow;
    }

    /** How many connections are kept ready. */
    public int minIdle() {
        return control.settings().minIdle;
    }

    boolean countsStatements() {
        return control.settings().maxStatements != 0;
    }

    public PoolStatistics statistics() {
        return statistics;
    }

    /** Places that are taken, overflow included. */
    public int used() {
        return permits.used();
    }

    public PoolMode mode() {
        return control.mode();
    }

    /** Whether connections are the application's own, and the agent looks on. */
    public boolean isObserving() {
        return control.mode() == PoolMode.OBSERVE;
    }

    public boolean isSuspended() {
        return permits.isSuspended();
    }

    /** Those of all settings that hold for this pool. */
    public Config ownOf(Config all) {
        return control.ownOf(all);
    }

    /**
     * From now on with its own of these settings: a greater size serves those who wait at once; what is too much for a smaller one is
     * closed when it is returned, and at once if it is idle. Times hold for what begins from now on.
     *
     * @param maxSize instead of the settings' one; 0 for theirs
     */
    public void reconfigure(Config config, int maxSize) {
        control.reconfigure(config, maxSize);
    }

    /**
     * While it is suspended, borrowers wait as if all connections were used, but for threads that hold one already: these
     * are served, because others may wait for them.
     */
    public void suspend(boolean suspended) {
        control.suspend(suspended);
    }

    /** Closes what is idle; what is borrowed now is closed when it is returned. */
    public void evict() {
        control.evict();
    }

    /** In any other mode than POOL nobody gets a connection here, what is idle is closed, and what is returned. */
    public void mode(PoolMode wanted) {
        control.mode(wanted);
    }

    /** Whether nobody gets a connection here any more: the registry has another pool instead. */
    public boolean isRetired() {
        return entrance.isShut();
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
            lending.lend(record, Grant.POOL, true, holdings, start);
            return true;
        }
        if (!entrance.enter()) {
            return false;
        }
        Object recorded = FlightEvents.waiting();
        try {
            Grant grant = record.isObserved()
                    ? own(record, holdings)
                    : admission.waitForPlace(holdings, longestWait, () -> events.timedOut(record, start));
            if (grant == null) {
                stock.used(start);
                return false;
            }
            long waited = System.nanoTime() - start;
            record.queued(waited);
            FlightEvents.waited(recorded, name, record.place());
            lending.lend(record, grant, false, holdings, start);
            events.waited(record, waited);
            return true;
        } catch (SQLException e) {
            events.borrowFailed(record, start, e);
            throw e;
        } finally {
            entrance.leave();
        }
    }

    private Grant own(BorrowRecord record, Holdings holdings) {
        record.asked(!holdings.isEmpty());
        statistics.own.increment();
        return Grant.OWN;
    }

    /**
     * Puts another connection in the place of a borrowed one that has died; the caller keeps others from closing the
     * record meanwhile.
     *
     * @throws DriverFailure if there is no other; then the record is as it was
     */
    public void replace(BorrowRecord record) {
        lending.replace(record);
    }

    /**
     * Takes a connection back; to be called once, by whoever closed the record.
     *
     * @param unfit why the session is not as it was when the connection was new, so that it is really closed; else null
     * @return whether the connection was kept for others
     */
    public boolean giveBack(BorrowRecord record, @Nullable Eviction unfit) {
        long now = System.nanoTime();
        boolean kept = record.putAway() && lending.putAway(record, unfit, now);
        if (record.finish()) { // after the connection: so the next one finds it, and never more are open than places
            record.holdings().giveBack();
            permits.release(record.grant());
            record.left();
        }
        events.returned(record, kept);
        return kept;
    }

    /** Takes back what was dropped without {@code close()}; to be called once, by whoever closed the record. */
    public void reclaim(BorrowRecord record) {
        events.reclaimed(record);
        giveBack(record, Eviction.DROPPED);
    }

    /**
     * Opens a connection for those to come, and has the others opened that are to be idle; nothing if there are enough, or
     * if all places are taken.
     *
     * @param opener of the logins of this pool
     * @throws DriverFailure what the driver threw
     */
    public void warm(Opener opener) {
        upkeep.warm(opener);
    }

    /** Housekeeping, every second or so: what is held for long, what is missing, what is no longer needed. */
    public void maintain() {
        upkeep.maintain();
    }

    /** Retires the pool if nobody used it for this long and it keeps nothing; true if it was retired. */
    public boolean retireIfUnused(long millis) {
        boolean unused = stock.isEmpty(keeping.isOn())
                && (keeping.isEnded() || System.nanoTime() - stock.lastUsed() > TimeUnit.MILLISECONDS.toNanos(millis));
        if (unused && entrance.shut()) {
            neighbours.moveOut(stock);
            stock.shutdown();
            events.retired();
            tombstone.set(null); // whoever remembers this pool must not keep the driver's class loader
            return true;
        }
        return false;
    }

    /** Whether its driver is gone. */
    public boolean isEnded() {
        return keeping.isEnded();
    }

    /** Its driver is gone: what is idle is closed, what is borrowed will be when it is returned, and nothing is kept. */
    public void end() {
        keeping.end();
        stock.stopFilling();
        stock.renew();
    }

    /**
     * A statement failed with what says that its server has gone, or takes no writes any more: nothing opened before is
     * lent again, in any pool of that server. Once a second at most, for it may say so for long.
     */
    public void serverFailed(Throwable thrown) {
        if (failures.isDue()) {
            Log.info("[pool " + name + "] a statement failed with SQLSTATE " + SqlStates.of(thrown)
                    + ": connections opened before are not lent again");
            neighbours.outdate(login);
            events.serverFailed(thrown);
        }
    }

    /** {@code used=3/10 idle=1 pending=0}, for logs. */
    public String state() {
        return admission.state();
    }
}
