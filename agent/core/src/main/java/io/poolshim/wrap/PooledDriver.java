package io.poolshim.wrap;

import io.poolshim.session.DriverOperations;
import io.poolshim.session.DriverProfile;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A driver, as one class loader has it, for which shells can be made. */
public final class PooledDriver {
    private final DriverProfile profile;
    private final DriverOperations operations;
    private final Class<?> connectionClass;
    private final ShellFactory shells;
    private final @Nullable Set<String> properties;

    public PooledDriver(
            DriverProfile profile, DriverOperations operations, Class<?> connectionClass, ShellFactory shells) {
        this.profile = profile;
        this.operations = operations;
        this.connectionClass = connectionClass;
        this.shells = shells;
        this.properties = operations.properties();
    }

    public DriverProfile profile() {
        return profile;
    }

    public DriverOperations operations() {
        return operations;
    }

    /** The class of the driver's connections. */
    public Class<?> connectionClass() {
        return connectionClass;
    }

    /** The names of the properties that the driver knows; null if they cannot be told, so that all count. */
    public @Nullable Set<String> properties() {
        return properties;
    }

    @Nullable Object newShell() {
        return shells.newShell();
    }

    /** Makes unbound shells. */
    public interface ShellFactory {
        /** An instance of the generated subclass, no constructor run. */
        @Nullable Object newShell();
    }
}
