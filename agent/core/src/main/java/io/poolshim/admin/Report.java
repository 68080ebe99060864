package io.poolshim.admin;

import io.poolshim.log.Log;
import io.poolshim.pool.PoolStatistics;
import io.poolshim.redirect.PassThrough;
import io.poolshim.registry.PoolRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Paths;
import java.util.Locale;
import java.util.Map;

/** The agent's statistics as JSON. */
public final class Report {
    private final PoolRegistry registry;
    private final PassThrough passed;

    public Report(PoolRegistry registry, PassThrough passed) {
        this.registry = registry;
        this.passed = passed;
    }

    /** Writes the report; a failure is only logged. */
    public void writeTo(String file) {
        try {
            Files.write(Paths.get(file), json().getBytes(StandardCharsets.UTF_8));
        } catch (IOException | RuntimeException e) {
            Log.warn("cannot write the report to " + file + ": " + e);
        }
    }

    String json() {
        StringBuilder json = new StringBuilder("{\"swallowed\":").append(Log.swallowedCount());
        json.append(",\"passThrough\":{");
        String separator = "";
        for (Map.Entry<String, Long> count : passed.counts().entrySet()) {
            json.append(separator).append(quote(count.getKey())).append(':').append(count.getValue());
            separator = ",";
        }
        json.append("},\"pools\":[");
        separator = "";
        for (PoolStatistics counts : registry.all()) {
            if (counts.borrows() > 0) { // not what a wrong password left, until it is forgotten
                json.append(separator);
                append(json, counts);
                separator = ",";
            }
        }
        return json.append("]}\n").toString();
    }

    private static void append(StringBuilder json, PoolStatistics counts) {
        json.append("{\"name\":").append(quote(counts.name()));
        number(json, "borrows", counts.borrows());
        number(json, "reused", counts.reused());
        number(json, "opened", counts.opened.sum());
        number(json, "overflow", counts.overflow.sum());
        number(json, "own", counts.own.sum());
        number(json, "evicted", counts.evicted.sum());
        number(json, "timedOut", counts.timedOut.sum());
        number(json, "longHeld", counts.longHeld.sum());
        number(json, "reclaimed", counts.reclaimed.sum());
        number(json, "used", counts.used());
        number(json, "open", counts.open());
        number(json, "peak", counts.peak());
        json.append(",\"waitIdleMicros\":")
                .append(percentiles(counts.idleWaits))
                .append(",\"waitMicros\":")
                .append(percentiles(counts.waits()))
                .append('}');
    }

    private static void number(StringBuilder json, String name, long value) {
        json.append(",\"").append(name).append("\":").append(value);
    }

    private static String percentiles(io.poolshim.pool.WaitHistogram waits) {
        return String.format(
                Locale.ROOT,
                "{\"p50\":%.3f,\"p99\":%.3f,\"max\":%.3f}",
                waits.percentile(0.5),
                waits.percentile(0.99),
                waits.max());
    }

    private static String quote(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ') {
                quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
