package io.poolshim.demo;

import io.poolshim.testbed.Await;
import io.poolshim.testbed.PostgresServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;

/** The order desk's database on the embedded server, made anew for each run. */
record Database(String name, String user, String password) {
    private static final int PROBES = 30;

    static Database orderDesk() {
        return new Database("orderdesk", "orderdesk", "four-candles");
    }

    void createUser(PostgresServer server) throws SQLException {
        server.createUser(user, password);
    }

    void createAnew(PostgresServer server) throws SQLException {
        server.dropDatabase(name);
        server.createDatabase(name, user);
        server.execute("CHECKPOINT");
    }

    /** Median time of a login with nobody else there, in microseconds; to another database, so that no figure sees it. */
    long idleConnectMicros(PostgresServer server) throws SQLException {
        long[] micros = new long[PROBES];
        for (int i = 0; i < PROBES; i++) {
            long start = System.nanoTime();
            Connection connection = DriverManager.getConnection(server.url("postgres"), user, password);
            micros[i] = (System.nanoTime() - start) / 1000;
            connection.close();
        }
        Arrays.sort(micros);
        return micros[PROBES / 2];
    }

    /** To be asked when the application has gone: a session is counted at the latest when it has ended. */
    long sessionsOpened(PostgresServer server) throws SQLException {
        Await.until("all sessions have ended", Duration.ofSeconds(30), () -> connections(server) == 0);
        return server.sessionsOpened(name);
    }

    private int connections(PostgresServer server) {
        try {
            return server.currentConnections(name);
        } catch (SQLException e) {
            throw new IllegalStateException("cannot count connections", e);
        }
    }
}
