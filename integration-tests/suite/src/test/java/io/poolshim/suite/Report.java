package io.poolshim.suite;

import com.google.gson.Gson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What the agent wrote about itself when the JVM exited; empty if it wrote nothing. */
record Report(Map<String, Object> json) {
    static Report read(Path file) {
        if (!Files.exists(file)) {
            return new Report(Map.of());
        }
        try {
            return new Report(object(new Gson().fromJson(Files.readString(file), Object.class)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @SuppressWarnings("unchecked") // keys of a JSON object are strings
    static Map<String, Object> object(Object json) {
        return (Map<String, Object>) json;
    }

    boolean exists() {
        return !json.isEmpty();
    }

    long swallowed() {
        return ((Number) json.getOrDefault("swallowed", 0)).longValue();
    }

    long passedThrough() {
        Map<String, Object> reasons = object(json.getOrDefault("passThrough", Map.of()));
        return reasons.values().stream()
                .mapToLong(count -> ((Number) count).longValue())
                .sum();
    }

    long passedThrough(String reason) {
        Map<String, Object> reasons = object(json.getOrDefault("passThrough", Map.of()));
        return ((Number) reasons.getOrDefault(reason, 0)).longValue();
    }

    @SuppressWarnings("unchecked")
    List<Object> pools() {
        return (List<Object>) json.getOrDefault("pools", List.of());
    }

    /** The sum of one counter over all pools. */
    long total(String counter) {
        return pools().stream()
                .map(Report::object)
                .mapToLong(pool -> ((Number) pool.getOrDefault(counter, 0)).longValue())
                .sum();
    }
}
