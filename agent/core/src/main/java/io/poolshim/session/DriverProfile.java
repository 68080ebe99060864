package io.poolshim.session;

import io.poolshim.jdbc.ConnectRequest;
import java.util.Map;

/** What the agent knows of a JDBC driver before it has seen a connection. */
public interface DriverProfile {
    String driverClass();

    /** The value of {@code db.system.name}. */
    String system();

    /** Whether its databases understand SQL as PostgreSQL does, and tell of their functions and tables. */
    default boolean isPostgres() {
        return false;
    }

    /** In milliseconds: from this idle time on a connection is looked at for longer before it is handed out. */
    long longerLookAfter();

    /** What is known of connection poolers on the way to its servers. */
    default Bouncers bouncers() {
        return Bouncers.none();
    }

    /**
     * Properties that a login is given besides those of its request.
     *
     * @param connectionClass of the driver that is to log in
     */
    Map<String, String> openingProperties(ConnectRequest request, Class<?> connectionClass);
}
