package io.poolshim.benchmark.telemetry;

import io.poolshim.benchmark.sql.Workload;
import io.poolshim.benchmark.stub.StubDriver;
import io.poolshim.testbed.PostgresServer;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** What the statements go to. */
public enum Database {
    /** A driver that does nothing, so that what is left is the pool and the spans. */
    STUB {
        private final String[] texts = {
            "UPDATE item SET stock = stock + 1 WHERE id = ?",
            "INSERT INTO purchase (item, amount) VALUES (?, ?)",
            "DELETE FROM purchase WHERE id = ? AND amount < 10",
            "UPDATE item SET name = 'new' WHERE id IN (?, ?, ?)"
        };

        @Override
        void run(Connection connection, Random random) throws SQLException {
            try (PreparedStatement statement = connection.prepareStatement(texts[random.nextInt(texts.length)])) {
                statement.execute();
            }
        }

        @Override
        List<String> jvmArguments() {
            return Arrays.asList(
                    "-Dpoolshim.it.profile=stub.properties",
                    "-Dpoolshim.include=" + StubDriver.PREFIX + "*",
                    "-Djdbc.drivers=" + StubDriver.class.getName(),
                    "-Dapp.url=" + StubDriver.URL,
                    "-Dapp.user=" + StubDriver.USER,
                    "-Dapp.password=legacy-password");
        }

        @Override
        List<Tracing> tracings() {
            return Arrays.asList(Tracing.LIBRARY, Tracing.JAVAAGENT, Tracing.POOLSHIM);
        }
    },

    /** A PostgreSQL on this machine, and a SELECT by key. */
    POSTGRES {
        private PostgresServer server;

        @Override
        void run(Connection connection, Random random) throws SQLException {
            Workload.LOOKUP.run(connection, random);
        }

        @Override
        void start() throws SQLException {
            server = PostgresServer.start(Collections.singletonMap("fsync", "off"));
            server.createDatabase("benchmark", server.adminUser());
            try (Connection admin =
                    DriverManager.getConnection(server.url("benchmark"), server.adminUser(), server.adminPassword())) {
                Workload.createTables(admin);
            }
        }

        @Override
        void stop() {
            server.close();
        }

        @Override
        List<String> jvmArguments() {
            return Arrays.asList(
                    "-Dapp.url=" + server.url("benchmark"),
                    "-Dapp.user=" + server.adminUser(),
                    "-Dapp.password=" + server.adminPassword());
        }

        @Override
        List<Tracing> tracings() {
            return Arrays.asList(Tracing.LIBRARY, Tracing.JAVAAGENT, Tracing.POOLSHIM, Tracing.PROVEN);
        }
    };

    /** One statement. */
    abstract void run(Connection connection, Random random) throws SQLException;

    /** Those with which a client finds it. */
    abstract List<String> jvmArguments();

    /** Those that are compared. */
    abstract List<Tracing> tracings();

    void start() throws SQLException {}

    void stop() {}
}
