package io.poolshim.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HttpServerTest {
    private final HttpServer server;

    HttpServerTest() throws IOException {
        server = new HttpServer(InetAddress.getLoopbackAddress(), 0, request -> {
            if (request.path().equals("/broken")) {
                throw new IllegalStateException("secret");
            }
            return HttpResponse.json(200, "{\"path\":\"" + request.path() + "\"}");
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop();
    }

    private String ask(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            for (int next = socket.getInputStream().read();
                    next >= 0;
                    next = socket.getInputStream().read()) {
                answer.write(next);
            }
            return new String(answer.toByteArray(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void answer_isCompleteAndEndsTheConnection() throws IOException {
        String answer = ask("GET /a HTTP/1.1\r\n\r\n");
        assertTrue(answer.startsWith("HTTP/1.1 200 OK\r\n"), answer);
        assertTrue(answer.contains("Content-Length: 13\r\n"), answer);
        assertTrue(answer.endsWith("\r\n\r\n{\"path\":\"/a\"}"), answer);
    }

    @Test
    void head_hasNoBody() throws IOException {
        assertTrue(ask("HEAD /a HTTP/1.1\r\n\r\n").endsWith("\r\n\r\n"));
    }

    @Test
    void refusal_reachesWhoeverIsStillSending() throws IOException {
        StringBuilder endless = new StringBuilder("GET /");
        for (int i = 0; i < 60_000; i++) {
            endless.append('a');
        }
        assertTrue(ask(endless.toString()).startsWith("HTTP/1.1 431 "));
    }

    @Test
    void failureOfTheHandler_isToldWithoutItsReason() throws IOException {
        String answer = ask("GET /broken HTTP/1.1\r\n\r\n");
        assertTrue(answer.startsWith("HTTP/1.1 500 "), answer);
        assertFalse(answer.contains("secret"), answer);
    }

    @Test
    void clientThatSendsNothing_isSentAway() throws IOException {
        assertEquals("", ask("GET / HTTP"));
    }

    @Test
    void portInUse_isAnError() {
        assertThrows(
                IOException.class,
                () -> new HttpServer(InetAddress.getLoopbackAddress(), server.port(), request -> {
                    throw new HttpError(500, "never");
                }));
    }
}
