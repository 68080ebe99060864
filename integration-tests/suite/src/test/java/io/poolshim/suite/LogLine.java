package io.poolshim.suite;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A line of the agent's logs. */
record LogLine(JsonObject json) {
    static List<LogLine> in(Path file) {
        try {
            String text = Files.readString(file); // throws for what is not UTF-8
            if (!text.isEmpty() && !text.endsWith("\n")) {
                throw new AssertionError("half a line at the end of " + file);
            }
            return text.isEmpty() ? List.of() : read(List.of(text.split("\n")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<LogLine> read(List<String> lines) {
        return lines.stream()
                .map(line -> new LogLine(JsonParser.parseString(line).getAsJsonObject()))
                .toList();
    }

    /** A field's value as text; empty if it is not there. */
    String field(String name) {
        JsonElement value = json.get(name);
        return value == null ? "" : value.getAsString();
    }

    boolean is(String event) {
        return field("event").equals(event);
    }

    boolean isIn(String log) {
        return json.getAsJsonArray("logs") != null
                && json.getAsJsonArray("logs").contains(new com.google.gson.JsonPrimitive(log));
    }

    int bytes() {
        return json.toString().getBytes(StandardCharsets.UTF_8).length;
    }
}
