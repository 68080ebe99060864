package io.poolshim.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.poolshim.config.Config;
import io.poolshim.jdbc.DriverFailure;
import io.poolshim.jdbc.Login;
import io.poolshim.log.JsonReader;
import io.poolshim.pool.AgentThreads;
import io.poolshim.pool.BorrowRecord;
import io.poolshim.pool.ConnectionPool;
import io.poolshim.pool.Eventually;
import io.poolshim.pool.Eviction;
import io.poolshim.pool.HealthyPhysical;
import io.poolshim.pool.Neighbourhood;
import io.poolshim.pool.Physical;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class IncidentsTest {
    private final ScheduledThreadPoolExecutor scheduler = AgentThreads.scheduler();
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private volatile Runnable onWrite = () -> {};
    private final Incidents incidents = new Incidents((bytes, length) -> {
        onWrite.run();
        lines.add(new String(bytes, 0, length, StandardCharsets.UTF_8));
        return true;
    });
    private final ConnectionPool pool = pool("pool.max-size=1,pool.overflow=0,pool.borrow-timeout=20ms");
    private RuntimeException refusal;

    @AfterEach
    void end() {
        scheduler.shutdownNow();
    }

    private ConnectionPool pool(String settings) {
        return new ConnectionPool(
                new Login("me", Collections.singletonList("here:5432"), "db", 0),
                config(settings),
                scheduler,
                incidents,
                new Neighbourhood(100, () -> {}));
    }

    private static Config config(String settings) {
        return Config.read(new Properties(), Collections.emptyMap(), settings);
    }

    private BorrowRecord borrow() throws SQLException {
        BorrowRecord record = new BorrowRecord(pool, this::open, "legacy.Dao");
        pool.borrow(record, 0);
        return record;
    }

    private Physical open() {
        if (refusal != null) {
            throw refusal;
        }
        return new HealthyPhysical();
    }

    private void refuse(int times) {
        refusal = new DriverFailure(new SQLException("a secret", "08001"));
        for (int i = 0; i < times; i++) {
            assertThrows(DriverFailure.class, this::borrow);
        }
    }

    private Map<String, Object> incident() {
        Eventually.holds("an incident", () -> !lines.isEmpty());
        assertEquals(1, lines.size());
        assertTrue(lines.get(0).endsWith("}\n"));
        return JsonReader.object(lines.get(0));
    }

    @SuppressWarnings("unchecked") // it is an array of objects
    private static List<Map<String, Object>> array(Object json) {
        return (List<Map<String, Object>>) json;
    }

    private static List<Object> events(Map<String, Object> incident) {
        List<Object> events = new ArrayList<>();
        array(incident.get("events")).forEach(event -> events.add(event.get("event")));
        return events;
    }

    @Test
    void noFile_noIncidents() {
        assertNull(Incidents.of(config("pool.max-size=1")));
    }

    @Test
    void timeout_isTellingWhoHoldsConnections() throws Exception {
        borrow();
        Eventually.result(Eventually.inAnotherThread(this::borrow));
        Map<String, Object> incident = incident();
        assertEquals("borrow-timeout", incident.get("cause"));
        assertEquals("me@here:5432/db", incident.get("pool"));
        String here = Thread.currentThread().getName();
        Map<String, Object> holder = array(incident.get("holders")).stream()
                .filter(one -> here.equals(one.get("thread"))) // the other one may have its own by now
                .findFirst()
                .orElseThrow(AssertionError::new);
        assertEquals("legacy.Dao", holder.get("borrowed_by"));
        assertTrue(holder.get("stack").toString().contains("IncidentsTest.timeout_isTelling"), holder::toString);
        assertTrue(events(incident).contains("opened"), incident::toString);
        assertTrue(events(incident).contains("timed-out"), incident::toString);
    }

    @Test
    void failures_areOneIncidentOnceTheyComeInABurst() {
        incidents.evicted(pool, Eviction.DEAD);
        refuse(9);
        assertTrue(lines.isEmpty(), lines::toString);
        refuse(20);
        Map<String, Object> incident = incident();
        assertEquals("failures", incident.get("cause"));
        assertEquals("08001", incident.get("sqlstate"));
        assertEquals("off", incident.get("breaker"));
        assertTrue(events(incident).contains("evicted"), incident::toString);
        assertTrue(!lines.get(0).contains("secret"));
    }

    @Test
    void flush_waitsForWhatIsBeingWritten() {
        CountDownLatch goOn = new CountDownLatch(1);
        onWrite = () -> Eventually.holds("to go on", () -> goOn.getCount() == 0);
        refuse(10);
        incidents.flush(1); // gives up
        assertTrue(lines.isEmpty(), lines::toString);
        goOn.countDown();
        incidents.flush(60_000);
        assertEquals(1, lines.size());
    }

    @Test
    void recentEvents_areTheLastOnesInTheirOrder() {
        RecentEvents recent = new RecentEvents(4);
        for (int i = 0; i < 6; i++) {
            recent.add(new PoolEvent("e" + i, "p", null, -1));
        }
        List<String> names = new ArrayList<>();
        recent.since(0).forEach(event -> names.add(event.event));
        assertEquals("[e2, e3, e4, e5]", names.toString());
        assertEquals(0, recent.since(System.currentTimeMillis() + 1000).size());
    }
}
