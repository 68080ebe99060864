package org.jboss.resource.adapter.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** A stub: has nothing but the name of JBoss 4's class, which does not run here, and its place on the stack. */
public final class BaseWrapperManagedConnectionFactory {
    private BaseWrapperManagedConnectionFactory() {}

    public static Connection connect(DataSource source) throws SQLException {
        return source.getConnection();
    }
}
