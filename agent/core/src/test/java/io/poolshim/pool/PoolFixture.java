package io.poolshim.pool;

import io.poolshim.config.Config;
import io.poolshim.jdbc.Login;
import java.sql.SQLException;
import java.util.Collections;
import java.util.Properties;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/** A pool in front of a fake server. */
final class PoolFixture implements AutoCloseable {
    private final ScheduledThreadPoolExecutor scheduler = AgentThreads.scheduler();
    final FakeServer server = new FakeServer();
    final ConnectionPool pool;

    /** Settings as agent arguments: {@code pool.max-size=1,…}. */
    PoolFixture(String settings) {
        this(settings, new PoolListener() {});
    }

    PoolFixture(String settings, PoolListener listener) {
        this(settings, listener, login("me", "db", 0), new Neighbourhood(100, () -> {}));
    }

    PoolFixture(String settings, PoolListener listener, Login login, Neighbourhood neighbours) {
        String keeping = settings.contains("keep-from") ? settings : "pool.keep-from=1," + settings;
        pool = new ConnectionPool(login, config(keeping), scheduler, listener, neighbours);
    }

    static Login login(String user, String database, long secret) {
        return new Login(user, Collections.singletonList("here:5432"), database, secret);
    }

    static Config config(String settings) {
        return Config.read(new Properties(), Collections.emptyMap(), settings);
    }

    BorrowRecord borrow() throws SQLException {
        return borrow(0);
    }

    BorrowRecord borrow(long longestWait) throws SQLException {
        BorrowRecord record = new BorrowRecord(pool, server, "legacy.Dao");
        if (!pool.borrow(record, longestWait)) {
            throw new IllegalStateException("retired");
        }
        return record;
    }

    boolean giveBack(BorrowRecord record) {
        return giveBack(record, true);
    }

    boolean giveBack(BorrowRecord record, boolean reusable) {
        if (!record.tryClose()) {
            throw new IllegalStateException("closed twice");
        }
        return pool.giveBack(record, reusable ? null : Eviction.SESSION);
    }

    static FakeServer.FakePhysical physical(BorrowRecord record) {
        return (FakeServer.FakePhysical) record.physical();
    }

    @Override
    public void close() {
        scheduler.shutdownNow();
    }
}
