package pools;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** Opens the connections of a pool that nobody but its application knows. */
final class HomeMade {
    private HomeMade() {}

    static Connection open() throws SQLException {
        return DriverManager.getConnection(Database.URL, Database.login());
    }
}
