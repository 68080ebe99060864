package io.poolshim.wrap;

import io.poolshim.jdbc.DriverFailure;
import io.poolshim.log.Log;
import io.poolshim.observe.PoolUse;
import io.poolshim.observe.Uses;
import io.poolshim.pool.ConnectionPool;
import io.poolshim.pool.Eviction;
import io.poolshim.pool.Opener;
import io.poolshim.reclaim.LeakWatch;
import io.poolshim.session.PhysicalConnection;
import io.poolshim.session.SessionReset;
import io.poolshim.session.ShellProfile;
import io.poolshim.sql.Databases;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Borrows connections of one driver and wraps them. */
public final class Borrowing {
    private static final String UNLIKE = "a trial showed that pooled ones would not behave as the driver's own";

    private final PooledDriver driver;
    private final SessionReset reset;
    private final Databases databases;
    private final LeakWatch leaks;
    private final QueryListener queries;
    private final Sabotage sabotage;
    private final Uses uses;
    private volatile @Nullable Boolean sound;

    public Borrowing(
            PooledDriver driver,
            SessionReset reset,
            Databases databases,
            LeakWatch leaks,
            QueryListener queries,
            Sabotage sabotage,
            Uses uses) {
        this.driver = driver;
        this.reset = reset;
        this.databases = databases;
        this.leaks = leaks;
        this.queries = queries;
        this.sabotage = sabotage;
        this.uses = uses;
    }

    /**
     * What the application gets; null if the pool was retired, or if shells of this driver turn out not to do what they
     * should.
     *
     * @param place where the connection is borrowed, for logs
     * @param longestWait in milliseconds; 0 for no bound but the settings'
     * @throws DriverFailure with what the driver threw
     * @throws SQLException with the hard limit, if no connection was free in time
     */
    public @Nullable Connection borrow(ConnectionPool pool, Opener opener, String place, long longestWait)
            throws SQLException {
        boolean observing = pool.isObserving();
        if (observing && !(driver.profile() instanceof ShellProfile)) {
            return leaveAlone(pool, opener);
        }
        BorrowedConnection borrowed = observing
                ? new ObservedConnection(pool, opener, place, this)
                : new BorrowedConnection(pool, opener, place, this);
        try {
            return begin(borrowed, longestWait) ? connection(borrowed) : null;
        } catch (VirtualMachineError endOfStackOrHeap) {
            if (borrowed.tryClose()) {
                borrowed.abandon();
            }
            throw endOfStackOrHeap;
        }
    }

    /** What DriverManager gives; of a driver without shells, only logins are counted. */
    private @Nullable Connection leaveAlone(ConnectionPool pool, Opener opener) {
        if (pool.isRetired()) {
            return null;
        }
        PoolUse use = uses.of(pool);
        long start = System.nanoTime();
        try {
            Connection connection = opener.connect();
            use.openedUnseen(System.nanoTime() - start);
            return connection;
        } catch (DriverFailure e) {
            use.refused(e.getCause());
            throw e;
        }
    }

    private @Nullable Connection connection(BorrowedConnection borrowed) {
        try {
            if (!isSound(borrowed.physical())) {
                borrowed.tryClose();
                borrowed.pool().giveBack(borrowed, Eviction.FAILED);
                return null;
            }
            borrowed.learn();
            return sabotage.connection(borrowed.connection(sabotage.physical(borrowed.physical())));
        } catch (RuntimeException | LinkageError e) {
            if (borrowed.tryClose()) {
                borrowed.pool().giveBack(borrowed, Eviction.FAILED);
            }
            throw e;
        }
    }

    private boolean begin(BorrowedConnection borrowed, long longestWait) throws SQLException {
        try {
            return borrowed.pool().borrow(borrowed, longestWait);
        } catch (DriverFailure e) {
            throw e;
        } catch (RuntimeException | LinkageError e) {
            if (e.getCause() instanceof SQLException) {
                return false; // a session that ended as soon as it began; the caller may try for itself
            }
            if (sound == null) {
                giveUp(UNLIKE); // this version of the driver lacks something: not to be tried at each call again
            }
            throw e;
        }
    }

    public PooledDriver driver() {
        return driver;
    }

    SessionReset reset() {
        return reset;
    }

    Databases databases() {
        return databases;
    }

    LeakWatch leaks() {
        return leaks;
    }

    Uses uses() {
        return uses;
    }

    QueryListener queries() {
        return queries;
    }

    /** Whether shells of this driver do what they should; tried once, on the first connection. */
    public boolean isSound() {
        return !Boolean.FALSE.equals(sound);
    }

    private boolean isSound(PhysicalConnection physical) {
        if (sound == null) {
            boolean proved = probe(physical);
            if (proved) {
                sound = true;
            } else if (physical.isValid(1)) {
                giveUp(UNLIKE);
            } else {
                return false; // the server ended the session meanwhile: no verdict
            }
        }
        return Boolean.TRUE.equals(sound);
    }

    /** Connections of this driver pass through from now on. */
    void giveUp(String why) {
        sound = false;
        Log.once(
                Log.Level.WARN,
                "connections of " + driver.profile().driverClass() + " pass through from now on: " + why);
    }

    private boolean probe(PhysicalConnection physical) {
        AtomicReference<Object> unexpected = new AtomicReference<>();
        try {
            Object shell = driver.newShell();
            Object loan = physical.bind(shell, (event, argument) -> {
                unexpected.set(event);
                return null;
            });
            Object probed = shell != null ? shell : driver.operations().connection(loan);
            return driver.operations().probe(probed) && unexpected.get() == null;
        } catch (RuntimeException | LinkageError e) {
            if (physical.isValid(1)) {
                Log.swallowed("trying the first connection of a driver", e);
            }
            return false;
        }
    }
}
