package pools;

import com.alibaba.druid.pool.DruidDataSource;
import com.jolbox.bonecp.BoneCP;
import com.jolbox.bonecp.BoneCPConfig;
import com.mchange.v2.c3p0.ComboPooledDataSource;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.Map;
import java.util.concurrent.Callable;
import javax.sql.DataSource;
import oracle.ucp.jdbc.PoolDataSource;
import oracle.ucp.jdbc.PoolDataSourceFactory;
import org.apache.commons.dbcp2.BasicDataSource;
import org.apache.commons.dbcp2.DriverManagerConnectionFactory;
import org.apache.commons.dbcp2.PoolableConnection;
import org.apache.commons.dbcp2.PoolableConnectionFactory;
import org.apache.commons.dbcp2.PoolingDataSource;
import org.apache.commons.pool2.impl.GenericObjectPool;
import org.postgresql.ds.PGSimpleDataSource;
import org.vibur.dbcp.ViburDBCPDataSource;

/** Pools that are libraries. Those that ask a driver themselves come twice, the second time with one that wraps another. */
final class LibraryPools {
    private LibraryPools() {}

    static void addTo(Map<String, Callable<Callable<Connection>>> pools) {
        pools.put("hikari-url", () -> hikari(Database.URL));
        pools.put("hikari-wrapping", () -> hikari(Database.Wrapping.URL));
        pools.put("hikari-data-source", LibraryPools::hikariOverDataSource);
        pools.put("dbcp2-url", () -> dbcp2(Database.URL));
        pools.put("dbcp2-wrapping", () -> dbcp2(Database.Wrapping.URL));
        pools.put("dbcp2-driver-manager", LibraryPools::dbcp2OverDriverManager);
        pools.put("tomcat-dbcp2-driver-manager", LibraryPools::tomcatDbcp2);
        pools.put("dbcp1-driver-manager", LibraryPools::dbcp1);
        pools.put("c3p0-url", () -> c3p0(Database.URL));
        pools.put("c3p0-wrapping", () -> c3p0(Database.Wrapping.URL));
        pools.put("tomcat-jdbc-wrapping", LibraryPools::tomcatJdbc);
        pools.put("bonecp", LibraryPools::boneCp);
        pools.put("druid-url", () -> druid("org.postgresql.Driver", Database.URL));
        pools.put("druid-wrapping", () -> druid(Database.Wrapping.class.getName(), Database.Wrapping.URL));
        pools.put("vibur-data-source", LibraryPools::vibur);
        pools.put("agroal-data-source", LibraryPools::agroal);
        pools.put("proxool", LibraryPools::proxool);
        pools.put("ucp-wrapping", LibraryPools::ucp);
    }

