package io.poolshim.testbed;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.zip.GZIPInputStream;

/** An OTLP http/protobuf receiver for traces and metrics, inside this JVM. */
public final class OtlpReceiver implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(2, OtlpReceiver::daemon);
    private final List<ReceivedSpan> spans = new ArrayList<>();
    private final List<byte[]> payloads = new ArrayList<>();
    private final SpanSink sink;
    private List<ReceivedMetric> metrics = List.of();

    private OtlpReceiver(HttpServer server, SpanSink sink) {
        this.server = server;
        this.sink = sink;
    }

    /** Gets the spans of each request before it is answered. What it fails at, the sender is told to send again. */
    public interface SpanSink {
        void take(List<ReceivedSpan> spans) throws IOException;
    }

    /** Listens on the loopback address; port 0 means any free one. */
    public static OtlpReceiver start(int port) throws IOException {
        return start(port, spans -> {});
    }

    /** Listens likewise, and hands on what it receives. */
    public static OtlpReceiver start(int port, SpanSink sink) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        OtlpReceiver receiver = new OtlpReceiver(server, sink);
        server.createContext("/v1/traces", exchange -> receive(exchange, receiver::takeSpans));
        server.createContext("/v1/metrics", exchange -> receive(exchange, receiver::takeMetrics));
        server.setExecutor(receiver.threads);
        server.start();
        return receiver;
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "otlp-receiver");
        thread.setDaemon(true);
        return thread;
    }

    /** What {@code otel.exporter.otlp.endpoint} has to be. */
    public String endpoint() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    private interface Taker {
        void take(byte[] body) throws IOException;
    }

    /** Answers with a message that says nothing: no bytes, for traces and for metrics. */
    private static void receive(HttpExchange exchange, Taker taker) throws IOException {
        try (exchange) {
            int status = status(taker, body(exchange));
            exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
            exchange.sendResponseHeaders(status, -1);
        }
    }

    private static int status(Taker taker, byte[] body) {
        try {
            taker.take(body);
            return 200;
        } catch (IOException e) {
            return 503;
        }
    }

    private static byte[] body(HttpExchange exchange) throws IOException {
        boolean zipped = "gzip".equalsIgnoreCase(exchange.getRequestHeaders().getFirst("Content-Encoding"));
        try (InputStream raw = exchange.getRequestBody();
                InputStream plain = zipped ? new GZIPInputStream(raw) : raw) {
            return plain.readAllBytes();
        }
    }

    private void takeSpans(byte[] body) throws IOException {
        List<ReceivedSpan> received = SpanDecoder.decode(ExportTraceServiceRequest.parseFrom(body));
        sink.take(received);
        keep(body, received);
    }

    private synchronized void keep(byte[] body, List<ReceivedSpan> received) {
        payloads.add(body);
        spans.addAll(received);
        notifyAll();
    }

    private synchronized void takeMetrics(byte[] body) throws IOException {
        payloads.add(body);
        metrics = MetricDecoder.decode(ExportMetricsServiceRequest.parseFrom(body));
    }

    /** The points of the last export. */
    public synchronized List<ReceivedMetric> metrics() {
        return metrics;
    }

    /** All spans so far, in the order of their arrival. */
    public synchronized List<ReceivedSpan> spans() {
        return List.copyOf(spans);
    }

    /** Every request body so far, unzipped: to prove that something was not in it. */
    public synchronized List<byte[]> payloads() {
        return List.copyOf(payloads);
    }

    /** Waits until the spans received satisfy the condition; returns them, satisfied or not. */
    public synchronized List<ReceivedSpan> awaitSpans(Predicate<List<ReceivedSpan>> condition, Duration atMost)
            throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (!condition.test(spans())) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                break;
            }
            wait(left);
        }
        return spans();
    }

    /** Forgets everything received. */
    public synchronized void clear() {
        spans.clear();
        payloads.clear();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
