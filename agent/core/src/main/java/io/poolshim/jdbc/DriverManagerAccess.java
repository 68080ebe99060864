package io.poolshim.jdbc;

import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * The way back into DriverManager: its original method in the caller's thread, with the original caller, so that the
 * choice of driver, the exceptions and their delay are the original's by construction.
 *
 * <p>Needs java.sql opened to the agent from Java 9 on.
 */
public final class DriverManagerAccess {
    private final ThreadLocal<Boolean> passing = new ThreadLocal<>();
    private final Method getConnection;
    private final Method isDriverAllowed;
    private final Field registeredDrivers;
    private final Field driverOfInfo;

    /**
     * Finds the private members.
     *
     * @throws ReflectiveOperationException if this JVM's DriverManager is another one than those of Java 8 to 25
     */
    public DriverManagerAccess() throws ReflectiveOperationException {
        getConnection =
                DriverManager.class.getDeclaredMethod("getConnection", String.class, Properties.class, Class.class);
        isDriverAllowed = DriverManager.class.getDeclaredMethod("isDriverAllowed", Driver.class, ClassLoader.class);
        registeredDrivers = DriverManager.class.getDeclaredField("registeredDrivers");
        driverOfInfo = Class.forName("java.sql.DriverInfo", false, DriverManager.class.getClassLoader())
                .getDeclaredField("driver");
        getConnection.setAccessible(true);
        isDriverAllowed.setAccessible(true);
        registeredDrivers.setAccessible(true);
        driverOfInfo.setAccessible(true);
    }

    /** Whether the call that has just come through the seam is our own; true once for each {@link #open}. */
    public boolean isOwnCall() {
        if (passing.get() == null) {
            return false;
        }
        passing.remove(); // only this call: what the driver itself opens meanwhile is the application's again
        return true;
    }

    /**
     * Runs the original method.
     *
     * @throws DriverFailure with what it threw
     */
    public Connection open(ConnectRequest request) {
        passing.set(Boolean.TRUE);
        try {
            return (Connection) getConnection.invoke(null, request.url(), request.info(), request.caller());
        } catch (InvocationTargetException e) {
            throw new DriverFailure(e.getTargetException());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        } finally {
            passing.remove();
        }
    }

    /**
     * The driver that DriverManager would ask first; null if there is none, or if that cannot be told.
     *
     * @param known a driver's class that takes every URL it is asked for here, and would log about a wrong one
     */
    public @Nullable Driver choose(ConnectRequest request, @Nullable String known) {
        DriverManager.getDrivers(); // from Java 9 on drivers are loaded by the first call that wants them
        ClassLoader loader = request.driverLoader();
        try {
            for (Object info : (Iterable<?>) registeredDrivers.get(null)) {
                Driver driver = (Driver) driverOfInfo.get(info);
                boolean accepts = driver.getClass().getName().equals(known) || driver.acceptsURL(request.url());
                if (accepts && (Boolean) isDriverAllowed.invoke(null, driver, loader)) {
                    return driver;
                }
            }
        } catch (SQLException | ReflectiveOperationException undecided) {
            return null;
        }
        return null;
    }

    /** Whether a driver of this class is registered; true if that cannot be told. */
    public boolean isRegistered(String driverClass, ClassLoader loader) {
        try {
            for (Object info : (Iterable<?>) registeredDrivers.get(null)) {
                Class<?> type = driverOfInfo.get(info).getClass();
                if (type.getClassLoader() == loader && type.getName().equals(driverClass)) {
                    return true;
                }
            }
            return false;
        } catch (IllegalAccessException undecided) {
            return true;
        }
    }

    /** The login time-out in seconds; 0 for none. */
    public int loginTimeout() {
        return DriverManager.getLoginTimeout();
    }
}
