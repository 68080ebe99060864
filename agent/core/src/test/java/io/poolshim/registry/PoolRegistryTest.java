package io.poolshim.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.poolshim.config.Config;
import io.poolshim.jdbc.ConnectRequest;
import io.poolshim.pool.AgentThreads;
import io.poolshim.pool.ConnectionPool;
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

    private ConnectionPool enter(String url) {
        return registry.enter(driver, new ConnectRequest(url, new Properties(), null));
    }

    @Test
    void enter_givesOnePoolPerLogin() {
        ConnectionPool pool = enter("jdbc:postgresql://host/a?user=me");
        assertSame(pool, enter("jdbc:postgresql://host/a?user=me"));
        assertNotSame(pool, enter("jdbc:postgresql://host/b?user=me"));
        assertEquals("me@host:5432/a", pool.name());
        assertEquals(2, registry.all().size());
    }

    @Test
    void enter_makesANewPoolInThePlaceOfARetiredOne() throws Exception {
        ConnectionPool pool = enter("jdbc:postgresql://host/a");
        try {
            pool.borrow(
                    () -> {
                        throw new IllegalStateException("no server");
                    },
                    "test",
                    0);
        } catch (IllegalStateException expected) {
            assertTrue(pool.retireIfUnused(0), "its only user is gone");
        }
        ConnectionPool next = enter("jdbc:postgresql://host/a");
        assertNotSame(pool, next);
        assertEquals(Collections.singletonList(next.statistics()), registry.all());
    }

    @Test
    void constructor_startsTheHousekeeping() {
        assertEquals(1, scheduler.getQueue().size());
    }
}
