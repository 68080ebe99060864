package weblogic.jdbc.common.internal;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** A stub: has nothing but the name of WebLogic's class, which does not run here, and its place on the stack. */
public final class ConnectionEnvFactory {
    private ConnectionEnvFactory() {}

    public static Connection connect(DataSource source) throws SQLException {
        return source.getConnection();
    }
}
