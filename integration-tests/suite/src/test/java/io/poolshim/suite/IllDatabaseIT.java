package io.poolshim.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.poolshim.programs.Recorded;
import io.poolshim.testbed.Await;
import io.poolshim.testbed.ChildJvm;
import io.poolshim.testbed.Jdk;
import io.poolshim.testbed.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What can be had when the database is ill, by real outages: docs/outages.md. */
class IllDatabaseIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Path WORK = Lab.workFolder("ill-database");
    private static final String SELECT = "once SELECT 1";
    private static final String WRITE = "once INSERT INTO written VALUES (1) RETURNING i";
    private static final String PID = " SELECT pg_backend_pid()";
    private static PostgresServer server;

    @BeforeAll
    static void start() {
        server = Lab.withUsers(PostgresServer.start());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Remote pooled(String database, Map<String, String> settings) {
        return Remote.pooled(server, Lab.freshDatabase(server, database), settings);
    }

    /** The processes of two connections, both of which are idle afterwards. */
    private static List<String> pids(Remote remote) {
        List<String> pids = new ArrayList<>();
        remote.ask("one", "open a");
        remote.ask("two", "open b");
        pids.add(remote.ask("one", "query a" + PID));
        pids.add(remote.ask("two", "query b" + PID));
        remote.ask("one", "close a");
        remote.ask("two", "close b");
        return pids;
    }

    private static void readOnly(String onOrOff) {
        try {
            server.execute("ALTER SYSTEM SET default_transaction_read_only = " + onOrOff, "SELECT pg_reload_conf()");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void serverThatBecameReadOnly_getsConnectionsOpenedAnew() {
        try (Remote remote = pooled("read_only", Map.of())) {
            remote.ask("one", "once CREATE TABLE written AS SELECT 1 AS i");
            List<String> before = pids(remote);
            assertEquals(
                    before.stream().sorted().toList(),
                    pids(remote).stream().sorted().toList());
            readOnly("on");
            Await.until(
                    "writes are refused",
                    PATIENCE,
                    () -> remote.ask("one", WRITE).contains("[25006/"));
            readOnly("off");
            Await.until(
                    "writes are taken", PATIENCE, () -> remote.ask("one", WRITE).equals("1"));
            List<String> after = pids(remote);
            after.retainAll(before);
            assertEquals(List.of(), after);
            remote.end().mustBeClean().mustHavePooled();
        }
    }

    @Test
    void transactionThatReadsOnly_asItAskedTo_changesNothing() {
        try (Remote remote = pooled("asked", Map.of())) {
            remote.ask("one", "once CREATE TABLE written AS SELECT 1 AS i");
            List<String> before = pids(remote).stream().sorted().toList();
            String failure = remote.ask("one", "once BEGIN READ ONLY; INSERT INTO written VALUES (1)");
            assertTrue(failure.contains("[25006/"), failure);
            assertEquals(before, pids(remote).stream().sorted().toList());
            remote.end().mustBeClean();
        }
    }

    @Test
    void restart_ofABusyServerIsOverAsSoonAsUnpooled() {
        for (boolean withAgent : new boolean[] {false, true}) {
            String database = Lab.freshDatabase(server, "busy");
            try (Remote remote =
                    withAgent ? Remote.pooled(server, database, Map.of()) : Remote.unpooled(server, database)) {
                for (int round = 0; round < 2; round++) {
                    for (String end : many(remote)) {
                        assertEquals("{ok=20}", end, withAgent ? "pooled" : "unpooled");
                    }
                    server.restartImmediate();
                }
                remote.end().child().mustSucceed();
            }
        }
    }

    private static List<String> many(Remote remote) {
        List<String> threads = List.of("one", "two", "three", "four");
        threads.forEach(thread -> remote.tell(thread, "many 20 SELECT 1"));
        return threads.stream().map(thread -> remote.answer(thread).text()).toList();
    }

    @Test
    void login_isTriedAgainUntilTheServerIsBack() {
        Map<String, String> settings =
                Map.of("pool.retries", "1000", "pool.retry-delay", "5ms", "pool.retry-max-delay", "50ms");
        try (Remote remote = pooled("retried", settings)) {
            assertEquals("1", remote.ask("one", SELECT));
            server.stop();
            try {
                remote.tell("one", SELECT);
            } finally {
                server.startAgain();
            }
            assertEquals("1", remote.answer("one").text());
            remote.end().mustBeClean();
        }
    }

    @Test
    void breaker_failsAtOnceWithTheLastCauseAndWritesAnIncident() throws IOException {
        Path incidents = WORK.resolve("breaker.json");
        Map<String, String> settings =
                Map.of("breaker.failures", "2", "breaker.delay", "1h", "incidents", incidents.toString());
        try (Remote remote = pooled("broken", settings)) {
            remote.ask("one", SELECT);
            server.stop();
            try {
                String refused = remote.ask("one", SELECT);
                assertTrue(refused.startsWith("org.postgresql.util.PSQLException [08001/"), refused);
                remote.ask("two", SELECT);
                String broken = remote.ask("one", SELECT);
                assertTrue(broken.startsWith("java.sql.SQLTransientConnectionException [08001/0]"), broken);
                assertTrue(broken.contains(" <- " + refused.split(" <- ", 2)[0]), broken);
            } finally {
                server.startAgain();
            }
            JsonObject incident = incident(incidents);
            assertEquals("breaker-open", incident.get("cause").getAsString());
            assertEquals("open", incident.get("breaker").getAsString());
            assertEquals("08001", incident.get("sqlstate").getAsString());
            assertTrue(events(incident).contains("login-failed"), incident::toString);
            remote.end().mustBeClean();
        }
    }

    @Test
    void exhaustion_isWrittenWithTheHoldersAndNoSecret() throws IOException {
        Path incidents = WORK.resolve("exhausted.json");
        Map<String, String> settings = Map.of(
                "pool.max-size",
                "1",
                "pool.overflow",
                "0",
                "pool.borrow-timeout",
                "100ms",
                "incidents",
                incidents.toString());
        try (Remote remote = pooled("exhausted", settings)) {
            remote.ask("holder", "open a");
            remote.ask("holder", "query a SELECT 'a secret'");
            assertEquals("1", remote.ask("two", SELECT));
            JsonObject incident = incident(incidents);
            assertEquals("borrow-timeout", incident.get("cause").getAsString());
            JsonObject holder = holder(incident, "holder");
            assertTrue(holder.get("stack").toString().contains("java.lang.Thread.run"), holder::toString);
            assertTrue(events(incident).contains("timed-out"), incident::toString);
            assertFalse(incident.toString().contains("secret"), incident::toString);
            assertFalse(incident.toString().contains(Lab.PASSWORD), incident::toString);
            remote.tell("three", SELECT);
            assertNotEquals("", remote.answer("three").text());
            remote.end().mustBeClean();
            assertEquals(1, Files.readAllLines(incidents).size(), "once a minute");
        }
    }

    private static JsonObject incident(Path file) throws IOException {
        Await.until("there is an incident", PATIENCE, () -> isLine(file));
        return new Gson().fromJson(Files.readAllLines(file).get(0), JsonObject.class);
    }

    private static boolean isLine(Path file) {
        try {
            return Files.exists(file) && Files.readString(file).endsWith("\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whoever timed out may have a connection of its own by now. */
    private static JsonObject holder(JsonObject incident, String thread) {
        for (JsonElement holder : incident.getAsJsonArray("holders")) {
            if (holder.getAsJsonObject().get("thread").getAsString().equals(thread)) {
                return holder.getAsJsonObject();
            }
        }
        throw new AssertionError(incident);
    }

    private static List<String> events(JsonObject incident) {
        JsonArray events = incident.getAsJsonArray("events");
        List<String> names = new ArrayList<>();
        events.forEach(event -> names.add(event.getAsJsonObject().get("event").getAsString()));
        return names;
    }

    static List<Jdk> jdks() {
        return Lab.currentUnlessFull("flight recorder");
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void flightRecorder_getsWaitsAndIncidents(Jdk jdk) throws IOException {
        Path recording = WORK.resolve("recorded-" + jdk.major() + ".jfr");
        Path report = WORK.resolve("recorded.json");
        ChildJvm child = Lab.settings(ChildJvm.on(jdk), server, Lab.freshDatabase(server, "recorded"))
                .classPath(Lab.programs(), Lab.driver())
                .mainClass(Recorded.class.getName())
                .jvmArgs("-XX:StartFlightRecording=filename=" + recording)
                .property("poolshim.pool.max-size", 1)
                .property("poolshim.pool.overflow", 0)
                .property("poolshim.pool.borrow-timeout", "100ms")
                .property("poolshim.incidents", WORK.resolve("recorded-%p.json"));
        AgentRun.of(AgentRun.equip(child, report), report).mustBeClean();
        Map<String, RecordedEvent> events = RecordingFile.readAllEvents(recording).stream()
                .filter(event -> event.getEventType().getName().startsWith("poolshim."))
                .collect(Collectors.toMap(event -> event.getEventType().getName(), event -> event));
        RecordedEvent borrow = events.get("poolshim.Borrow");
        assertTrue(borrow.getString("place").startsWith("io.poolshim.programs."), borrow::toString);
        assertTrue(borrow.getString("pool").endsWith("/recorded"), borrow::toString);
        assertTrue(borrow.getDuration().toMillis() >= 100, borrow::toString);
        assertEquals("borrow-timeout", events.get("poolshim.Incident").getString("cause"));
    }
}
