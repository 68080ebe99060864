package io.poolshim.programs;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import org.postgresql.PGConnection;

/** Loaded by a class loader that has a driver of its own beside it. */
public final class IsolatedApplication {
    static {
        try {
            Class.forName("org.postgresql.Driver");
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private IsolatedApplication() {}

    /** One query; also whether the connection is one of the driver this class sees. */
    public static String run(String url, String user, String password) throws SQLException {
        try (Connection c = DriverManager.getConnection(url, user, password);
                Statement s = c.createStatement();
                ResultSet r = s.executeQuery("SELECT 'row'")) {
            r.next();
            return r.getString(1) + ", own driver: " + (c instanceof PGConnection) + ", "
                    + (r.getStatement().getConnection() == c);
        }
    }

    /** The same, with the failure as text. */
    public static String attempt(String url, String user, String password) {
        try {
            return run(url, user, password);
        } catch (SQLException e) {
            return e.getSQLState() + " " + e.getMessage();
        }
    }

    /** What a well-behaved application does when it is undeployed. */
    public static void leave() throws SQLException {
        for (Driver driver : Collections.list(DriverManager.getDrivers())) {
            DriverManager.deregisterDriver(driver);
        }
    }
}
