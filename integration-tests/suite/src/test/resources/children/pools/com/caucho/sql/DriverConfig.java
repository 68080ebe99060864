package com.caucho.sql;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** A stub: has nothing but the name of Resin's class, which does not run here, and its place on the stack. */
public final class DriverConfig {
    private DriverConfig() {}

    public static Connection connect(DataSource source) throws SQLException {
        return source.getConnection();
    }
}
