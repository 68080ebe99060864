package io.poolshim.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.poolshim.testbed.Await;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever is sent to the admin port, the application goes on, the port answers, and no secret comes out. */
class AdminFuzzIT {
    private static final long SEED = Long.getLong("poolshim.it.seed", 20261126);
    private static final int REQUESTS = Lab.full() ? 10_000 : 1_500;
    private static final int SLOW_CLIENTS = 60;

    private static final String[] METHODS = {"GET", "HEAD", "POST", "PUT", "get", "", "G E T", "CONNECT", "OPTIONS"};
    private static final String[] PATHS = {
        "/", "/health", "/health/live", "/health/ready", "/pools", "/metrics", "/page.js", "/page.json",
                "/control/mode",
        "/control/suspend", "//", "/%00", "/..%2f", "*", "http://evil/", "/health?a=%zz", "/health?a=1&a=2",
                "/page.html",
        "/control/", "/\u00e9"
    };
    private static final String[] VERSIONS = {"HTTP/1.1", "HTTP/1.0", "HTTP/2.0", "HTTP/1.1 ", "", "http/1.1"};
    private static final String[] HEADERS = {
        "Host: localhost",
        "Host: evil",
        "Authorization: Bearer wrong",
        "Authorization: Basic x",
        "Content-Length: 5",
        "Content-Length: -1",
        "Content-Length: 99999999999999999999",
        "Content-Length: 8192",
        "Transfer-Encoding: chunked",
        "Expect: 100-continue",
        "Origin: null",
        "Origin: http://localhost",
        "X: \u0000",
        ": nameless",
        "no colon",
        " folded: x",
        "Connection: keep-alive",
        "Upgrade: h2c",
        "Range: bytes=0-",
        "Cookie: a=b"
    };
    private static final String[] ENDS = {
        "\r\n\r\n", "\n\n", "\r\n", "", "\r\n\r\npool=*&mode=off", "\r\r\n\n", "\r\n\r\nGET / HTTP/1.1\r\n\r\n"
    };

    private final Random random = new Random(SEED);

    private String any(String... of) {
        return of[random.nextInt(of.length)];
    }

    private byte[] request() {
        if (random.nextInt(10) == 0) {
            byte[] noise = new byte[random.nextInt(12_000)];
            random.nextBytes(noise);
            return noise;
        }
        if (random.nextInt(10) == 0) {
            String path = any("/", "/health", "/pools", "/page.json", "/metrics", "/page.js");
            return ("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
        }
        StringBuilder text = new StringBuilder();
        text.append(any(METHODS)).append(' ').append(any(PATHS)).append(' ').append(any(VERSIONS));
        text.append(random.nextInt(3) == 0 ? "\r\nHost: localhost" : "");
        for (int i = random.nextInt(random.nextInt(20) == 0 ? 200 : 5); i > 0; i--) {
            text.append(random.nextInt(10) == 0 ? "\n" : "\r\n").append(any(HEADERS));
        }
        text.append(any(ENDS));
        byte[] whole = text.toString().getBytes(StandardCharsets.ISO_8859_1);
        for (int i = random.nextInt(4) == 0 ? random.nextInt(5) : 0; i > 0; i--) {
            whole[random.nextInt(whole.length)] = (byte) random.nextInt(256);
        }
        return whole;
    }

    @Test
    void requestsMadeUpAtRandom_harmNobody() throws Exception {
        int port = AdminClient.freePort();
        AdminClient admin = new AdminClient(port);
        Map<String, String> settings =
                Map.of("admin.port", String.valueOf(port), "admin.token", AdminClient.TOKEN, "pool.keep-from", "1");
        try (Remote application = Remote.pooled(Lab.server(), Lab.freshDatabase("admin_fuzz"), settings)) {
            application.ask("one", "once SELECT 'a-literal', pg_sleep(0.01)");
            int answered = 0;
            for (int i = 0; i < REQUESTS; i++) {
                byte[] request = request();
                String answer = admin.exchange(request);
                answered += answer.startsWith("HTTP/1.1 200") ? 1 : 0;
                for (String secret : List.of(AdminClient.TOKEN, Lab.PASSWORD, "a-literal", "SELECT", "\tat ")) {
                    assertFalse(answer.contains(secret), () -> shown(request) + "\n" + answer);
                }
                if (i % 1000 == 0) {
                    assertEquals("1", application.ask("one", "once SELECT 1"));
                }
            }
            System.out.println("of " + REQUESTS + " random requests " + answered + " were answered with 200");
            assertTrue(answered > REQUESTS / 100, "the requests are too random to mean anything: " + answered);
            assertEquals("1", application.ask("one", "once SELECT 1"));
            assertEquals(200, admin.get("/health").status());
            assertTrue(admin.get("/pools").body().contains("\"mode\":\"pool\""));
            application.end().mustBeClean();
        }
    }

    private static String shown(byte[] request) {
        return new String(request, StandardCharsets.ISO_8859_1);
    }

    /** More than there are threads and places in the queue, each with a request that never ends. */
    @Test
    void clientsThatNeverFinish_areSentAway() throws Exception {
        int port = AdminClient.freePort();
        AdminClient admin = new AdminClient(port);
        Map<String, String> settings = Map.of("admin.port", String.valueOf(port));
        List<Socket> slow = new ArrayList<>();
        try (Remote application = Remote.pooled(Lab.server(), Lab.freshDatabase("admin_slow"), settings)) {
            admin.await("the port is open", "/health/live", answer -> answer.status() == 200);
            for (int i = 0; i < SLOW_CLIENTS; i++) {
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
                socket.getOutputStream()
                        .write("GET /health HTTP/1.1\r\nHost: local".getBytes(StandardCharsets.US_ASCII));
                slow.add(socket);
            }
            assertEquals("1", application.ask("one", "once SELECT 1"));
            Await.until("health answers again", Duration.ofSeconds(40), () -> {
                try {
                    return admin.get("/health").status() == 200;
                } catch (java.io.UncheckedIOException sentAway) {
                    return false;
                }
            });
            application.end().mustBeClean();
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }
}
