package io.poolshim.demo;

import com.google.gson.Gson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The statistics which the agent wrote when the application's JVM ended. */
final class AgentReport {
    private final Map<String, Object> report;

    private AgentReport(Map<String, Object> report) {
        this.report = report;
    }

    static AgentReport read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IllegalStateException("the agent wrote no report");
        }
        return new AgentReport(object(new Gson().fromJson(Files.readString(file), Object.class)));
    }

    long swallowed() {
        return ((Double) report.get("swallowed")).longValue();
    }

    /** Calls that were not pooled, all reasons together. */
    long passedThrough() {
        return object(report.get("passThrough")).values().stream()
                .mapToLong(count -> ((Double) count).longValue())
                .sum();
    }

    /** A counter of the order desk's pool. */
    long count(String counter) {
        return ((Double) pool().get(counter)).longValue();
    }

    /** A wait of the order desk's pool; {@code kind} is {@code waitIdleMicros} or {@code waitMicros}. */
    double waitMillis(String kind, String quantile) {
        return (Double) object(pool().get(kind)).get(quantile) / 1000;
    }

    double reusePercent() {
        return 100.0 * count("reused") / count("borrows");
    }

    /** One user and one database make one pool; none if the agent let all calls pass. */
    int pools() {
        return ((List<?>) report.get("pools")).size();
    }

    /** The settings that the agent advises, each an option of the JVM. */
    List<String> advised() {
        return ((List<?>) object(report.get("advice")).get("settings"))
                .stream().map(String::valueOf).toList();
    }

    private Map<String, Object> pool() {
        return object(((List<?>) report.get("pools")).get(0));
    }

    @SuppressWarnings("unchecked") // keys of a JSON object are strings
    private static Map<String, Object> object(Object json) {
        return (Map<String, Object>) json;
    }

    @Override
    public String toString() {
        return report.toString();
    }
}
