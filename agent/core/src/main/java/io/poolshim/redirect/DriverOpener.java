package io.poolshim.redirect;

import io.poolshim.jdbc.ConnectRequest;
import io.poolshim.jdbc.DriverFailure;
import io.poolshim.jdbc.DriverManagerAccess;
import io.poolshim.pool.Opener;
import io.poolshim.pool.Physical;
import io.poolshim.session.PhysicalConnection;
import io.poolshim.wrap.PooledDriver;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import java.util.TimeZone;

/** Opens physical connections by DriverManager's original method, for one request. */
final class DriverOpener implements Opener {
    /**
     * With this pgjdbc sends application_name at start-up instead of by SET, so that resetting the session brings it
     * back; it also saves a round trip. The server's versions for which it was false ended in 2010.
     */
    private static final String MIN_VERSION = "assumeMinServerVersion";

    private final DriverManagerAccess access;
    private final PooledDriver driver;
    private final ConnectRequest request;
    private final String timeZone = TimeZone.getDefault().getID(); // part of the key, and sent at each login

    DriverOpener(DriverManagerAccess access, PooledDriver driver, ConnectRequest request) {
        this.access = access;
        this.driver = driver;
        this.request = request;
    }

    /** On behalf of the driver itself: a web application that only calls it must not be kept by its pool. */
    @Override
    public Opener detached() {
        return new DriverOpener(access, driver, request.onBehalfOf(driver.connectionClass()));
    }

    @Override
    public Physical open() {
        if (!TimeZone.getDefault().getID().equals(timeZone)) {
            throw new DriverFailure(new SQLException("the time zone is another one than at the borrow", "08001"));
        }
        Connection connection = access.open(withMinVersion());
        if (connection == null) {
            throw new IllegalStateException("DriverManager returned no connection");
        }
        try {
            return new PhysicalConnection(driver.operations(), connection, request.value("targetServerType"));
        } catch (RuntimeException | LinkageError e) {
            closeQuietly(connection);
            throw e;
        }
    }

    private static void closeQuietly(Connection connection) {
        try {
            connection.close();
        } catch (java.sql.SQLException e) {
            throw new DriverFailure(e);
        }
    }

    private ConnectRequest withMinVersion() {
        if (request.gives(MIN_VERSION)) {
            return request;
        }
        ConnectRequest changed = request.info() == null ? request.with(new Properties()) : request.withCopiedInfo();
        changed.info().setProperty(MIN_VERSION, "9.0");
        return changed;
    }
}
