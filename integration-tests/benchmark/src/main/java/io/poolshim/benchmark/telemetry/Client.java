package io.poolshim.benchmark.telemetry;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.opentelemetry.instrumentation.jdbc.datasource.JdbcTelemetry;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Random;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The application, as a row's system properties want it. */
final class Client {
    static final String SOURCE = "benchmark.source";
    static final String DATABASE = "benchmark.database";

    /** Says at each export how many spans were dropped. */
    private static final Logger LOG = Logger.getLogger("io.opentelemetry");

    private static final String URL = System.getProperty("app.url");
    private static final String USER = System.getProperty("app.user");
    private static final String PASSWORD = System.getProperty("app.password");

    private final Database database = Database.valueOf(System.getProperty(DATABASE));
    private final Source source;

    private interface Source {
        Connection connection() throws SQLException;
    }

    /** Runs a first operation, of as many statements. */
    Client(int statements) throws SQLException {
        LOG.setLevel(Level.OFF);
        String name = System.getProperty(SOURCE);
        boolean agent = name.equals(Tracing.POOLSHIM.id) || name.equals(Tracing.PROVEN.id);
        if (agent) {
            source = () -> DriverManager.getConnection(URL, USER, PASSWORD);
        } else if (name.equals(Tracing.LIBRARY.id)) {
            source = JdbcTelemetry.create(
                            AutoConfiguredOpenTelemetrySdk.initialize().getOpenTelemetrySdk())
                    .wrap(hikari())::getConnection;
        } else {
            source = hikari()::getConnection;
        }
        Class<?> connection = run(new Random(), statements);
        if (agent != connection.getName().endsWith("Borrowed")) {
            throw new IllegalStateException("another connection than is to be measured: " + connection);
        }
    }

    private static HikariDataSource hikari() {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(URL);
        config.setUsername(USER);
        config.setPassword(PASSWORD);
        config.setMaximumPoolSize(10);
        return new HikariDataSource(config);
    }

    /** One borrow, with some statements; the class of the connection. */
    Class<?> run(Random random, int statements) throws SQLException {
        try (Connection connection = source.connection()) {
            for (int i = 0; i < statements; i++) {
                database.run(connection, random);
            }
            return connection.getClass();
        }
    }
}
