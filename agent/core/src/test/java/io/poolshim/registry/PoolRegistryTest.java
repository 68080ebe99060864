package io.poolshim.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.poolshim.config.Config;
import io.poolshim.jdbc.ConnectRequest;
import io.poolshim.pool.AgentThreads;
import io.poolshim.pool.BorrowRecord;
import io.poolshim.pool.ConnectionPool;
import io.poolshim.pool.Physical;
import io.poolshim.pool.PoolListener;
import io.poolshim.wrap.PooledDriver;
import java.util.Collections;
import java.util.Properties;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PoolRegistryTest {
    private final ScheduledThreadPoolExecutor scheduler = AgentThreads.scheduler();
    private final PoolRegistry registry = new PoolRegistry(
            Config.read(new Properties(), Collections.emptyMap(), null), scheduler, new PoolListener() {}, () -> {});
    private final PooledDriver driver = Drivers.knowing(String.class, "user", "password");

    @AfterEach
    void end() {
        scheduler.shutdownNow();
    }

    private static Physical open() {
        throw new IllegalStateException("no server");
    }

    private ConnectionPool pool(String url) {
        return registry.pool(driver, new ConnectRequest(url, new Properties(), null));
    }

    @Test
    void pool_givesOnePoolPerLogin() {
        ConnectionPool pool = pool("jdbc:postgresql://host/a?user=me");
        assertSame(pool, pool("jdbc:postgresql://host/a?user=me"));
        assertNotSame(pool, pool("jdbc:postgresql://host/b?user=me"));
        assertEquals("me@host:5432/a", pool.name());
        assertEquals(2, registry.all().size());
    }

    @Test
    void pool_hasTheSettingsOfItsUrlAndUser() {
        String settings = "pool.max-size=4,pool.orders.url=jdbc:postgresql:*/orders*,pool.orders.max-size=7"
                + ",pool.batch.url=jdbc:postgresql:*/orders*,pool.batch.user=batch,pool.batch.max-size=1";
        PoolRegistry own = new PoolRegistry(
                Config.read(new Properties(), Collections.emptyMap(), settings),
                scheduler,
                new PoolListener() {},
                () -> {});
        String orders = "jdbc:postgresql://host/orders";
        Properties batch = new Properties();
        batch.setProperty("user", "batch");
        assertEquals(7, size(own, orders, new Properties()));
        assertEquals(1, size(own, orders, batch));
        assertEquals(7, size(own, orders + "?user=me", batch), "the URL wins");
        assertEquals(4, size(own, "jdbc:postgresql://host/other", batch));
    }

    private int size(PoolRegistry own, String url, Properties info) {
        return own.pool(driver, new ConnectRequest(url, info, null)).maxSize();
    }

    @Test
    void pool_makesANewPoolInThePlaceOfARetiredOne() throws Exception {
        ConnectionPool pool = pool("jdbc:postgresql://host/a");
        try {
            pool.borrow(new BorrowRecord(pool, PoolRegistryTest::open, "test"), 0);
        } catch (IllegalStateException expected) {
            assertTrue(pool.retireIfUnused(0), "its only user is gone");
        }
        ConnectionPool next = pool("jdbc:postgresql://host/a");
        assertNotSame(pool, next);
        assertEquals(Collections.singletonList(next.statistics()), registry.all());
    }

    @Test
    void constructor_startsTheHousekeeping() {
        assertEquals(1, scheduler.getQueue().size());
    }
}
