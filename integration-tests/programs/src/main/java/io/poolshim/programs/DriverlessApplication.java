package io.poolshim.programs;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** Loaded by a class loader that sees no driver at all. */
public final class DriverlessApplication {
    private DriverlessApplication() {}

    /** How asking for a connection ends, as text. */
    public static String attempt(String url, String user, String password) {
        try (Connection c = DriverManager.getConnection(url, user, password)) {
            return "connected " + c.isClosed();
        } catch (SQLException e) {
            return e.getSQLState() + " " + e.getMessage();
        }
    }
}
