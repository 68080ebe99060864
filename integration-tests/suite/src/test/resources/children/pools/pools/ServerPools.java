package pools;

import com.caucho.sql.DriverConfig;
import com.ibm.ws.rsadapter.impl.WSManagedConnectionFactoryImpl;
import com.sun.gjc.spi.DSManagedConnectionFactory;
import java.sql.Connection;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jboss.resource.adapter.jdbc.BaseWrapperManagedConnectionFactory;
import org.postgresql.ds.PGSimpleDataSource;
import weblogic.jdbc.common.internal.ConnectionEnvFactory;

/** Application servers, which are too large for a test: stubs with the names of their classes. */
final class ServerPools {
    private ServerPools() {}

    static void addTo(Map<String, Callable<Callable<Connection>>> pools) {
        PGSimpleDataSource source = Database.dataSource();
        pools.put("glassfish-stub", () -> new Kept(() -> DSManagedConnectionFactory.connect(source)));
        pools.put("weblogic-stub", () -> new Kept(() -> ConnectionEnvFactory.connect(source)));
        pools.put("liberty-stub", () -> new Kept(() -> WSManagedConnectionFactoryImpl.connect(source)));
        pools.put("jboss4-stub", () -> new Kept(() -> BaseWrapperManagedConnectionFactory.connect(source)));
        pools.put("resin-stub", () -> new Kept(() -> DriverConfig.connect(source)));
    }
}
