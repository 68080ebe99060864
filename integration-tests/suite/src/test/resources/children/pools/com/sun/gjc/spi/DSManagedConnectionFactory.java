package com.sun.gjc.spi;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** A stub: has nothing but the name of GlassFish's class, which does not run here, and its place on the stack. */
public final class DSManagedConnectionFactory {
    private DSManagedConnectionFactory() {}

    public static Connection connect(DataSource source) throws SQLException {
        return source.getConnection();
    }
}
