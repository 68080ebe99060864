package io.poolshim.proxy;

import io.poolshim.log.Log;
import io.poolshim.session.DriverOperations;
import io.poolshim.session.DriverProfile;
import io.poolshim.wrap.PooledDriver;

/** Makes a driver poolable of which nothing is known but the interfaces of JDBC. */
public final class InterfaceDriver {
    private InterfaceDriver() {}

    /** The driver; its connections are told apart by its own class, since theirs is not known before one is open. */
    public static PooledDriver prepare(DriverProfile profile, Class<?> driverClass) {
        Log.once(
                Log.Level.INFO,
                "driver " + profile.driverClass()
                        + " is pooled by its interfaces: session state set by SQL stays; see docs/safety.md");
        InterfaceOperations operations = new InterfaceOperations((InterfaceProfile) profile);
        return new PooledDriver(profile, new DriverOperations(profile, operations), driverClass, () -> null);
    }
}
