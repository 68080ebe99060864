package io.poolshim.http;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DoorkeeperTest {
    private final Doorkeeper door;

    DoorkeeperTest() throws Exception {
        door = new Doorkeeper(
                InetAddress.getByName("10.1.2.3"), 9070, Arrays.asList("Health.example", "proxy.example:8443"));
    }

    private static HttpRequest request(String method, String... headers) throws HttpError {
        Map<String, String> all = new HashMap<>();
        for (int i = 0; i < headers.length; i += 2) {
            all.put(headers[i], headers[i + 1]);
        }
        return new HttpRequest(method, "/", all, "");
    }

    private void assertIn(String host) {
        assertDoesNotThrow(() -> door.check(request("GET", "host", host)), host);
    }

    private void assertOut(int status, String method, String... headers) {
        HttpError error = assertThrows(HttpError.class, () -> door.check(request(method, headers)));
        assertEquals(status, error.status());
    }

    @Test
    void check_letsInLoopbackTheAddressAndWhatIsConfigured() {
        for (String host : new String[] {
            "localhost",
            "LOCALHOST:9070",
            "127.0.0.1:9070",
            "[::1]:9070",
            "[::1]",
            "10.1.2.3:9070",
            "health.example",
            "health.EXAMPLE:1",
            "proxy.example:8443"
        }) {
            assertIn(host);
        }
    }

    @Test
    void check_refusesAnyOtherHost() throws HttpError {
        for (String host : new String[] {
            "evil.example",
            "localhost:9071",
            "localhost.evil.example",
            "10.1.2.4:9070",
            "proxy.example",
            "",
            "::1",
            "127.0.0.1.nip.io:9070",
            "localhost:9070:9070"
        }) {
            assertOut(403, "GET", "host", host);
        }
        assertOut(403, "GET");
    }

    @Test
    void check_letsNoNumberInWhereItListensEverywhere() throws Exception {
        Doorkeeper everywhere = new Doorkeeper(InetAddress.getByName("0.0.0.0"), 9070, Collections.emptyList());
        assertThrows(HttpError.class, () -> everywhere.check(request("GET", "host", "0.0.0.0:9070")));
        everywhere.check(request("GET", "host", "localhost:9070"));
    }

    @Test
    void check_refusesOtherMethodsAndPostsOfOtherOrigins() throws HttpError {
        assertOut(405, "PUT", "host", "localhost");
        assertOut(403, "POST", "host", "localhost", "origin", "http://evil.example");
        assertOut(403, "POST", "host", "localhost", "origin", "null");
        assertOut(403, "POST", "host", "localhost", "sec-fetch-site", "cross-site");
        door.check(request("POST", "host", "localhost"));
        door.check(request("POST", "host", "localhost:9070", "origin", "http://localhost:9070"));
        door.check(request("POST", "host", "proxy.example:8443", "origin", "https://proxy.example:8443"));
    }
}
