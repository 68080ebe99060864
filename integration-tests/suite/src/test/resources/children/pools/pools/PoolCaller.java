package pools;

import com.jolbox.bonecp.BoneCP;
import com.jolbox.bonecp.BoneCPConfig;
import com.mchange.v2.c3p0.ComboPooledDataSource;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.commons.dbcp2.BasicDataSource;
import org.apache.commons.dbcp2.DriverManagerConnectionFactory;
import org.apache.commons.dbcp2.PoolableConnection;
import org.apache.commons.dbcp2.PoolableConnectionFactory;
import org.apache.commons.dbcp2.PoolingDataSource;
import org.apache.commons.pool2.impl.GenericObjectPool;
import org.postgresql.ds.PGSimpleDataSource;

/** An application that brings its own pool: borrows twenty times, prints what it saw. */
public final class PoolCaller {
    private static final String URL = System.getProperty("app.url");
    private static final String USER = System.getProperty("app.user");
    private static final String PASSWORD = System.getProperty("app.password");

    private PoolCaller() {}

    public static void main(String[] args) throws Exception {
        Callable<Connection> pool = pool(args[0]);
        Set<Integer> sessions = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            try (Connection c = pool.call();
                    Statement s = c.createStatement();
                    ResultSet r = s.executeQuery("SELECT pg_backend_pid(), " + i)) {
                r.next();
                sessions.add(r.getInt(1));
                System.out.println(r.getInt(2));
            }
        }
        System.out.println("pooled by the application: " + (sessions.size() <= 3));
        System.exit(0);
    }

    private static Callable<Connection> pool(String name) throws Exception {
        switch (name) {
            case "hikari-url":
                return hikari(null);
            case "hikari-data-source":
                return hikari(simpleDataSource());
            case "dbcp2-basic":
                return dbcp2Basic();
            case "dbcp2-driver-manager":
                return dbcp2();
            case "dbcp1-driver-manager":
                return dbcp1();
            case "tomcat":
                return tomcat();
            case "bonecp":
                return boneCp();
            case "c3p0":
                return c3p0();
            default:
                throw new IllegalArgumentException(name);
        }
    }

    private static PGSimpleDataSource simpleDataSource() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setURL(URL);
        source.setUser(USER);
        source.setPassword(PASSWORD);
        return source;
    }

    private static Callable<Connection> hikari(PGSimpleDataSource source) {
        HikariConfig config = new HikariConfig();
        if (source == null) {
            config.setJdbcUrl(URL);
            config.setUsername(USER);
            config.setPassword(PASSWORD);
        } else {
            config.setDataSource(source);
        }
        config.setMaximumPoolSize(3);
        HikariDataSource pool = new HikariDataSource(config);
        return pool::getConnection;
    }

    private static Callable<Connection> dbcp2Basic() {
        BasicDataSource pool = new BasicDataSource();
        pool.setUrl(URL);
        pool.setUsername(USER);
        pool.setPassword(PASSWORD);
        pool.setMaxTotal(3);
        return pool::getConnection;
    }

    private static Callable<Connection> dbcp2() {
        PoolableConnectionFactory factory =
                new PoolableConnectionFactory(new DriverManagerConnectionFactory(URL, USER, PASSWORD), null);
        GenericObjectPool<PoolableConnection> objects = new GenericObjectPool<>(factory);
        factory.setPool(objects);
        PoolingDataSource<PoolableConnection> pool = new PoolingDataSource<>(objects);
        return pool::getConnection;
    }

    private static Callable<Connection> dbcp1() {
        org.apache.commons.pool.impl.GenericObjectPool objects = new org.apache.commons.pool.impl.GenericObjectPool(null);
        org.apache.commons.dbcp.ConnectionFactory factory =
                new org.apache.commons.dbcp.DriverManagerConnectionFactory(URL, USER, PASSWORD);
        new org.apache.commons.dbcp.PoolableConnectionFactory(factory, objects, null, null, false, true);
        org.apache.commons.dbcp.PoolingDataSource pool = new org.apache.commons.dbcp.PoolingDataSource(objects);
        return pool::getConnection;
    }

    private static Callable<Connection> tomcat() {
        org.apache.tomcat.jdbc.pool.DataSource pool = new org.apache.tomcat.jdbc.pool.DataSource();
        pool.setUrl(URL);
        pool.setUsername(USER);
        pool.setPassword(PASSWORD);
        pool.setMaxActive(3);
        pool.setInitialSize(1);
        return pool::getConnection;
    }

    private static Callable<Connection> boneCp() throws Exception {
        BoneCPConfig config = new BoneCPConfig();
        config.setJdbcUrl(URL);
        config.setUsername(USER);
        config.setPassword(PASSWORD);
        config.setPartitionCount(1);
        config.setMinConnectionsPerPartition(1);
        config.setMaxConnectionsPerPartition(3);
        BoneCP pool = new BoneCP(config);
        return pool::getConnection;
    }

    private static Callable<Connection> c3p0() {
        ComboPooledDataSource pool = new ComboPooledDataSource();
        pool.setJdbcUrl(URL);
        pool.setUser(USER);
        pool.setPassword(PASSWORD);
        pool.setInitialPoolSize(1);
        pool.setMaxPoolSize(3);
        return pool::getConnection;
    }
}
