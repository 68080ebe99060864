package io.poolshim.redirect;

import io.poolshim.jdbc.ConnectRequest;
import io.poolshim.jdbc.DefaultTimeZone;
import io.poolshim.jdbc.DriverFailure;
import io.poolshim.jdbc.DriverManagerAccess;
import io.poolshim.pool.Opener;
import io.poolshim.pool.Physical;
import io.poolshim.session.PhysicalConnection;
import io.poolshim.wrap.PooledDriver;
import java.lang.ref.WeakReference;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Opens physical connections by DriverManager's original method, for one request. Weak, because routes keep it: a web
 * application's driver must go with its loader. Whoever borrows has the driver meanwhile.
 */
final class DriverOpener implements Opener {
    private final DriverManagerAccess access;
    private final WeakReference<PooledDriver> weakDriver;
    private final ConnectRequest request;
    private final String timeZone = DefaultTimeZone.id(); // part of the key, and sent at each login

    DriverOpener(DriverManagerAccess access, PooledDriver driver, ConnectRequest request) {
        this.access = access;
        this.weakDriver = new WeakReference<>(driver);
        this.request = request;
    }

    private PooledDriver driver() {
        PooledDriver driver = weakDriver.get();
        if (driver == null) {
            throw new IllegalStateException("the driver has gone with its class loader");
        }
        return driver;
    }

    @Override
    public @Nullable Class<?> caller() {
        return request.caller();
    }

    @Override
    public long longestWait() {
        return Redirector.longestWait(access, Redirector.loginTimeout(request));
    }

    /** On behalf of the driver itself: a web application that only calls it must not be kept by its pool. */
    @Override
    public Opener detached() {
        PooledDriver driver = driver();
        return new DriverOpener(access, driver, request.onBehalfOf(driver.connectionClass()));
    }

    @Override
    public Physical open() {
        if (!DefaultTimeZone.id().equals(timeZone)) {
            throw new DriverFailure(new SQLException("the time zone is another one than at the borrow", "08001"));
        }
        Connection connection = access.open(withOpeningProperties());
        if (connection == null) {
            throw new IllegalStateException("DriverManager returned no connection");
        }
        try {
            return new PhysicalConnection(driver().operations(), connection, request.value("targetServerType"));
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

    /** A copy: the properties are those of all borrows on this route, and a driver may change what it is given. */
    private ConnectRequest withOpeningProperties() {
        ConnectRequest changed = request.info() == null ? request.with(new Properties()) : request.withCopiedInfo();
        Properties info = Objects.requireNonNull(changed.info());
        PooledDriver driver = driver();
        driver.profile().openingProperties(request, driver.connectionClass()).forEach(info::setProperty);
        return changed;
    }
}
