package io.poolshim.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.poolshim.config.Config;
import io.poolshim.jdbc.ConnectRequest;
import io.poolshim.pool.AgentThreads;
import io.poolshim.pool.ConnectionPool;
import io.poolshim.pool.PoolListener;
import io.poolshim.pool.PoolMode;
import io.poolshim.wrap.PooledDriver;
import java.util.Collections;
import java.util.Properties;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PoolControlsTest {
    private static final String SECTION = "pool.orders.url=jdbc:postgresql://host/orders*,";

    private final ScheduledThreadPoolExecutor scheduler = AgentThreads.scheduler();
    private final PooledDriver driver = Drivers.knowing(String.class, "user", "password");

    @AfterEach
    void end() {
        scheduler.shutdownNow();
    }

    private static Config config(String settings) {
        return Config.read(new Properties(), Collections.emptyMap(), settings);
    }

    private PoolRegistry registry(String settings) {
        return new PoolRegistry(config(settings), scheduler, new PoolListener() {}, () -> {});
    }

    private ConnectionPool pool(PoolRegistry registry, String database) {
        ConnectRequest request =
                new ConnectRequest("jdbc:postgresql://host/" + database + "?user=me", new Properties(), null);
        return registry.pool(driver, request);
    }

    @Test
    void resize_isOfThePoolsOfThatNameAndOfThoseThatComeLater() {
        PoolRegistry registry = registry("");
        ConnectionPool orders = pool(registry, "orders");
        ConnectionPool stock = pool(registry, "stock");
        assertEquals(1, registry.controls().resize(orders.name(), 60));
        assertEquals(60, orders.maxSize());
        assertEquals(10, stock.maxSize());
        assertTrue(orders.retireIfUnused(-1));
        ConnectionPool again = pool(registry, "orders");
        assertNotSame(orders, again);
        assertEquals(60, again.maxSize());
    }

    @Test
    void suspend_ofAllVoidsWhatWasSaidOfSome() {
        PoolRegistry registry = registry("");
        ConnectionPool orders = pool(registry, "orders");
        registry.controls().suspend(orders.name(), true);
        assertTrue(orders.isSuspended());
        assertFalse(pool(registry, "stock").isSuspended());
        assertEquals(2, registry.controls().suspend(null, false));
        assertFalse(orders.isSuspended());
        registry.controls().suspend(null, true);
        assertTrue(pool(registry, "returns").isSuspended());
    }

    @Test
    void isOff_ifAllAreThoseToComeIncluded() {
        PoolRegistry registry = registry("");
        ConnectionPool orders = pool(registry, "orders");
        assertFalse(registry.controls().isOff());
        registry.controls().mode(orders.name(), PoolMode.OFF);
        assertFalse(registry.controls().isOff());
        registry.controls().mode(null, PoolMode.OFF);
        assertTrue(registry.controls().isOff());
        assertEquals(PoolMode.OFF, registry.controls().mode());
        registry.controls().mode(orders.name(), PoolMode.POOL);
        assertFalse(registry.controls().isOff());
        assertEquals(PoolMode.POOL, orders.mode());
        assertEquals(PoolMode.OFF, pool(registry, "stock").mode());
    }

    @Test
    void mode_ofASectionIsThatOfItsPools() {
        PoolRegistry registry = registry(SECTION + "mode=off,pool.orders.mode=pool");
        assertFalse(registry.controls().isOff());
        assertEquals(PoolMode.POOL, pool(registry, "orders2").mode());
        assertEquals(PoolMode.OFF, pool(registry, "stock").mode());
        registry.controls().mode(null, PoolMode.OFF);
        assertTrue(registry.controls().isOff());
        assertEquals(PoolMode.OFF, pool(registry, "orders2").mode());
    }

    @Test
    void reconfigure_reachesPoolsThereAreAndThoseToCome() {
        PoolRegistry registry = registry("pool.max-size=5");
        ConnectionPool orders = pool(registry, "orders");
        ConnectionPool stock = pool(registry, "stock");
        registry.controls().reconfigure(config(SECTION + "pool.max-size=6,pool.orders.max-size=70,mode=off"));
        assertEquals(70, orders.maxSize());
        assertEquals(6, stock.maxSize());
        assertEquals(6, pool(registry, "returns").maxSize());
        assertTrue(registry.controls().isOff());
        assertEquals(PoolMode.OFF, stock.mode());
    }

    @Test
    void reconfigure_voidsWhatWasSaidOnlyWhereTheSettingsDiffer() {
        PoolRegistry registry = registry("pool.max-size=5");
        ConnectionPool orders = pool(registry, "orders");
        registry.controls().resize(null, 7);
        registry.controls().mode(null, PoolMode.OFF);
        registry.controls().reconfigure(config("pool.max-size=5,pool.min-idle=2"));
        assertEquals(7, orders.maxSize());
        assertEquals(2, orders.minIdle());
        assertEquals(PoolMode.OFF, orders.mode());
        registry.controls().reconfigure(config("pool.max-size=6,mode=off"));
        assertEquals(6, orders.maxSize());
        registry.controls().reconfigure(config("pool.max-size=6,mode=pool"));
        assertEquals(PoolMode.POOL, orders.mode());
        assertFalse(registry.controls().isOff());
    }
}
