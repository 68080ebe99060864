package io.poolshim.wrap;

import io.poolshim.jdbc.DriverFailure;
import io.poolshim.log.Log;
import io.poolshim.pool.BorrowRecord;
import io.poolshim.pool.ConnectionPool;
import io.poolshim.pool.Opener;
import io.poolshim.session.OpaqueSql;
import io.poolshim.session.PhysicalConnection;
import io.poolshim.session.SessionReset;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicReference;

/** Borrows connections of one driver and wraps them. */
public final class Borrowing {
    private final PooledDriver driver;
    private final SessionReset reset;
    private final OpaqueSql opaqueSql;
    private final QueryListener queries;
    private final Sabotage sabotage;
    private volatile Boolean sound;

    public Borrowing(
            PooledDriver driver, SessionReset reset, OpaqueSql opaqueSql, QueryListener queries, Sabotage sabotage) {
        this.driver = driver;
        this.reset = reset;
        this.opaqueSql = opaqueSql;
        this.queries = queries;
        this.sabotage = sabotage;
    }

    /**
     * What the application gets; null if shells of this driver turn out not to do what they should.
     *
     * @param pool entered by the caller
     * @param place where the connection is borrowed, for logs
     * @param longestWait in milliseconds; 0 for no bound but the settings'
     * @throws DriverFailure with what the driver threw
     * @throws SQLException with the hard limit, if no connection was free in time
     */
    public Connection borrow(ConnectionPool pool, Opener opener, String place, long longestWait) throws SQLException {
        BorrowRecord record = record(pool, opener, place, longestWait);
        try {
            if (!isSound((PhysicalConnection) record.physical())) {
                record.tryClose();
                pool.giveBack(record, false);
                return null;
            }
            PhysicalConnection physical = sabotage.physical((PhysicalConnection) record.physical());
            return sabotage.connection(BorrowedConnection.shell(record, physical, opener, this));
        } catch (RuntimeException | LinkageError e) {
            if (record.tryClose()) {
                pool.giveBack(record, false);
            }
            throw e;
        }
    }

    private BorrowRecord record(ConnectionPool pool, Opener opener, String place, long longestWait)
            throws SQLException {
        try {
            return pool.borrow(opener, place, longestWait);
        } catch (DriverFailure e) {
            throw e;
        } catch (RuntimeException | LinkageError e) {
            if (sound == null) {
                giveUp(); // this version of the driver lacks something: not to be tried at each call again
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

    OpaqueSql opaqueSql() {
        return opaqueSql;
    }

    QueryListener queries() {
        return queries;
    }

    /** Whether shells of this driver do what they should; tried once, on the first connection. */
    public boolean isSound() {
        return !Boolean.FALSE.equals(sound);
    }

    private boolean isSound(PhysicalConnection physical) {
        Boolean known = sound;
        if (known == null) {
            known = probe(physical);
            if (known) {
                sound = true;
            } else {
                giveUp();
            }
        }
        return known;
    }

    private void giveUp() {
        sound = false;
        Log.warn("connections of " + driver.profile().driverClass()
                + " pass through: a trial showed that pooled ones would not behave as the driver's own");
    }

    private boolean probe(PhysicalConnection physical) {
        AtomicReference<Object> unexpected = new AtomicReference<>();
        Object shell = driver.newShell();
        driver.operations().bind(shell, physical, (event, argument) -> {
            unexpected.set(event);
            return null;
        });
        try {
            return driver.operations().probe(shell) && unexpected.get() == null;
        } catch (RuntimeException | LinkageError e) {
            Log.swallowed("trying the first connection of a driver", e);
            return false;
        }
    }
}
