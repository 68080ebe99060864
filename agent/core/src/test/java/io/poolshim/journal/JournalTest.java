package io.poolshim.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.poolshim.config.Config;
import io.poolshim.config.ConfigException;
import io.poolshim.jdbc.DriverFailure;
import io.poolshim.jdbc.Login;
import io.poolshim.log.JsonReader;
import io.poolshim.log.Log;
import io.poolshim.pool.AgentThreads;
import io.poolshim.pool.BorrowRecord;
import io.poolshim.pool.ConnectionPool;
import io.poolshim.pool.HealthyPhysical;
import io.poolshim.pool.Neighbourhood;
import io.poolshim.pool.Physical;
import io.poolshim.pool.PoolListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
    private static final long PATIENCE = 30_000; // ms

    @TempDir
    Path folder;

    private final ScheduledThreadPoolExecutor scheduler = AgentThreads.scheduler();
    private final Heard next = new Heard();
    private Journal journal;
    private ConnectionPool pool;
    private RuntimeException refusal;

    @AfterEach
    void end() {
        scheduler.shutdownNow();
        Log.onSwallowed((doing, error) -> {});
    }

    private static Config config(String settings) {
        return Config.read(new Properties(), Collections.emptyMap(), settings);
    }

    private Journal journal(Config config) {
        return Journal.inFrontOf(next, config, sql -> sql, record -> (String) record.attachment);
    }

    private void start(String settings) {
        Config config = config(
                settings + ",pool.keep-from=1,pool.max-size=1,pool.overflow=0,log-file=" + folder.resolve("a.log"));
        journal = journal(config);
        Login login = new Login("me", Collections.singletonList("here:5432"), "db", 0);
        PoolListener listener = journal;
        pool = new ConnectionPool(login, config, scheduler, listener, new Neighbourhood(100, () -> {}));
        next.events.clear();
    }

    private BorrowRecord borrow() throws SQLException {
        BorrowRecord record = new BorrowRecord(pool, this::open, "legacy.Dao");
        assertTrue(pool.borrow(record, 0));
        return record;
    }

    private Physical open() {
        if (refusal != null) {
            throw refusal;
        }
        return new HealthyPhysical();
    }

    private void run(BorrowRecord record, Throwable thrown) {
        journal.ended(journal.started(record, "SELECT 1", 0), thrown);
    }

    private void giveBack(BorrowRecord record) {
        assertTrue(record.tryClose());
        pool.giveBack(record, null);
    }

    private List<Map<String, Object>> lines() throws IOException {
        journal.flush(PATIENCE);
        Path file = folder.resolve("a.log");
        List<Map<String, Object>> lines = new ArrayList<>();
        for (String line : Files.exists(file) ? Files.readAllLines(file) : Collections.<String>emptyList()) {
            lines.add(JsonReader.object(line));
        }
        return lines;
    }

    private List<Object> events() throws IOException {
        List<Object> events = new ArrayList<>();
        for (Map<String, Object> line : lines()) {
            events.add(line.get("event"));
        }
        return events;
    }

    @Test
    void noLog_isNoListener() {
        assertNull(journal(config("log-file=" + folder.resolve("a.log"))));
    }

    @Test
    void logsOfEverything_needAFile() {
        for (String settings : Arrays.asList("audit-log=on", "slow-query=0s", "audit-log=on,slow-query=1s")) {
            ConfigException thrown = assertThrows(ConfigException.class, () -> journal(config(settings)));
            assertTrue(thrown.getMessage().contains("poolshim.log-file"), thrown.getMessage());
        }
    }

    @Test
    void everythingHeard_isPassedOn() throws SQLException {
        start("audit-log=on");
        journal.created(pool);
        BorrowRecord record = borrow();
        run(record, null);
        journal.sent(record, "COPY");
        giveBack(record);
        pool.end();
        refusal = new DriverFailure(new SQLException("refused", "28P01"));
        assertThrows(DriverFailure.class, this::borrow);
        journal.timedOut(record, 0);
        journal.reclaimed(record);
        journal.retired(pool);
        assertEquals(
                Arrays.asList(
                        "created",
                        "opened",
                        "borrowed",
                        "started",
                        "ended SELECT 1",
                        "sent COPY",
                        "returned",
                        "evicted",
                        "borrowFailed",
                        "timedOut",
                        "reclaimed",
                        "retired"),
                next.events);
    }

    @Test
    void audit_hasEachStepOfALoan() throws Exception {
        start("audit-log=on");
        BorrowRecord record = borrow();
        run(record, null);
        giveBack(record);
        assertEquals(Arrays.asList("borrow", "statement", "return"), events());
        for (Map<String, Object> line : lines()) {
            assertEquals("here:5432/db", line.get("pool"));
            assertEquals("me", line.get("user"));
            assertEquals(Thread.currentThread().getName(), line.get("thread"));
            assertEquals("trace-1", line.get("trace_id"), "also of the return, after which it is gone");
            assertEquals(Collections.singletonList("audit"), line.get("logs"));
        }
        assertEquals(false, lines().get(2).get("evicted"));
    }

    @Test
    void slowQueries_areThoseThatTookLong() throws Exception {
        start("slow-query=1h");
        BorrowRecord record = borrow();
        run(record, null);
        run(record, new SQLException("failed"));
        assertEquals(Collections.emptyList(), events());
    }

    @Test
    void slowQueries_ofNoTimeAreAll() throws Exception {
        start("slow-query=0s");
        BorrowRecord record = borrow();
        run(record, null);
        journal.ended(journal.started(record, "INSERT", 3), new SQLException("failed", "23505"));
        journal.sent(record, "COPY");
        giveBack(record);
        assertEquals(Arrays.asList("statement", "batch", "sent"), events());
        assertEquals(3.0, lines().get(1).get("batch_size"));
        assertEquals("23505", lines().get(1).get("sqlstate"));
    }

    @Test
    void errors_areWhatFailed() throws Exception {
        start("error-log=on,pool.limit=hard,pool.borrow-timeout=20ms");
        BorrowRecord record = borrow();
        run(record, null);
        run(record, new SQLException("failed", "42601"));
        assertThrows(SQLTransientConnectionException.class, this::borrow);
        assertTrue(record.tryClose());
        pool.reclaim(record);
        refusal = new DriverFailure(new SQLException("refused", "28P01"));
        assertThrows(DriverFailure.class, this::borrow);
        Log.swallowed("testing the journal", new IllegalStateException("secret"));
        assertEquals(
                Arrays.asList("statement", "borrow-timeout", "leak-reclaimed", "login-failed", "swallowed"), events());
        assertEquals("legacy.Dao", lines().get(2).get("call_site"));
        assertEquals("testing the journal", lines().get(4).get("doing"));
        assertFalse(lines().toString().contains("secret"));
    }

    @Test
    void trouble_isNotTheApplications() throws Exception {
        start("audit-log=on");
        long before = Log.swallowedCount();
        BorrowRecord record = borrow();
        assertEquals(Collections.singletonList("borrow"), events());
        record.attachment = 17; // no text
        run(record, null);
        giveBack(record);
        assertEquals(before + 2, Log.swallowedCount());
        assertEquals(2, journal.dropped());
        double told = 0; // in one line or in two
        for (Map<String, Object> line : lines()) {
            told += line.get("event").equals("dropped") ? (Double) line.get("count") : 0;
        }
        assertEquals(2, told);
    }
}
