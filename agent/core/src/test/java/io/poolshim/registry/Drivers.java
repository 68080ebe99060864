package io.poolshim.registry;

import io.poolshim.session.DriverOperations;
import io.poolshim.session.PostgresProfile;
import io.poolshim.wrap.PooledDriver;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/** Drivers of which only the names of their properties matter. */
public final class Drivers {
    private Drivers() {}

    /** A driver with this connection class that knows these properties. */
    public static PooledDriver knowing(Class<?> connectionClass, String... properties) {
        Set<String> names = new HashSet<>(Arrays.asList(properties));
        DriverOperations operations = new DriverOperations(new PostgresProfile(), (operation, argument) -> {
            if (operation.equals("properties")) {
                return names;
            }
            throw new IllegalArgumentException("unexpected: " + operation);
        });
        return new PooledDriver(new PostgresProfile(), operations, connectionClass, Object::new);
    }
}
