package io.poolshim.session;

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

    /** Properties that each login is given unless the application gave them itself. */
    Map<String, String> openingProperties();
}
