package pools;

import java.sql.Connection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.ibatis.datasource.pooled.PooledDataSource;
import org.hibernate.boot.registry.BootstrapServiceRegistryBuilder;
import org.hibernate.cfg.AvailableSettings;
import org.hibernate.engine.jdbc.connections.internal.DriverManagerConnectionProviderImpl;
import org.hibernate.service.spi.ServiceRegistryImplementor;

/** Pools inside persistence libraries. */
final class PersistencePools {
    private PersistencePools() {}

    static void addTo(Map<String, Callable<Callable<Connection>>> pools) {
        pools.put("mybatis", PersistencePools::myBatis);
        pools.put("hibernate", PersistencePools::hibernate);
    }

    private static Callable<Connection> myBatis() {
        PooledDataSource pool =
                new PooledDataSource("org.postgresql.Driver", Database.URL, Database.USER, Database.PASSWORD);
        pool.setPoolMaximumActiveConnections(3);
        return pool::getConnection;
    }

    /** What Hibernate takes if nobody gives it a data source. */
    private static Callable<Connection> hibernate() {
        Map<String, Object> settings = new HashMap<>();
        settings.put(AvailableSettings.URL, Database.URL);
        settings.put(AvailableSettings.USER, Database.USER);
        settings.put(AvailableSettings.PASS, Database.PASSWORD);
        settings.put(AvailableSettings.POOL_SIZE, "3");
        DriverManagerConnectionProviderImpl provider = new DriverManagerConnectionProviderImpl();
        provider.injectServices((ServiceRegistryImplementor) new BootstrapServiceRegistryBuilder().build());
        provider.configure(settings);
        return () -> Closing.by(provider::closeConnection, provider.getConnection());
    }
}
