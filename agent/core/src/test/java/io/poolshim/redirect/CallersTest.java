package io.poolshim.redirect;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.example.HomeMadePool;
import java.lang.reflect.Proxy;
import java.sql.Driver;
import java.util.Arrays;
import java.util.Collections;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGConnectionPoolDataSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.xa.PGXADataSource;

class CallersTest {
    /** A data source of some library. */
    public interface TracedDataSource extends DataSource {}

    private final Callers callers = new Callers(Collections.singletonList("com.example.HomeMadePool"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "com.zaxxer.hikari.util.DriverDataSource",
                "com.zaxxer.hikari.pool.PoolBase",
                "com.zaxxer.hikari_4_0_3.pool.HikariPool",
                "eu.example.lib.hikari.pool.PoolBase",
                "eu.example.shaded.com.zaxxer.hikari.util.DriverDataSource",
                "org.apache.commons.dbcp.DriverManagerConnectionFactory",
                "org.apache.commons.dbcp2.DriverManagerConnectionFactory",
                "org.apache.tomcat.dbcp.dbcp.DriverManagerConnectionFactory",
                "org.apache.tomcat.dbcp.dbcp2.DriverManagerConnectionFactory",
                "org.datanucleus.store.rdbms.datasource.dbcp2.DriverManagerConnectionFactory",
                "com.mchange.v2.c3p0.DriverManagerDataSource",
                "org.apache.tomcat.jdbc.pool.PooledConnection",
                "com.alibaba.druid.pool.DruidAbstractDataSource",
                "com.jolbox.bonecp.BoneCP",
                "org.vibur.dbcp.pool.ConnectionFactory",
                "io.agroal.pool.ConnectionFactory",
                "org.logicalcobwebs.proxool.DefaultConnectionBuilder",
                "org.apache.ibatis.datasource.pooled.PooledDataSource",
                "com.ibatis.common.jdbc.SimpleDataSource",
                "org.hibernate.engine.jdbc.connections.internal.DriverManagerConnectionCreator",
                "org.hibernate.engine.jdbc.connections.internal.DriverManagerConnectionProviderImpl$PooledConnections",
                "org.hibernate.service.jdbc.connections.internal.DriverManagerConnectionProviderImpl",
                "org.hibernate.connection.DriverManagerConnectionProvider",
                "org.eclipse.persistence.sessions.server.ConnectionPool",
                "io.ebean.datasource.pool.ConnectionPool",
                "org.jboss.jca.adapters.jdbc.local.LocalManagedConnectionFactory",
                "org.jboss.resource.adapter.jdbc.local.LocalManagedConnectionFactory",
                "com.sun.gjc.spi.DMManagedConnectionFactory",
                "com.sun.enterprise.resource.pool.ConnectionPool",
                "weblogic.jdbc.common.internal.DataSourceConnectionPoolConfig",
                "com.ibm.ws.rsadapter.impl.WSManagedConnectionFactoryImpl",
                "com.caucho.sql.DriverConfig",
                "oracle.ucp.jdbc.PoolDataSourceImpl",
                "com.atomikos.jdbc.AtomikosDataSourceBean",
                "com.atomikos.jdbc.nonxa.AtomikosNonXAPooledConnectionFactory",
                "com.atomikos.datasource.pool.ConnectionPool",
                "bitronix.tm.resource.jdbc.PoolingDataSource",
                "bitronix.tm.resource.common.XAPool",
                "com.arjuna.ats.internal.jdbc.DirectRecoverableConnection",
                "com.arjuna.ats.jdbc.TransactionalDriver",
                "org.springframework.jdbc.datasource.SingleConnectionDataSource"
            })
    void isPool_byTheNameOfTheClass(String name) {
        assertTrue(callers.isPool(NamedClass.of(name)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "com.alibaba.druid.support.http.WebStatFilter",
                "org.hibernate.engine.jdbc.connections.internal.DatasourceConnectionProviderImpl",
                "org.jboss.jca.core.workmanager.WorkWrapper",
                "com.ibm.ws.webcontainer.servlet.ServletWrapper",
                "org.apache.ibatis.datasource.unpooled.UnpooledDataSource",
                "org.springframework.jdbc.core.JdbcTemplate",
                "org.eclipse.persistence.sessions.DefaultConnector",
                "com.example.Application"
            })
    void isPool_notWhatMerelyLooksLikeOne(String name) {
        assertFalse(callers.isPool(NamedClass.of(name)));
        assertFalse(callers.isPool(NamedClass.of(name, DataSource.class)), "nor with nobody above it");
    }

    @Test
    void isPool_theDriversOwn() {
        assertTrue(callers.isPool(PGConnectionPoolDataSource.class));
        assertTrue(callers.isPool(PGXADataSource.class));
    }

    @Test
    void isPool_byTheUsersGlob() {
        assertTrue(callers.isPool(HomeMadePool.class));
        assertFalse(new Callers(Collections.<String>emptyList()).isPool(HomeMadePool.class));
    }

    @Test
    void isPool_byWhatTheClassExtends() {
        Callers byInterface = new Callers(Collections.singletonList(TracedDataSource.class.getName()));
        assertTrue(byInterface.isPool(NamedClass.of("com.example.Extended", TracedDataSource.class)));
        assertFalse(byInterface.isPool(NamedClass.of("com.example.Other", DataSource.class)));
    }

    @Test
    void isPool_notTheApplication() {
        assertFalse(callers.isPool(CallersTest.class));
        assertFalse(callers.isPool(String.class));
        assertFalse(callers.isPool(null));
    }

    @Test
    void isPool_notTheApplicationEvenBelowAPool() {
        assertFalse(HomeMadePool.open(() -> callers.isPool(CallersTest.class)), "it may ask for itself");
    }

    @Test
    void isPool_aFactoryOnlyBelowAPool() {
        assertFalse(callers.isPool(PGSimpleDataSource.class));
        assertTrue(HomeMadePool.open(() -> callers.isPool(PGSimpleDataSource.class)));
        assertFalse(callers.isPool(PGSimpleDataSource.class), "it is asked anew each time");
    }

    @Test
    void isPool_anyDataSourceOrDriverBelowAPool() {
        ClassLoader loader = getClass().getClassLoader();
        for (Class<?> type : Arrays.asList(DataSource.class, TracedDataSource.class, Driver.class)) {
            Class<?> implemented = Proxy.newProxyInstance(loader, new Class<?>[] {type}, (p, m, a) -> null)
                    .getClass();
            assertFalse(callers.isPool(implemented));
            assertTrue(HomeMadePool.open(() -> callers.isPool(implemented)), type.getName());
        }
    }

    @Test
    void isPool_looksDeepIntoTheStack() {
        assertTrue(HomeMadePool.openDeeply(30, () -> callers.isPool(PGSimpleDataSource.class)));
        assertFalse(
                HomeMadePool.openDeeply(100, () -> callers.isPool(PGSimpleDataSource.class)), "but no pool is there");
    }
}
