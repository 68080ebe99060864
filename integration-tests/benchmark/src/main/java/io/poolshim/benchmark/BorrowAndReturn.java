package io.poolshim.benchmark;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.poolshim.benchmark.stub.StubConnection;
import io.poolshim.benchmark.stub.StubDriver;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** One borrow and one return: from a HikariDataSource, and from DriverManager with the agent. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class BorrowAndReturn {
    private static final String PASSWORD = "legacy-password";

    private HikariDataSource hikari;

    @Setup
    public void start() throws ReflectiveOperationException, SQLException {
        Class.forName(StubDriver.class.getName());
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(StubDriver.URL);
        config.setUsername(StubDriver.USER);
        config.setPassword(PASSWORD);
        config.setMaximumPoolSize(10);
        hikari = new HikariDataSource(config);
        mustBeShell();
    }

    private void mustBeShell() throws SQLException {
        try (Connection connection = poolshim()) {
            if (!(connection instanceof StubConnection) || connection.getClass() == StubConnection.class) {
                throw new IllegalStateException("not a shell, so nothing is measured: " + connection.getClass());
            }
        }
    }

    @TearDown
    public void stop() throws SQLException {
        mustBeShell();
        hikari.close();
    }

    private static Connection poolshim() throws SQLException {
        return DriverManager.getConnection(StubDriver.URL, StubDriver.USER, PASSWORD);
    }

    @Benchmark
    public Connection hikari() throws SQLException {
        Connection connection = hikari.getConnection();
        connection.close();
        return connection;
    }

    @Benchmark
    public Connection poolshimAgent() throws SQLException {
        Connection connection = poolshim();
        connection.close();
        return connection;
    }
}
