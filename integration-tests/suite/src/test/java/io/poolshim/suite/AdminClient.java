package io.poolshim.suite;

import io.poolshim.testbed.Await;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Predicate;

/** Talks to the admin port of a child, byte by byte: clients of the JDK do not let one choose a Host. */
final class AdminClient {
    static final String TOKEN = "token-of-the-admin";
    private static final int PATIENCE = 20_000; // ms

    private final int port;

    AdminClient(int port) {
        this.port = port;
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** An answer, and how long it took from before the connection was made. */
    record Answer(int status, String head, String body, long micros) {}

    Answer get(String path) {
        return send("GET " + path + " HTTP/1.1\r\nHost: localhost:" + port + "\r\n\r\n");
    }

    Answer getWithToken(String path) {
        return send("GET " + path + " HTTP/1.1\r\nHost: localhost:" + port + "\r\nAuthorization: Bearer " + TOKEN
                + "\r\n\r\n");
    }

    Answer post(String path, String form, String... headers) {
        return send("POST " + path + " HTTP/1.1\r\nHost: localhost:" + port + "\r\nContent-Length: " + form.length()
                + "\r\n" + (headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n") + "\r\n" + form);
    }

    Answer postWithToken(String path, String form) {
        return post(path, form, "Authorization: Bearer " + TOKEN);
    }

    /** The answer to a request as it stands; status 0 if there is none. */
    Answer send(String request) {
        try {
            return Answers.parse(send(request.getBytes(StandardCharsets.ISO_8859_1), true), System.nanoTime());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Received(String text, long started) {}

    private Received send(byte[] request, boolean keepsOpen) throws IOException {
        long start = System.nanoTime();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE);
            socket.getOutputStream().write(request);
            if (!keepsOpen) {
                socket.shutdownOutput();
            }
            InputStream in = socket.getInputStream();
            return new Received(new String(in.readAllBytes(), StandardCharsets.UTF_8), start);
        }
    }

    /** What came back, whatever was sent; empty if the connection was only closed. */
    String exchange(byte[] request) throws IOException {
        try {
            return send(request, false).text();
        } catch (java.net.SocketException closed) {
            return "";
        }
    }

    private static final class Answers {
        static Answer parse(Received received, long now) {
            int end = received.text().indexOf("\r\n\r\n");
            if (end < 0) {
                return new Answer(0, received.text(), "", 0);
            }
            String head = received.text().substring(0, end);
            int status = Integer.parseInt(head.split(" ")[1]);
            return new Answer(status, head, received.text().substring(end + 4), (now - received.started()) / 1000);
        }
    }

    /** The first answer that is as it should be. */
    Answer await(String what, String path, Predicate<Answer> condition) {
        Answer[] last = new Answer[1];
        Await.until(what, Duration.ofSeconds(40), () -> {
            try {
                last[0] = get(path);
                return condition.test(last[0]);
            } catch (UncheckedIOException notOpenYet) {
                return false;
            }
        });
        return last[0];
    }
}
