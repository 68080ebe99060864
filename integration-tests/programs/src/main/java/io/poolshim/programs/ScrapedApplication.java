package io.poolshim.programs;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.util.TreeSet;

/** Runs a query, then reads the metrics of its own JVM as Prometheus would, and says what changed in the JVM meanwhile. */
public final class ScrapedApplication {
    private ScrapedApplication() {}

    public static void main(String[] args) throws Exception {
        TreeSet<String> before = new TreeSet<>(System.getProperties().stringPropertyNames());
        Env env = new Env(System.out);
        try (Connection c = env.connect()) {
            env.print("answer", env.query(c, "SELECT 42"));
        }
        URL metrics = new URL("http://127.0.0.1:" + env.value("metricsPort") + "/metrics");
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(metrics.openStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                env.print("metric", line);
            }
        }
        TreeSet<String> after = new TreeSet<>(System.getProperties().stringPropertyNames());
        after.removeAll(before);
        env.print("new properties", after);
    }
}
