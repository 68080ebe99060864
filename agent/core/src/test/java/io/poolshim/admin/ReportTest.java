package io.poolshim.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.poolshim.config.Config;
import io.poolshim.jdbc.ConnectRequest;
import io.poolshim.log.JsonReader;
import io.poolshim.pool.AgentThreads;
import io.poolshim.pool.BorrowRecord;
import io.poolshim.pool.ConnectionPool;
import io.poolshim.pool.HealthyPhysical;
import io.poolshim.pool.PoolListener;
import io.poolshim.redirect.PassThrough;
import io.poolshim.registry.Drivers;
import io.poolshim.registry.PoolRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {
    private final ScheduledThreadPoolExecutor scheduler = AgentThreads.scheduler();
    private final PoolRegistry registry = new PoolRegistry(
            Config.read(new Properties(), Collections.emptyMap(), "pool.keep-from=1"),
            scheduler,
            new PoolListener() {},
            () -> {});
    private final Report report = new Report(registry, new PassThrough(), () -> 3);
    private final Locale locale = Locale.getDefault();

    @AfterEach
    void end() {
        Locale.setDefault(locale);
        scheduler.shutdownNow();
    }

    private ConnectionPool enter(String database) {
        return registry.pool(
                Drivers.knowing(String.class, "user"),
                new ConnectRequest("jdbc:postgresql://host/" + database + "?user=me", null, null));
    }

    private void borrowAndReturn(String database) throws SQLException {
        ConnectionPool pool = enter(database);
        BorrowRecord record = new BorrowRecord(pool, HealthyPhysical::new, "test");
        assertTrue(pool.borrow(record, 0));
        record.tryClose();
        pool.giveBack(record, null);
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> only(List<?> pools) {
        assertEquals(1, pools.size());
        return (Map<String, Object>) pools.get(0);
    }

    @Test
    void json_isWellFormedWithoutPools() {
        Map<String, Object> json = JsonReader.object(report.json());
        assertTrue(json.get("swallowed") instanceof Number);
        assertEquals(3.0, json.get("droppedLogLines"));
        assertEquals(Collections.emptyMap(), json.get("passThrough"));
        assertEquals(Collections.emptyList(), json.get("pools"));
    }

    @Test
    void json_hasTheCountsOfEachPoolThatWasUsed() throws SQLException {
        Locale.setDefault(Locale.GERMANY); // who write 0,5
        enter("never-used");
        borrowAndReturn("orders");
        borrowAndReturn("orders");
        Map<String, Object> pool =
                only((List<?>) JsonReader.object(report.json()).get("pools"));
        assertEquals("me@host:5432/orders", pool.get("name"));
        assertEquals(2.0, pool.get("borrows"));
        assertEquals(1.0, pool.get("reused"));
        assertEquals(1.0, pool.get("opened"));
        assertEquals(0.0, pool.get("used"));
        assertEquals(1.0, pool.get("peak"));
        Map<?, ?> waits = (Map<?, ?>) pool.get("waitMicros");
        assertTrue((Double) waits.get("p50") <= (Double) waits.get("p99"));
        assertTrue((Double) waits.get("p99") <= (Double) waits.get("max"));
        assertTrue((Double) waits.get("max") > 0);
    }

    @Test
    void json_quotesWhatTheApplicationNames() throws SQLException {
        String odd = "a\"b\\c\u2028d\u20ac";
        borrowAndReturn(odd);
        Map<String, Object> pool =
                only((List<?>) JsonReader.object(report.json()).get("pools"));
        assertEquals("me@host:5432/" + odd, pool.get("name"));
    }

    @Test
    void writeTo_writesUtf8(@TempDir Path folder) throws Exception {
        borrowAndReturn("\u20ac");
        Path file = folder.resolve("report.json");
        report.writeTo(file.toString());
        String written = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        assertEquals(report.json(), written);
    }

    @Test
    void writeTo_survivesAFileThatCannotBeWritten(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("no/such/folder/report.json");
        report.writeTo(file.toString());
        report.writeTo("\0");
        assertFalse(Files.exists(file));
    }
}