    private static Callable<Connection> hikari(String url) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setUsername(Database.USER);
        config.setPassword(Database.PASSWORD);
        return hikari(config);
    }

    private static Callable<Connection> hikariOverDataSource() {
        HikariConfig config = new HikariConfig();
        config.setDataSource(Database.dataSource());
        return hikari(config);
    }

    private static Callable<Connection> hikari(HikariConfig config) {
        config.setMaximumPoolSize(3);
        DataSource pool = new HikariDataSource(config);
        return pool::getConnection;
    }

    private static Callable<Connection> dbcp2(String url) {
        BasicDataSource pool = new BasicDataSource();
        pool.setUrl(url);
        pool.setUsername(Database.USER);
        pool.setPassword(Database.PASSWORD);
        pool.setMaxTotal(3);
        return pool::getConnection;
    }

    private static Callable<Connection> dbcp2OverDriverManager() {
        PoolableConnectionFactory factory = new PoolableConnectionFactory(
                new DriverManagerConnectionFactory(Database.URL, Database.USER, Database.PASSWORD), null);
        GenericObjectPool<PoolableConnection> objects = new GenericObjectPool<>(factory);
        factory.setPool(objects);
        return new PoolingDataSource<>(objects)::getConnection;
    }

    private static Callable<Connection> tomcatDbcp2() {
        org.apache.tomcat.dbcp.dbcp2.PoolableConnectionFactory factory =
                new org.apache.tomcat.dbcp.dbcp2.PoolableConnectionFactory(
                        new org.apache.tomcat.dbcp.dbcp2.DriverManagerConnectionFactory(
                                Database.URL, Database.USER, Database.PASSWORD),
                        null);
        org.apache.tomcat.dbcp.pool2.impl.GenericObjectPool<org.apache.tomcat.dbcp.dbcp2.PoolableConnection> objects =
                new org.apache.tomcat.dbcp.pool2.impl.GenericObjectPool<>(factory);
        factory.setPool(objects);
        return new org.apache.tomcat.dbcp.dbcp2.PoolingDataSource<>(objects)::getConnection;
    }

    private static Callable<Connection> dbcp1() {
        org.apache.commons.pool.impl.GenericObjectPool objects =
                new org.apache.commons.pool.impl.GenericObjectPool(null);
        org.apache.commons.dbcp.ConnectionFactory factory = new org.apache.commons.dbcp.DriverManagerConnectionFactory(
                Database.URL, Database.USER, Database.PASSWORD);
        new org.apache.commons.dbcp.PoolableConnectionFactory(factory, objects, null, null, false, true);
        return new org.apache.commons.dbcp.PoolingDataSource(objects)::getConnection;
    }

    private static Callable<Connection> c3p0(String url) {
        ComboPooledDataSource pool = new ComboPooledDataSource();
        pool.setJdbcUrl(url);
        pool.setUser(Database.USER);
        pool.setPassword(Database.PASSWORD);
        pool.setInitialPoolSize(1);
        pool.setMinPoolSize(1);
        pool.setMaxPoolSize(3);
        return pool::getConnection;
    }

    private static Callable<Connection> tomcatJdbc() {
        org.apache.tomcat.jdbc.pool.DataSource pool = new org.apache.tomcat.jdbc.pool.DataSource();
        pool.setUrl(Database.Wrapping.URL);
        pool.setUsername(Database.USER);
        pool.setPassword(Database.PASSWORD);
        pool.setMaxActive(3);
        pool.setInitialSize(1);
        return pool::getConnection;
    }

    private static Callable<Connection> boneCp() throws Exception {
        BoneCPConfig config = new BoneCPConfig();
        config.setJdbcUrl(Database.URL);
        config.setUsername(Database.USER);
        config.setPassword(Database.PASSWORD);
        config.setPartitionCount(1);
        config.setMinConnectionsPerPartition(1);
        config.setMaxConnectionsPerPartition(3);
        return new BoneCP(config)::getConnection;
    }

    private static Callable<Connection> druid(String driver, String url) {
        DruidDataSource pool = new DruidDataSource();
        pool.setDriverClassName(driver);
        pool.setUrl(url);
        pool.setUsername(Database.USER);
        pool.setPassword(Database.PASSWORD);
        pool.setMaxActive(3);
        return pool::getConnection;
    }

    private static Callable<Connection> vibur() {
        ViburDBCPDataSource pool = new ViburDBCPDataSource();
        pool.setExternalDataSource(Database.dataSource());
        pool.setPoolInitialSize(1);
        pool.setPoolMaxSize(3);
        pool.start();
        return pool::getConnection;
    }

    private static Callable<Connection> agroal() throws Exception {
        AgroalDataSourceConfigurationSupplier config = new AgroalDataSourceConfigurationSupplier();
        config.connectionPoolConfiguration(size -> size.maxSize(3)
                .connectionFactoryConfiguration(factory -> factory.jdbcUrl(Database.URL)
                        .connectionProviderClass(PGSimpleDataSource.class)
                        .principal(new NamePrincipal(Database.USER))
                        .credential(new SimplePassword(Database.PASSWORD))));
        return AgroalDataSource.from(config)::getConnection;
    }

    private static Callable<Connection> proxool() throws Exception {
        Class.forName("org.logicalcobwebs.proxool.ProxoolDriver");
        String url = "proxool.legacy:org.postgresql.Driver:" + Database.URL;
        return () -> DriverManager.getConnection(url, Database.login());
    }

    private static Callable<Connection> ucp() throws Exception {
        PoolDataSource pool = PoolDataSourceFactory.getPoolDataSource();
        pool.setConnectionFactoryClassName(Database.Wrapping.class.getName());
        pool.setURL(Database.Wrapping.URL);
        pool.setUser(Database.USER);
        pool.setPassword(Database.PASSWORD);
        pool.setInitialPoolSize(1);
        pool.setMaxPoolSize(3);
        return pool::getConnection;
    }
}
