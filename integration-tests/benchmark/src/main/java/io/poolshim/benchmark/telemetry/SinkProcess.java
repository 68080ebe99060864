package io.poolshim.benchmark.telemetry;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;

/** A {@link SpanSink} in a process of its own. */
final class SinkProcess implements AutoCloseable {
    private final Process process;
    private final String url;

    private SinkProcess(Process process, String url) {
        this.process = process;
        this.url = url;
    }

    static SinkProcess start() throws IOException {
        Process process = new ProcessBuilder(
                        System.getProperty("java.home") + "/bin/java",
                        "-Xmx64m",
                        "-XX:+UseSerialGC",
                        "-Dsun.net.httpserver.nodelay=true", // or each answer takes 40 ms
                        "-cp",
                        System.getProperty("java.class.path"),
                        SpanSink.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        return new SinkProcess(process, "http://localhost:" + line(process.getInputStream()) + "/");
    }

    /** What {@code otel.exporter.otlp.endpoint} has to be for the spans of this row. */
    String endpoint(String row) {
        return url + row;
    }

    /** The spans of this row that were received so far. */
    long received(String row) {
        try {
            return Long.parseLong(line(new URL(endpoint(row)).openStream()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String line(java.io.InputStream in) throws IOException {
        return new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII)).readLine();
    }

    @Override
    public void close() {
        process.destroy();
    }
}
