package pools;

import com.arjuna.ats.jdbc.TransactionalDriver;
import com.atomikos.jdbc.AtomikosDataSourceBean;
import com.atomikos.jdbc.nonxa.AtomikosNonXADataSourceBean;
import java.sql.Connection;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Callable;
import javax.resource.spi.ManagedConnection;
import javax.sql.DataSource;
import org.jboss.jca.adapters.jdbc.local.LocalManagedConnectionFactory;
import org.postgresql.xa.PGXADataSource;

/** Transaction managers, and the resource adapter of JBoss and WildFly. */
final class TransactionPools {
    private TransactionPools() {}

    static void addTo(Map<String, Callable<Callable<Connection>>> pools) {
        pools.put("atomikos-xa", TransactionPools::atomikosXa);
        pools.put("atomikos-wrapping", TransactionPools::atomikosNonXa);
        pools.put("bitronix", TransactionPools::bitronix);
        pools.put("narayana", TransactionPools::narayana);
        pools.put("ironjacamar", TransactionPools::ironJacamar);
    }

    private static Callable<Connection> atomikosXa() {
        AtomikosDataSourceBean pool = new AtomikosDataSourceBean();
        pool.setUniqueResourceName("xa");
        pool.setXaDataSource(DriverPools.login(new PGXADataSource()));
        pool.setLocalTransactionMode(true);
        pool.setMaxPoolSize(3);
        return pool::getConnection;
    }

    private static Callable<Connection> atomikosNonXa() {
        AtomikosNonXADataSourceBean pool = new AtomikosNonXADataSourceBean();
        pool.setUniqueResourceName("non-xa");
        pool.setDriverClassName(Database.Wrapping.class.getName());
        pool.setUrl(Database.Wrapping.URL);
        pool.setUser(Database.USER);
        pool.setPassword(Database.PASSWORD);
        pool.setLocalTransactionMode(true);
        pool.setMaxPoolSize(3);
        return pool::getConnection;
    }

    private static Callable<Connection> bitronix() {
        bitronix.tm.resource.jdbc.PoolingDataSource pool = new bitronix.tm.resource.jdbc.PoolingDataSource();
        pool.setUniqueName("xa");
        pool.setClassName(PGXADataSource.class.getName());
        pool.getDriverProperties().setProperty("URL", Database.URL);
        pool.getDriverProperties().setProperty("user", Database.USER);
        pool.getDriverProperties().setProperty("password", Database.PASSWORD);
        pool.setAllowLocalTransactions(true);
        pool.setMaxPoolSize(3);
        pool.init();
        return pool::getConnection;
    }

    private static Callable<Connection> narayana() {
        Properties properties = Database.login();
        properties.put(TransactionalDriver.XADataSource, DriverPools.login(new PGXADataSource()));
        properties.setProperty(TransactionalDriver.poolConnections, "true");
        TransactionalDriver driver = new TransactionalDriver();
        return () -> driver.connect("jdbc:arjuna:legacy", properties);
    }

    /** The real adapter; the server's pool above it is one of our own. */
    private static Callable<Connection> ironJacamar() throws Exception {
        LocalManagedConnectionFactory adapter = new LocalManagedConnectionFactory();
        adapter.setDataSourceClass("org.postgresql.ds.PGSimpleDataSource");
        adapter.setConnectionProperties("URL=" + Database.URL);
        adapter.setUserName(Database.USER);
        adapter.setPassword(Database.PASSWORD);
        adapter.setJTA(false);
        DataSource pool = (DataSource) adapter.createConnectionFactory(new OneConnection());
        return pool::getConnection;
    }

    private static final class OneConnection implements javax.resource.spi.ConnectionManager {
        private static final long serialVersionUID = 1L;
        private transient ManagedConnection kept;

        @Override
        public Object allocateConnection(
                javax.resource.spi.ManagedConnectionFactory adapter, javax.resource.spi.ConnectionRequestInfo request)
                throws javax.resource.ResourceException {
            if (kept == null) {
                kept = adapter.createManagedConnection(null, request);
            }
            return kept.getConnection(null, request);
        }
    }
}
