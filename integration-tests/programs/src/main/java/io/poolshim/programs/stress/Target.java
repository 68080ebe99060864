package io.poolshim.programs.stress;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;

/** One database and login: all connections to it share a pool. */
final class Target {
    private static final Driver DRIVER = new org.postgresql.Driver();

    final String name;
    final boolean superuser;
    private final String url;
    private final Properties login = new Properties();

    /** What a session is like that nobody has used before. */
    Map<String, String> fresh;

    Target(String name, String url, String user, String password, boolean superuser) {
        this.name = name;
        this.url = url;
        this.superuser = superuser;
        login.setProperty("user", user);
        login.setProperty("password", password);
    }

    Connection borrow() throws SQLException {
        return DriverManager.getConnection(url, login.getProperty("user"), login.getProperty("password"));
    }

    /** Past DriverManager, hence past the agent: a physical connection of one's own. */
    Connection direct() throws SQLException {
        Properties properties = new Properties();
        properties.putAll(login);
        properties.setProperty("assumeMinServerVersion", "9.0"); // as the agent does: application_name at start-up
        return DRIVER.connect(url, properties);
    }
}
