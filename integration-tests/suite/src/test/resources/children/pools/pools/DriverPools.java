package pools;

import java.sql.Connection;
import java.util.Map;
import java.util.concurrent.Callable;
import org.postgresql.ds.PGConnectionPoolDataSource;
import org.postgresql.ds.PGPoolingDataSource;
import org.postgresql.ds.common.BaseDataSource;
import org.postgresql.xa.PGXADataSource;

/** The driver's own: its little pool, and what it has for pools and transaction managers of others. */
final class DriverPools {
    private DriverPools() {}

    static void addTo(Map<String, Callable<Callable<Connection>>> pools) {
        pools.put("pg-pooling", DriverPools::pooling);
        pools.put(
                "pg-connection-pool",
                () -> login(new PGConnectionPoolDataSource()).getPooledConnection()::getConnection);
        pools.put("pg-xa", () -> login(new PGXADataSource()).getXAConnection()::getConnection);
    }

    @SuppressWarnings("deprecation")
    private static Callable<Connection> pooling() {
        PGPoolingDataSource pool = login(new PGPoolingDataSource());
        pool.setMaxConnections(3);
        return pool::getConnection;
    }

    static <T extends BaseDataSource> T login(T source) {
        source.setURL(Database.URL);
        source.setUser(Database.USER);
        source.setPassword(Database.PASSWORD);
        return source;
    }
}
