package io.poolshim.benchmark.sql;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** Where a terminal has its connections from. */
interface Source {
    Connection begin() throws SQLException;

    void end(Connection connection) throws SQLException;

    /** What a terminal does to a connection that is not its own yet. */
    default boolean isNew() {
        return true;
    }

    static Source of(String kind, int terminals) throws SQLException {
        switch (kind) {
            case "held":
                return new Held();
            case "hikari":
                return new Migrated(terminals);
            default:
                return new Legacy();
        }
    }

    /** From DriverManager, for each transaction, as old programs do. */
    final class Legacy implements Source {
        @Override
        public Connection begin() throws SQLException {
            return DriverManager.getConnection(
                    System.getProperty("app.url"), System.getProperty("app.user"), System.getProperty("app.password"));
        }

        @Override
        public void end(Connection connection) throws SQLException {
            connection.close();
        }
    }

    /** One for each terminal, for ever: as fast as it can be. */
    final class Held implements Source {
        private final ThreadLocal<Connection> own = new ThreadLocal<>();
        private final Source source = new Legacy();

        @Override
        public Connection begin() throws SQLException {
            Connection connection = own.get();
            if (connection == null) {
                connection = source.begin();
                own.set(connection);
            }
            return connection;
        }

        @Override
        public boolean isNew() {
            return own.get() == null;
        }

        @Override
        public void end(Connection connection) {}
    }

    /** The program was rewritten for HikariCP. */
    final class Migrated implements Source {
        private final HikariDataSource pool;

        Migrated(int terminals) {
            HikariConfig config = new HikariConfig();
            config.setJdbcUrl(System.getProperty("app.url"));
            config.setUsername(System.getProperty("app.user"));
            config.setPassword(System.getProperty("app.password"));
            config.setMaximumPoolSize(terminals);
            pool = new HikariDataSource(config);
        }

        @Override
        public Connection begin() throws SQLException {
            return pool.getConnection();
        }

        @Override
        public void end(Connection connection) throws SQLException {
            connection.close();
        }
    }
}
