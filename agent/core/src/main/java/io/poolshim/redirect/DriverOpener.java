package io.poolshim.redirect;

import io.poolshim.jdbc.ConnectRequest;
import io.poolshim.jdbc.DefaultTimeZone;
import io.poolshim.jdbc.DriverFailure;
import io.poolshim.jdbc.DriverManagerAccess;
import io.poolshim.pool.Opener;
import io.poolshim.pool.Physical;
import io.poolshim.session.Bouncer;
import io.poolshim.session.Bouncers;
import io.poolshim.session.DriverOperations;
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
    private final boolean plain;

    DriverOpener(DriverManagerAccess access, PooledDriver driver, ConnectRequest request) {
        this(access, driver, request, false);
    }

    private DriverOpener(DriverManagerAccess access, PooledDriver driver, ConnectRequest request, boolean plain) {
        this.plain = plain;
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

    /** On behalf of the driver itself: a web application that only calls it must not be kept by its pool. */
    @Override
    public Opener detached() {
        PooledDriver driver = driver();
        return new DriverOpener(access, driver, request.onBehalfOf(driver.connectionClass()));
    }

    @Override
    public Opener plain() {
        return new DriverOpener(access, driver(), request, true);
    }

    @Override
    public Connection connect() {
        return notNull(access.open(request.withCopiedInfo())); // a driver may change what it is given
    }

    @Override
    public Physical open() {
        return plain ? openPlain() : openForPool();
    }

    private Physical openForPool() {
        if (!DefaultTimeZone.id().equals(timeZone)) {
            throw new DriverFailure(new SQLException("the time zone is another one than at the borrow", "08001"));
        }
        Bouncers bouncers = driver().profile().bouncers();
        Bouncer bouncer = bouncers.of(request.url());
        Connection connection = connect(!bouncer.isThere());
        try {
            DriverOperations operations = driver().operations();
            if (bouncers.isNews(bouncer, operations, connection)) {
                bouncer = bouncers.learn(bouncer, operations, connection, () -> connect(true));
                closeQuietly(connection); // its login was as for none
                connection = connect(false);
            }
            return new PhysicalConnection(operations, connection, request.value("targetServerType"), bouncer);
        } catch (RuntimeException | LinkageError e) {
            closeQuietly(connection);
            throw e;
        }
    }

    private Physical openPlain() {
        Connection connection = connect();
        try {
            PhysicalConnection physical =
                    new PhysicalConnection(driver().operations(), connection, request.value("targetServerType"));
            physical.keepsNothing();
            return physical;
        } catch (RuntimeException | LinkageError e) {
            closeQuietly(connection);
            throw e;
        }
    }

    /** A pooler would not hand on what these properties make the driver say at the login instead of later. */
    private Connection connect(boolean openingProperties) {
        return notNull(access.open(openingProperties ? withOpeningProperties() : withCopiedProperties()));
    }

    private static Connection notNull(@Nullable Connection connection) {
        if (connection == null) {
            throw new IllegalStateException("DriverManager returned no connection");
        }
        return connection;
    }

    private static void closeQuietly(Connection connection) {
        try {
            connection.close();
        } catch (java.sql.SQLException e) {
            throw new DriverFailure(e);
        }
    }

    private ConnectRequest withCopiedProperties() {
        return request.info() == null ? request.with(new Properties()) : request.withCopiedInfo();
    }

    /** A copy: the properties are those of all borrows on this route, and a driver may change what it is given. */
    private ConnectRequest withOpeningProperties() {
        ConnectRequest changed = withCopiedProperties();
        Properties info = Objects.requireNonNull(changed.info());
        PooledDriver driver = driver();
        driver.profile().openingProperties(request, driver.connectionClass()).forEach(info::setProperty);
        return changed;
    }
}
