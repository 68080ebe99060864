package io.poolshim.demo;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.poolshim.testbed.Await;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A Prometheus that asks one application for its metrics, each second. */
final class Prometheus implements AutoCloseable {
    private static final Duration START = Duration.ofMinutes(1);
    private static final String CONFIGURATION = "scrape_configs:\n"
            + "  - job_name: application\n"
            + "    scrape_interval: 1s\n"
            + "    scrape_timeout: 1s\n"
            + "    static_configs:\n"
            + "      - targets: ['127.0.0.1:%d']\n";

    private final HttpClient client = HttpClient.newHttpClient();
    private final Process process;
    private final URI address;

    private Prometheus(Process process, URI address) {
        this.process = process;
        this.address = address;
    }

    static Prometheus start(Path program, Path work, int applicationPort) throws IOException {
        Path configuration = work.resolve("prometheus.yml");
        Files.writeString(configuration, String.format(CONFIGURATION, applicationPort));
        int port = Ports.free();
        Path log = work.resolve("prometheus.log");
        Process process = new ProcessBuilder(
                        program.toString(),
                        "--config.file=" + configuration,
                        "--storage.tsdb.path=" + work.resolve("prometheus"),
                        "--web.listen-address=127.0.0.1:" + port)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly, "prometheus-killer"));
        Prometheus prometheus = new Prometheus(process, URI.create("http://127.0.0.1:" + port));
        Await.until("Prometheus is ready", START, () -> !process.isAlive() || prometheus.isReady());
        if (!process.isAlive()) {
            throw new IllegalStateException("Prometheus did not start: " + Files.readString(log));
        }
        return prometheus;
    }

    private boolean isReady() {
        try {
            return get("/-/ready").statusCode() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** The numbers that an expression has now, those that are none left out. */
    List<Double> numbers(String expression) throws IOException {
        HttpResponse<String> response =
                get("/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8));
        if (response.statusCode() != 200) {
            throw new IOException("Prometheus answers " + response.body());
        }
        JsonArray result = JsonParser.parseString(response.body())
                .getAsJsonObject()
                .getAsJsonObject("data")
                .getAsJsonArray("result");
        List<Double> numbers = new ArrayList<>();
        result.forEach(series -> numbers.add(value(series.getAsJsonObject())));
        numbers.removeIf(number -> number.isNaN());
        return numbers;
    }

    /** A time and, as text, a number, which may be NaN or +Inf. */
    private static double value(JsonObject series) {
        String text = series.getAsJsonArray("value").get(1).getAsString();
        return Double.parseDouble(text.replace("Inf", "Infinity"));
    }

    private HttpResponse<String> get(String path) throws IOException {
        try {
            return client.send(HttpRequest.newBuilder(address.resolve(path)).build(), BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
