package io.poolshim.proxy;

import io.poolshim.jdbc.ConnectRequest;
import io.poolshim.jdbc.JdbcUrl;
import io.poolshim.session.DriverProfile;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

/** What can be told of a driver that the agent does not know: its name, and from the URL the kind of its database. */
public final class InterfaceProfile implements DriverProfile {
    private static final Map<String, String> SYSTEMS = new HashMap<>();

    static {
        SYSTEMS.put("jdbc:h2:", "h2database");
        SYSTEMS.put("jdbc:hsqldb:", "hsqldb");
        SYSTEMS.put("jdbc:derby:", "derby");
        SYSTEMS.put("jdbc:sqlite:", "sqlite");
        SYSTEMS.put("jdbc:mysql:", "mysql");
        SYSTEMS.put("jdbc:mariadb:", "mariadb");
        SYSTEMS.put("jdbc:oracle:", "oracle.db");
        SYSTEMS.put("jdbc:sqlserver:", "microsoft.sql_server");
        SYSTEMS.put("jdbc:jtds:", "microsoft.sql_server");
        SYSTEMS.put("jdbc:db2:", "ibm.db2");
        SYSTEMS.put("jdbc:firebirdsql:", "firebirdsql");
    }

    private final String driverClass;
    private final String system;

    public InterfaceProfile(String driverClass, String url) {
        this.driverClass = driverClass;
        this.system = SYSTEMS.getOrDefault(JdbcUrl.scheme(url), "other_sql");
    }

    @Override
    public String driverClass() {
        return driverClass;
    }

    @Override
    public String system() {
        return system;
    }

    /** The look is a round trip, because nothing is known of the driver's socket. */
    @Override
    public long longerLookAfter() {
        return 500;
    }

    @Override
    public Map<String, String> openingProperties(ConnectRequest request, Class<?> connectionClass) {
        return Collections.emptyMap();
    }

    /** Whether the driver's own {@code close()} commits what is open: a rollback in its place would lose data. */
    boolean commitsAtClose() {
        return driverClass.startsWith("oracle.");
    }
}
