package pools;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.Properties;
import java.util.logging.Logger;
import org.postgresql.ds.PGSimpleDataSource;

/** Where the database is, and the ways to it. */
final class Database {
    static final String URL = System.getProperty("app.url");
    static final String USER = System.getProperty("app.user");
    static final String PASSWORD = System.getProperty("app.password");

    private Database() {}

    static Properties login() {
        Properties login = new Properties();
        login.setProperty("user", USER);
        login.setProperty("password", PASSWORD);
        return login;
    }

    static PGSimpleDataSource dataSource() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setURL(URL);
        source.setUser(USER);
        source.setPassword(PASSWORD);
        return source;
    }

    /** As the drivers do that log or time what another driver does: asks DriverManager for the one behind it. */
    public static final class Wrapping implements Driver {
        private static final String PREFIX = "jdbc:wrapping:";
        static final String URL = PREFIX + Database.URL;

        @Override
        public Connection connect(String url, Properties info) throws SQLException {
            return acceptsURL(url) ? DriverManager.getConnection(url.substring(PREFIX.length()), info) : null;
        }

        @Override
        public boolean acceptsURL(String url) {
            return url.startsWith(PREFIX);
        }

        @Override
        public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) {
            return new DriverPropertyInfo[0];
        }

        @Override
        public int getMajorVersion() {
            return 1;
        }

        @Override
        public int getMinorVersion() {
            return 0;
        }

        @Override
        public boolean jdbcCompliant() {
            return false;
        }

        @Override
        public Logger getParentLogger() {
            return Logger.getGlobal();
        }
    }
}
