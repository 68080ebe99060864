package io.poolshim.demo;

import io.poolshim.testbed.PostgresServer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Looks again and again how many sessions the application has, over one connection from the superuser's reserve which is not in that
 * number.
 */
final class ConnectionWatch implements AutoCloseable {
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final String SESSIONS =
            "SELECT count(*) FROM pg_stat_activity WHERE datname = ? AND backend_type = 'client backend'";

    private final Connection admin;
    private final String database;
    private final Thread thread = new Thread(this::watch, "connection-watch");
    private volatile boolean closing;
    private volatile SQLException failure;
    private volatile int peak;

    private ConnectionWatch(Connection admin, String database) {
        this.admin = admin;
        this.database = database;
    }

    static ConnectionWatch start(PostgresServer server, Database database) throws SQLException {
        ConnectionWatch watch = new ConnectionWatch(server.admin(), database.name());
        watch.thread.setDaemon(true);
        watch.thread.start();
        return watch;
    }

    private void watch() {
        try (PreparedStatement sessions = admin.prepareStatement(SESSIONS)) {
            sessions.setString(1, database);
            while (!closing) {
                try (ResultSet result = sessions.executeQuery()) {
                    result.next();
                    peak = Math.max(peak, result.getInt(1));
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        } catch (SQLException e) {
            failure = e;
        }
    }

    /** Stops watching; the most sessions seen at once. */
    int peak() throws SQLException, InterruptedException {
        closing = true;
        thread.join();
        if (failure != null) {
            throw failure;
        }
        return peak;
    }

    @Override
    public void close() throws SQLException {
        closing = true;
        admin.close();
    }
}
