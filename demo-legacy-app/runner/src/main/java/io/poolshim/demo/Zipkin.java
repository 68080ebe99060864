package io.poolshim.demo;

import io.poolshim.testbed.Await;
import io.poolshim.testbed.ChildJvm;
import io.poolshim.testbed.Jdks;
import io.poolshim.testbed.ReceivedSpan;
import io.poolshim.testbed.RunningChild;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A Zipkin that keeps spans in memory, in a JVM of its own; and the relay to it, because it does not speak OTLP. */
final class Zipkin implements AutoCloseable {
    /** The port that everybody knows. */
    static final int PORT = 9411;

    /** The oldest traces go when there are more; 256 MB are enough for so many. */
    private static final int MOST_SPANS = 100_000;

    private static final Duration START = Duration.ofMinutes(1);

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    private final RunningChild child;
    private final URI address;

    private Zipkin(RunningChild child, URI address) {
        this.child = child;
        this.address = address;
    }

    /** Starts it on the port asked for, or on a free one if somebody listens there, and waits until it is ready. */
    static Zipkin start(Path jar, int port) throws IOException {
        int free = Ports.freeAtBest(port);
        RunningChild child = ChildJvm.on(Jdks.current())
                .property("java.io.tmpdir", TemporaryFiles.directory()) // it unpacks libraries there, and is killed
                .jvmArgs("-Xmx256m", "-XX:+UseSerialGC", "-jar", jar.toString())
                .args(
                        "--armeria.ports[0].ip=127.0.0.1",
                        "--armeria.ports[0].port=" + free,
                        "--armeria.ports[0].protocols[0]=http",
                        "--zipkin.storage.mem.max-spans=" + MOST_SPANS)
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(child::kill, "zipkin-killer"));
        Zipkin zipkin = new Zipkin(child, URI.create("http://localhost:" + free));
        Await.until("Zipkin is ready", START, () -> !child.isAlive() || zipkin.answers("/health"));
        if (!child.isAlive()) {
            throw new IllegalStateException("Zipkin did not start: " + child.await());
        }
        return zipkin;
    }

    /** Hands spans to Zipkin, which has them when this returns, though it may take a moment until it shows them. */
    void send(List<ReceivedSpan> spans) throws IOException {
        int status = status(HttpRequest.newBuilder(address.resolve("/api/v2/spans"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(ZipkinJson.of(spans))));
        if (status != 202) {
            throw new IOException("Zipkin answers " + status);
        }
    }

    /** The page of a trace; waits until Zipkin has it. */
    URI page(String traceId) {
        Await.until("Zipkin has trace " + traceId, START, () -> answers("/api/v2/trace/" + traceId));
        return address.resolve("/zipkin/traces/" + traceId);
    }

    /** Where one can search. */
    URI search() {
        return address.resolve("/zipkin/");
    }

    private boolean answers(String path) {
        try {
            return status(HttpRequest.newBuilder(address.resolve(path))) == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private int status(HttpRequest.Builder request) throws IOException {
        try {
            HttpResponse<Void> response =
                    client.send(request.timeout(Duration.ofSeconds(10)).build(), BodyHandlers.discarding());
            return response.statusCode();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public void close() {
        child.kill();
    }
}
