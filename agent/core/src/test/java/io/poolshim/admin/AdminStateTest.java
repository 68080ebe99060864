package io.poolshim.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.poolshim.config.Config;
import io.poolshim.jdbc.ConnectRequest;
import io.poolshim.jdbc.DriverFailure;
import io.poolshim.log.JsonReader;
import io.poolshim.log.JsonWriter;
import io.poolshim.pool.AgentThreads;
import io.poolshim.pool.BorrowRecord;
import io.poolshim.pool.ConnectionPool;
import io.poolshim.pool.HealthyPhysical;
import io.poolshim.pool.Opener;
import io.poolshim.pool.PoolListener;
import io.poolshim.redirect.PassThrough;
import io.poolshim.registry.Drivers;
import io.poolshim.registry.PoolRegistry;
import io.poolshim.wrap.QueryListener;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is told of pools, second by second, as the test says when one has passed. */
class AdminStateTest {
    private static final class Deaf implements PoolListener, QueryListener {
        @Override
        public Object started(BorrowRecord record, String sql, int batchSize) {
            return null;
        }

        @Override
        public void ended(Object token, Throwable thrown) {}
    }

    private final ScheduledThreadPoolExecutor scheduler = AgentThreads.scheduler();
    private final Config config =
            Config.read(new Properties(), Collections.emptyMap(), "pool.keep-from=1,admin.probe=0s,admin.token=secret");
    private final AdminState state =
            new AdminState(config, new Deaf(), new PassThrough(), sql -> sql.replaceAll("'[^']*'", "?"));
    private final PoolRegistry registry = new PoolRegistry(config, scheduler, state.watches(), () -> {});
    private final ConnectionPool pool = registry.pool(
            Drivers.knowing(String.class, "user"),
            new ConnectRequest("jdbc:postgresql://host/orders?user=me", null, null));

    @AfterEach
    void end() {
        scheduler.shutdownNow();
    }

    private BorrowRecord borrow(Opener opener) throws SQLException {
        BorrowRecord record = new BorrowRecord(pool, opener, "legacy.Dao");
        assertTrue(pool.borrow(record, 0));
        return record;
    }

    private void giveBack(BorrowRecord record) {
        assertTrue(record.tryClose());
        pool.giveBack(record, null);
    }

    private void fail(String sqlState) throws SQLException {
        try {
            borrow(() -> {
                throw new DriverFailure(new SQLException("host is secret", sqlState));
            });
        } catch (DriverFailure expected) {
            return;
        }
        throw new AssertionError("it was to fail");
    }

    private Map<String, Object> health() {
        state.tick();
        return JsonReader.object(state.health());
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> poolTold(boolean everything) {
        List<Object> pools =
                (List<Object>) JsonReader.object(state.pools(everything)).get("pools");
        assertEquals(1, pools.size());
        return (Map<String, Object>) pools.get(0);
    }

    @Test
    void health_isUnknownUntilSomebodyHasAskedForAConnection() throws SQLException {
        assertEquals("unknown", health().get("status"));
        giveBack(borrow(HealthyPhysical::new));
        assertEquals("healthy", health().get("status"));
    }

    @Test
    void health_followsTheLoginsOfTheLastSeconds() throws SQLException {
        fail("08001");
        Map<String, Object> ill = health();
        assertEquals("unhealthy", ill.get("status"));
        assertTrue(String.valueOf(ill.get("reason")).contains("08001"), ill::toString);
        assertFalse(ill.toString().contains("secret"), ill::toString);
        giveBack(borrow(HealthyPhysical::new));
        Map<String, Object> better = health();
        assertEquals("degraded", better.get("status"));
        assertTrue(String.valueOf(better.get("reason")).contains("50.0 %"), better::toString);
        for (int second = 0; second < 60; second++) {
            state.tick();
        }
        assertEquals("healthy", health().get("status"));
    }

    @Test
    void health_isNotHurtByWrongPasswords() throws SQLException {
        fail("28P01");
        assertEquals("unknown", health().get("status"));
        BorrowRecord held = borrow(HealthyPhysical::new);
        fail("28000");
        assertEquals("healthy", health().get("status"));
        giveBack(held);
    }

    @Test
    void health_hearsWhatOthersHaveFound() throws SQLException {
        giveBack(borrow(HealthyPhysical::new));
        AtomicReference<Finding> finding = new AtomicReference<>(new Finding(Status.UNHEALTHY, "the breaker is open"));
        state.alsoHealth(of -> finding.get());
        assertEquals("unhealthy", health().get("status"));
        finding.set(null);
        assertEquals("healthy", health().get("status"));
    }

    @Test
    void holders_areForThoseWithTheToken() throws SQLException {
        BorrowRecord record = borrow(HealthyPhysical::new);
        assertFalse(poolTold(false).containsKey("holders"));
        String holders = String.valueOf(poolTold(true).get("holders"));
        assertTrue(holders.contains("legacy.Dao"), holders);
        giveBack(record);
    }

    @Test
    void statements_areCountedAndTheSlowOnesAreShownWithoutLiterals() throws SQLException {
        BorrowRecord record = borrow(HealthyPhysical::new);
        PoolWatches watches = state.watches();
        for (String sql : new String[] {"SELECT 'a'", "SELECT 'b'"}) {
            Object token = watches.started(record, sql, 0);
            long end = System.nanoTime() + 2_000_000; // less is of no interest
            while (System.nanoTime() < end) {
                Thread.yield();
            }
            watches.ended(token, sql.contains("a") ? new SQLException("value", "22012") : null);
        }
        assertEquals(2.0, poolTold(false).get("statements"));
        assertEquals(1.0, poolTold(false).get("errors"));
        state.tick();
        JsonWriter page = new JsonWriter().object();
        state.append(page, true);
        String told = page.endObject().toString();
        assertEquals(2, told.split("\"statement\":\"SELECT \\?\"", -1).length, told);
        assertTrue(told.contains("\"count\":2,\"worstMillis\":"), told);
        assertTrue(told.contains("statements failed, the last with 22012 java.sql.SQLException"), told);
        giveBack(record);
    }
}
