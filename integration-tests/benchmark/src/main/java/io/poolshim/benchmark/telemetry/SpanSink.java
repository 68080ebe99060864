package io.poolshim.benchmark.telemetry;

import com.google.protobuf.ByteString;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;

/**
 * A process that receives OTLP and keeps nothing but numbers: the spans posted to {@code /ROW/v1/traces}, which {@code GET
 * /ROW} tells. Prints its port, and ends when its standard input does.
 */
public final class SpanSink {
    private final Map<String, Long> spans = new ConcurrentHashMap<>();

    private SpanSink() {}

    public static void main(String[] arguments) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", new SpanSink()::answer);
        server.setExecutor(Executors.newFixedThreadPool(2));
        server.start();
        System.out.println(server.getAddress().getPort());
        while (System.in.read() >= 0) {
            continue;
        }
        System.exit(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String[] path = exchange.getRequestURI().getPath().substring(1).split("/", 2);
        if (exchange.getRequestMethod().equals("GET")) {
            byte[] count = String.valueOf(spans.getOrDefault(path[0], 0L)).getBytes(StandardCharsets.US_ASCII);
            exchange.sendResponseHeaders(200, count.length);
            exchange.getResponseBody().write(count);
        } else {
            ByteString body = body(exchange);
            if (path[1].equals("v1/traces")) {
                spans.merge(path[0], (long) SpanCounter.count(body.newCodedInput()), Long::sum);
            }
            exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
            exchange.sendResponseHeaders(200, -1);
        }
        exchange.close();
    }

    /** All of it, even if nobody wants it: else the connection would be reset. */
    private static ByteString body(HttpExchange exchange) throws IOException {
        try (InputStream body = exchange.getRequestBody()) {
            return ByteString.readFrom(body);
        }
    }
}
