package io.poolshim.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RequestReaderTest {
    private static HttpRequest read(String text) throws IOException, HttpError {
        return new RequestReader(new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1))).read();
    }

    private static int refusal(String text) {
        return assertThrows(HttpError.class, () -> read(text)).status();
    }

    private static String repeat(String text, int times) {
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < times; i++) {
            all.append(text);
        }
        return all.toString();
    }

    @Test
    void read_givesPathParametersAndHeaders() throws Exception {
        HttpRequest request = read("GET /pools?a=1&b=x%20y&c HTTP/1.1\r\nHost: here\r\nX-A:  b \r\n\r\n");
        assertEquals("GET", request.method());
        assertEquals("/pools", request.path());
        assertEquals("1", request.parameters().get("a"));
        assertEquals("x y", request.parameters().get("b"));
        assertEquals("", request.parameters().get("c"));
        assertEquals("here", request.header("HOST"));
        assertEquals("b", request.header("x-a"));
        assertNull(request.header("cookie"));
    }

    @Test
    void read_takesAFormAsParameters() throws Exception {
        HttpRequest request = read("POST /x?a=1 HTTP/1.1\nContent-Length: 9\n\npool=%2A&and-what-is-not-read");
        assertEquals("*", request.parameters().get("pool"));
        assertEquals("1", request.parameters().get("a"));
    }

    @Test
    void read_givesNothingWhereNothingComes() throws Exception {
        assertNull(read(""));
    }

    @Test
    void read_failsWhereTheStreamEndsInTheMiddle() {
        assertThrows(IOException.class, () -> read("GET / HTTP/1.1\r\nHost: h"));
        assertThrows(IOException.class, () -> read("POST / HTTP/1.1\r\nContent-Length: 5\r\n\r\nab"));
    }

    @Test
    void read_refusesWhatIsNoRequest() {
        assertEquals(400, refusal("\r\n\r\n"));
        assertEquals(400, refusal("GET /\r\n\r\n"));
        assertEquals(400, refusal("GET / HTTP/2.0\r\n\r\n"));
        assertEquals(400, refusal("get / HTTP/1.1\r\n\r\n"));
        assertEquals(400, refusal("GET http://x/ HTTP/1.1\r\n\r\n"));
        assertEquals(400, refusal("GET /\u00e9 HTTP/1.1\r\n\r\n"));
        assertEquals(400, refusal("GET / HTTP/1.1\r\nno colon\r\n\r\n"));
        assertEquals(400, refusal("GET / HTTP/1.1\r\nA: b\r\n folded\r\n\r\n"));
        assertEquals(400, refusal("GET / HTTP/1.1\r\nA: \u0000\r\n\r\n"));
        assertEquals(400, refusal("GET /?a=%zz HTTP/1.1\r\n\r\n"));
        assertEquals(400, refusal("GET /?a=1&a=2 HTTP/1.1\r\n\r\n"));
    }

    @Test
    void read_refusesWhatTwoCouldUnderstandDifferently() {
        assertEquals(400, refusal("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"));
        assertEquals(400, refusal("POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab"));
        assertEquals(400, refusal("POST / HTTP/1.1\r\nContent-Length: +1\r\n\r\na"));
        assertEquals(501, refusal("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"));
    }

    @Test
    void read_refusesWhatIsTooLong() {
        assertEquals(431, refusal("GET /" + repeat("a", 9_000)));
        assertEquals(431, refusal("GET / HTTP/1.1\r\n" + repeat("a: b\r\n", 100) + "\r\n"));
        assertEquals(413, refusal("POST / HTTP/1.1\r\nContent-Length: 8193\r\n\r\n"));
    }
}
