package io.poolshim.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.poolshim.suite.AdminClient.Answer;
import io.poolshim.testbed.PostgresServer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Health, statistics and control by HTTP, asked for from outside of an application that does what it is told. */
class AdminIT {
    private static final String SELECT = "once SELECT 'a-literal', pg_sleep(0.02)";
    private static PostgresServer server;

    @BeforeAll
    static void start() {
        server = Lab.withUsers(PostgresServer.start());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** An application, and the door to its agent. */
    private static final class Desk implements AutoCloseable {
        final AdminClient admin;
        final Remote application;

        Desk(String database, String... settings) throws Exception {
            int port = AdminClient.freePort();
            Map<String, String> all = new HashMap<>(Map.of("admin.port", String.valueOf(port)));
            for (int i = 0; i < settings.length; i += 2) {
                all.put(settings[i], settings[i + 1]);
            }
            application = Remote.pooled(server, Lab.freshDatabase(server, database), all);
            admin = new AdminClient(port);
            admin.await("the port is open", "/health/live", answer -> answer.status() == 200);
        }

        JsonObject pool() {
            JsonArray pools = JsonParser.parseString(admin.get("/pools").body())
                    .getAsJsonObject()
                    .getAsJsonArray("pools");
            assertEquals(1, pools.size(), pools::toString);
            return pools.get(0).getAsJsonObject();
        }

        Answer awaitHealth(String status) {
            return admin.await(
                    "health is " + status,
                    "/health",
                    answer -> answer.body().startsWith("{\"status\":\"" + status + "\""));
        }

        @Override
        public void close() {
            application.close();
        }
    }

    private static void tellLatencies(String when, Desk desk) {
        LongSummaryStatistics micros = LongStream.range(0, 200)
                .map(i -> desk.admin.get("/health").micros())
                .summaryStatistics();
        System.out.println("/health " + when + ": " + Math.round(micros.getAverage()) + " µs on average, at most "
                + micros.getMax() + " µs, with a connection for each request");
    }

    @Test
    void beforeTheFirstConnection_itIsUnknownAndReady() throws Exception {
        try (Desk desk = new Desk("admin_before")) {
            Answer health = desk.admin.get("/health");
            assertEquals(200, health.status());
            assertEquals("unknown", json(health).get("status").getAsString());
            assertEquals(200, desk.admin.get("/health/ready").status());
            assertEquals("{\"pools\":[]}\n", desk.admin.get("/pools").body());
            assertEquals(200, desk.admin.get("/metrics").status());
            assertTrue(desk.admin.get("/").body().startsWith("<!DOCTYPE html>"));
            desk.application.close();
        }
    }

    @Test
    void beforeTheFirstConnection_portOfAnArgumentIsOpenWithOrWithoutPrefix() throws Exception {
        for (String key : new String[] {"admin.port", "poolshim.admin.port"}) {
            int port = AdminClient.freePort();
            String database = Lab.freshDatabase(server, "admin_argument");
            try (Remote application = Remote.withArguments(server, database, "pool.max-size=3," + key + "=" + port)) {
                new AdminClient(port).await(key + " is open", "/health/live", answer -> answer.status() == 200);
                application.close();
            }
        }
    }

    private static JsonObject json(Answer answer) {
        return JsonParser.parseString(answer.body()).getAsJsonObject();
    }

    @Test
    void pools_andMetricsTellTheSameNumbers() throws Exception {
        try (Desk desk = new Desk("admin_numbers", "pool.keep-from", "1")) {
            for (int i = 0; i < 20; i++) {
                desk.application.ask("one", SELECT);
            }
            desk.application.ask("one", "once SELECT 1/0");
            Answer health = desk.awaitHealth("healthy");
            assertEquals(200, health.status());
            JsonObject pool = desk.pool();
            assertEquals(21, pool.get("borrows").getAsInt(), pool::toString);
            assertEquals(21, pool.get("statements").getAsInt(), pool::toString);
            assertEquals(1, pool.get("errors").getAsInt(), pool::toString);
            assertEquals(10, pool.get("maxSize").getAsInt());
            assertEquals(0, pool.get("pending").getAsInt());
            assertTrue(pool.getAsJsonObject("waitMicros").get("p99").getAsDouble() > 0);
            String metrics = desk.admin.get("/metrics").body();
            String of = "db_client_connection_pool_name=\"localhost:" + server.port() + "/admin_numbers\","
                    + "poolshim_pool_user=\"" + Lab.USER + "\"";
            assertTrue(metrics.contains("poolshim_connection_borrows_total{" + of + "} 21\n"), metrics);
            assertTrue(metrics.contains("db_client_connection_limit{" + of + "} 10\n"), metrics);
            assertTrue(metrics.contains("poolshim_statement_errors_total{" + of + "} 1\n"), metrics);
            assertTrue(metrics.contains("poolshim_pool_health{" + of + "} 1\n"), metrics);
            assertTrue(metrics.contains("# TYPE db_client_connection_wait_time_seconds histogram\n"), metrics);
            assertTrue(
                    metrics.contains("db_client_connection_wait_time_seconds_bucket{" + of + ",le=\"+Inf\"}"), metrics);
            desk.application.end().mustBeClean();
        }
    }

    @Test
    void exhaustedPool_isToldAndAskingNeedsNoConnection() throws Exception {
        try (Desk desk =
                new Desk("admin_exhausted", "pool.max-size", "1", "pool.overflow", "0", "pool.borrow-timeout", "15s")) {
            assertEquals("open", desk.application.ask("holder", "open a"));
            desk.application.tell("late", "once SELECT 1");
            Answer health = desk.awaitHealth("degraded");
            assertTrue(health.body().contains("callers are waiting"), health::body);
            assertEquals(200, health.status());
            assertEquals(200, desk.admin.get("/health/ready").status());
            tellLatencies("while the pool is exhausted", desk);
            assertEquals(1, desk.pool().get("pending").getAsInt());
            assertEquals("closed", desk.application.ask("holder", "close a"));
            assertEquals("1", desk.application.answer("late").text());
            desk.application.end().mustBeClean();
        }
    }

    @Test
    void serverThatIsDown_isFoundByTheProbeAndItsReturnToo() throws Exception {
        try (Desk desk = new Desk("admin_down", "pool.keep-from", "1", "admin.probe", "1s")) {
            desk.application.ask("one", SELECT);
            Answer well = desk.admin.await(
                    "a probe has answered", "/health", answer -> answer.body().contains("\"ok\":true"));
            assertEquals(200, well.status());
            server.stop();
            try {
                Answer ill = desk.admin.await( // one that was under way has another reason
                        "a probe has failed to log in",
                        "/health",
                        answer -> answer.body().contains("a probe failed: 08001"));
                assertEquals(503, ill.status(), ill::body);
                assertTrue(ill.body().contains("\"status\":\"unhealthy\""), ill::body);
                assertEquals(503, desk.admin.get("/health/ready").status());
                assertEquals(200, desk.admin.get("/health/live").status());
                tellLatencies("while the server is down", desk);
            } finally {
                server.startAgain();
            }
            assertEquals(200, desk.awaitHealth("healthy").status());
            desk.application.end().mustBeClean();
        }
    }

    @Test
    void loginsThatFail_areToldWithoutProbesAndOverWithTheNextThatSucceeds() throws Exception {
        if (!Lab.full()) {
            Lab.skipped("health without probes", "only with -Pfull");
            return;
        }
        try (Desk desk = new Desk("admin_failing", "pool.keep-from", "1", "admin.probe", "0s")) {
            desk.application.ask("one", SELECT);
            desk.application.ask("one", "login wrong");
            desk.awaitHealth("healthy");
            server.stop();
            desk.application.ask("one", SELECT);
            Answer ill = desk.awaitHealth("unhealthy");
            assertTrue(ill.body().contains("logins fail: 08001"), ill::body);
            server.startAgain();
            desk.application.ask("one", SELECT);
            Answer fair = desk.awaitHealth("degraded");
            assertTrue(fair.body().contains("of borrows in the last minute failed"), fair::body);
            desk.application.end().mustBeClean();
        }
    }

    @Test
    void statementsStacksAndHolders_areForThoseWithTheToken() throws Exception {
        try (Desk desk = new Desk("admin_token", "admin.token", AdminClient.TOKEN)) {
            assertEquals("open", desk.application.ask("holder", "open a"));
            desk.application.ask("holder", "query a SELECT 'a-literal', pg_sleep(0.03)");
            for (String path : new String[] {"/pools", "/page.json", "/health", "/metrics"}) {
                String anyone = desk.admin.get(path).body();
                assertFalse(anyone.contains("SELECT"), anyone);
                assertFalse(anyone.contains("holder"), anyone);
                assertFalse(anyone.contains("RemoteApplication"), anyone);
            }
            String trusted = desk.admin.getWithToken("/page.json").body();
            assertTrue(trusted.contains("SELECT ?, pg_sleep(?)"), trusted);
            assertTrue(trusted.contains("io.poolshim.programs.Env.query:"), trusted);
            assertFalse(trusted.contains("a-literal"), trusted);
            assertFalse(trusted.contains(AdminClient.TOKEN) || trusted.contains(Lab.PASSWORD), trusted);
            JsonElement holders = json(desk.admin.getWithToken("/pools"))
                    .getAsJsonArray("pools")
                    .get(0)
                    .getAsJsonObject()
                    .get("holders");
            assertTrue(holders.toString().contains("\"thread\":\"holder\""), holders::toString);
            assertEquals(
                    401,
                    desk.admin
                            .send("GET /pools HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer wrong\r\n\r\n")
                            .status());
            desk.application.ask("holder", "close a");
            desk.application.end().mustBeClean();
        }
    }

    @Test
    void control_needsTheTokenAndDoesWhatItSays() throws Exception {
        try (Desk desk = new Desk("admin_control", "admin.token", AdminClient.TOKEN, "pool.keep-from", "1")) {
            desk.application.ask("one", SELECT);
            desk.application.ask("one", SELECT);
            assertEquals(401, desk.admin.post("/control/evict", "pool=*").status());
            assertEquals(405, desk.admin.getWithToken("/control/evict?pool=*").status());
            assertEquals(400, desk.admin.postWithToken("/control/evict", "").status());
            assertEquals(
                    400,
                    desk.admin.postWithToken("/control/evict", "pool=nobody").status());
            assertEquals(
                    404, desk.admin.postWithToken("/control/explode", "pool=*").status());
            assertEquals(
                    400,
                    desk.admin
                            .postWithToken("/control/resize", "pool=*&max-size=0")
                            .status());
            String name = desk.pool().get("name").getAsString();
            assertEquals(
                    "{\"affected\":1}\n",
                    desk.admin
                            .postWithToken("/control/resize", "pool=" + name + "&max-size=3")
                            .body());
            assertEquals(3, desk.pool().get("maxSize").getAsInt());
            assertEquals(1, desk.pool().get("idle").getAsInt());
            assertEquals(
                    200, desk.admin.postWithToken("/control/evict?pool=*", "").status());
            assertEquals(0, desk.pool().get("idle").getAsInt());
            assertEquals(
                    200, desk.admin.postWithToken("/control/suspend", "pool=*").status());
            assertTrue(desk.pool().get("suspended").getAsBoolean());
            desk.application.tell("two", "once SELECT 2");
            desk.admin.await("somebody waits", "/pools", answer -> answer.body().contains("\"pending\":1"));
            assertEquals(
                    200, desk.admin.postWithToken("/control/resume", "pool=*").status());
            assertEquals("2", desk.application.answer("two").text());
            assertEquals(
                    200,
                    desk.admin.postWithToken("/control/mode", "pool=*&mode=off").status());
            assertEquals("3", desk.application.ask("two", "once SELECT 3"));
            assertEquals("off", desk.pool().get("mode").getAsString());
            observes(desk);
            assertEquals(
                    200,
                    desk.admin
                            .postWithToken("/control/mode", "pool=*&mode=pool")
                            .status());
            assertTrue(desk.admin.get("/page.json").body().contains("\"event\":\"control\""));
            desk.application.end().mustBeClean();
        }
    }

    /** From then on connections are the application's own, and advice tells of them. */
    private static void observes(Desk desk) {
        assertEquals(
                200,
                desk.admin.postWithToken("/control/mode", "pool=*&mode=observe").status());
        String first = desk.application.ask("two", "once SELECT pg_backend_pid()");
        assertNotEquals(first, desk.application.ask("two", "once SELECT pg_backend_pid()"));
        assertEquals("observe", desk.pool().get("mode").getAsString());
        assertEquals(401, desk.admin.get("/advice").status());
        JsonObject advice = json(desk.admin.getWithToken("/advice"));
        JsonObject pool = advice.getAsJsonArray("pools").get(0).getAsJsonObject();
        assertTrue(pool.get("observed").getAsBoolean(), advice::toString);
        assertEquals(2, pool.get("borrows").getAsInt(), advice::toString);
        assertTrue(desk.admin.getWithToken("/advice.txt").body().contains("(observed)"));
    }

    @Test
    void portThatIsTaken_isToldInOneLineAndTheAgentWorks() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Remote application = Remote.pooled(
                        server,
                        Lab.freshDatabase(server, "admin_taken"),
                        Map.of("admin.port", String.valueOf(taken.getLocalPort())))) {
            application.ask("one", SELECT);
            application.ask("one", SELECT);
            application.ask("one", SELECT);
            AgentRun run = application.end().mustBeClean().mustHavePooled();
            List<String> lines = Lab.agentLines(run.child()).stream()
                    .filter(line -> line.contains("admin port"))
                    .toList();
            assertEquals(1, lines.size(), run::toString);
            assertTrue(lines.get(0).contains("poolshim.admin.port"), lines::toString);
        }
    }

    @Test
    void requests_areRefusedUnlessTheyNameAPermittedHostAndComeFromNoOtherOrigin() throws Exception {
        try (Desk desk = new Desk("admin_hosts", "admin.hosts", "health.example,proxy.example:8443")) {
            String[] permitted = {
                "localhost", "127.0.0.1", "[::1]", "LOCALHOST", "health.example:1", "proxy.example:8443"
            };
            for (String host : permitted) {
                assertEquals(200, status(desk, "GET /health HTTP/1.1\r\nHost: " + host + "\r\n\r\n"), host);
            }
            String[] refused = {
                "evil.example", "localhost.evil.example", "localhost:1", "proxy.example", "127.0.0.1.nip.io", ""
            };
            for (String host : refused) {
                assertEquals(403, status(desk, "GET /health HTTP/1.1\r\nHost: " + host + "\r\n\r\n"), host);
            }
            assertEquals(403, status(desk, "GET /health HTTP/1.0\r\n\r\n"));
            assertEquals(400, status(desk, "GET http://localhost/health HTTP/1.1\r\nHost: localhost\r\n\r\n"));
            assertEquals(400, status(desk, "GET /health HTTP/1.1\r\nHost: localhost\r\nHost: evil\r\n\r\n"));
            assertEquals(405, status(desk, "DELETE /health HTTP/1.1\r\nHost: localhost\r\n\r\n"));
            assertEquals(404, status(desk, "GET /../../etc/passwd HTTP/1.1\r\nHost: localhost\r\n\r\n"));
            assertEquals(431, status(desk, "GET /" + "a".repeat(10_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n"));
            assertEquals(
                    413,
                    status(desk, "POST /control/evict HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9999999\r\n\r\n"));
            assertEquals(
                    403,
                    desk.admin
                            .post("/control/evict", "pool=*", "Origin: http://evil.example")
                            .status());
            assertEquals(403, desk.admin.post("/control/evict", "pool=*").status(), "no token is configured");
            Answer head = desk.admin.send("HEAD /health HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assertEquals("", head.body());
            assertTrue(head.head().contains("X-Content-Type-Options: nosniff"), head::head);
            assertTrue(head.head().contains("Content-Security-Policy: default-src 'none';"), head::head);
            desk.application.close();
        }
    }

    private static int status(Desk desk, String request) {
        return desk.admin.send(request).status();
    }
}
