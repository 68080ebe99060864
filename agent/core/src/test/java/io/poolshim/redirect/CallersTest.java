package io.poolshim.redirect;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.example.HomeMadePool;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Collections;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGConnectionPoolDataSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.xa.PGXADataSource;

class CallersTest {
    private interface TracedDataSource extends DataSource {}

    private final Callers callers = new Callers(Collections.singletonList("com.example.HomeMadePool"));

    @Test
    void isPool_byTheNameOfTheClass() throws ClassNotFoundException {
        assertTrue(callers.isPool(Class.forName("com.zaxxer.hikari.util.DriverDataSource")));
        assertTrue(callers.isPool(PGConnectionPoolDataSource.class));
        assertTrue(callers.isPool(PGXADataSource.class));
        assertTrue(callers.isPool(HomeMadePool.class), "the user's own glob");
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
    void isPool_anyDataSourceBelowAPool() {
        ClassLoader loader = getClass().getClassLoader();
        for (Class<?> type : Arrays.asList(DataSource.class, TracedDataSource.class)) {
            Class<?> implemented = Proxy.newProxyInstance(loader, new Class<?>[] {type}, (p, m, a) -> null)
                    .getClass();
            assertFalse(callers.isPool(implemented));
            assertTrue(HomeMadePool.open(() -> callers.isPool(implemented)), type.getName());
        }
    }

    @Test
    void isPool_looksDeepIntoTheStack() {
        assertTrue(HomeMadePool.openDeeply(30, () -> callers.isPool(PGSimpleDataSource.class)));
    }
}
