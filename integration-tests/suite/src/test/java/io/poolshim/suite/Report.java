package io.poolshim.suite;

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
            return new Report(Json.object(Json.parse(Files.readString(file))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean exists() {
        return !json.isEmpty();
    }

    long swallowed() {
        return ((Number) json.getOrDefault("swallowed", 0)).longValue();
    }

    long passedThrough() {
        Map<String, Object> reasons = Json.object(json.getOrDefault("passThrough", Map.of()));
        return reasons.values().stream()
                .mapToLong(count -> ((Number) count).longValue())
                .sum();
    }

    List<Object> pools() {
        return Json.array(json.getOrDefault("pools", List.of()));
    }

    /** The sum of one counter over all pools. */
    long total(String counter) {
        return pools().stream()
                .map(Json::object)
                .mapToLong(pool -> ((Number) pool.getOrDefault(counter, 0)).longValue())
                .sum();
    }
}
