package io.poolshim.telemetry;

import io.poolshim.config.Config;
import io.poolshim.jdbc.DriverFailure;
import io.poolshim.jdbc.Login;
import io.poolshim.pool.AgentThreads;
import io.poolshim.pool.BorrowRecord;
import io.poolshim.pool.ConnectionPool;
import io.poolshim.pool.Neighbourhood;
import io.poolshim.pool.Physical;
import io.poolshim.session.DriverOperations;
import io.poolshim.session.PhysicalConnection;
import io.poolshim.session.PostgresProfile;
import java.sql.SQLException;
import java.util.Collections;
import java.util.Properties;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** A pool of connections to db1:5432/orders that telemetry listens to. */
final class TracedPool implements AutoCloseable {
    private final ScheduledThreadPoolExecutor scheduler = AgentThreads.scheduler();
    private final DriverOperations driver = new DriverOperations(new PostgresProfile(), TracedPool::answer);
    private final ConnectionPool pool;
    private SQLException refusal;

    TracedPool(Telemetry telemetry) {
        Config config = Config.read(new Properties(), Collections.emptyMap(), "pool.keep-from=1");
        pool = new ConnectionPool(
                new Login("me", Collections.singletonList("db1:5432"), "orders", 0),
                config,
                scheduler,
                telemetry,
                new Neighbourhood(100, () -> {}));
    }

    private static Object answer(Object operation, Object argument) {
        switch ((String) operation) {
            case "address":
                return new Object[] {"db1", 5432, "orders"};
            case "functions":
                Predicate<Boolean> usable = longerLook -> true;
                BooleanSupplier unsent = () -> false;
                return new Object[] {null, usable, null, unsent, null};
            case "valid":
                return true;
            default:
                return null;
        }
    }

    ConnectionPool pool() {
        return pool;
    }

    /** As if nobody had used it for long. */
    void retire() {
        pool.end();
        if (!pool.retireIfUnused(0)) {
            throw new IllegalStateException("in use");
        }
    }

    void refuse(SQLException thrown) {
        refusal = thrown;
    }

    BorrowRecord borrow() throws SQLException {
        BorrowRecord record = new BorrowRecord(pool, this::open, "test");
        pool.borrow(record, 0);
        return record;
    }

    private Physical open() {
        if (refusal != null) {
            throw new DriverFailure(refusal);
        }
        return new PhysicalConnection(driver, "socket", null);
    }

    void giveBack(BorrowRecord record) {
        record.tryClose();
        pool.giveBack(record, null);
    }

    @Override
    public void close() {
        scheduler.shutdownNow();
    }
}
