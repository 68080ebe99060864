package io.poolshim.telemetry;

import io.poolshim.log.Log;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Settings of OpenTelemetry's as its users give them: system properties, then environment variables, then the file that
 * {@code otel.javaagent.configuration-file} names.
 */
final class OtelSettings {
    private static final String FILE = "otel.javaagent.configuration-file";

    private final UnaryOperator<@Nullable String> properties;
    private final UnaryOperator<@Nullable String> environment;
    private final Map<String, String> file;

    OtelSettings() {
        this(System::getProperty, System::getenv);
    }

    OtelSettings(UnaryOperator<@Nullable String> properties, UnaryOperator<@Nullable String> environment) {
        this.properties = properties;
        this.environment = environment;
        String name = propertyOrVariable(FILE);
        file = name == null ? new HashMap<>() : read(name);
    }

    private static Map<String, String> read(String name) {
        Properties properties = new Properties();
        try (Reader in = new InputStreamReader(new FileInputStream(name), StandardCharsets.UTF_8)) {
            properties.load(in);
        } catch (IOException | IllegalArgumentException e) { // the latter quotes what it does not understand
            Log.warn("the file named by " + FILE + " cannot be read ("
                    + e.getClass().getName() + "): its settings are missing");
        }
        Map<String, String> settings = new HashMap<>();
        properties.stringPropertyNames().forEach(key -> settings.put(key, properties.getProperty(key)));
        return settings;
    }

    private @Nullable String propertyOrVariable(String key) {
        String property = orNone(properties.apply(key));
        String variable = key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
        return property != null ? property : orNone(environment.apply(variable));
    }

    /** An empty value is none. */
    private static @Nullable String orNone(@Nullable String value) {
        return value == null || value.trim().isEmpty() ? null : value.trim();
    }

    /** Null if it is not given. */
    @Nullable String get(String key) {
        String given = propertyOrVariable(key);
        return given != null ? given : file.get(key);
    }

    /** Those of the file. */
    Map<String, String> ofFile() {
        return new HashMap<>(file);
    }

    /** Whether a list names this. */
    boolean lists(String key, String word) {
        return words(key).anyMatch(word::equals);
    }

    /** The words of a list but this one; {@code none} if there is no other. */
    String without(String key, String word) {
        String others = words(key).filter(listed -> !listed.equals(word)).collect(Collectors.joining(","));
        return others.isEmpty() ? "none" : others;
    }

    private Stream<String> words(String key) {
        String list = get(key);
        return list == null ? Stream.empty() : Stream.of(list.split(",")).map(String::trim);
    }
}
