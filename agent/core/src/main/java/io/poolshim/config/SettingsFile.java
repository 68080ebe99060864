package io.poolshim.config;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** The file that {@code poolshim.config} names, in the format of {@link Properties} and in UTF-8. */
final class SettingsFile {
    private static final int MOST_BYTES = 1_000_000;

    private SettingsFile() {}

    /**
     * The file of that name.
     *
     * @throws ConfigException if there can be none of it
     */
    static @Nullable Path of(@Nullable String name) {
        if (name == null || name.trim().isEmpty()) {
            return null;
        }
        try {
            return Paths.get(name.trim()).toAbsolutePath();
        } catch (InvalidPathException e) {
            throw unreadable(Secrets.inOneLine(name), "no name of a file");
        }
    }

    /**
     * Its settings by their full names.
     *
     * @throws ConfigException if it cannot be read; an empty file is one without settings
     */
    static Map<String, String> read(@Nullable Path file) {
        if (file == null) {
            return Collections.emptyMap();
        }
        String shown = Secrets.inOneLine(file.toString());
        try {
            if (!Files.exists(file)) {
                throw unreadable(shown, "there is no such file");
            }
            if (!Files.isRegularFile(file)) { // reading a pipe may take for ever
                throw unreadable(shown, "it is no ordinary file");
            }
            if (Files.size(file) > MOST_BYTES) {
                throw unreadable(shown, "it has more than " + MOST_BYTES + " bytes");
            }
            return parse(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
        } catch (AccessDeniedException e) {
            throw unreadable(shown, "this user may not read it");
        } catch (IOException e) {
            throw unreadable(shown, e.getClass().getSimpleName());
        } catch (IllegalArgumentException e) {
            if (e instanceof ConfigException) {
                throw e;
            }
            throw unreadable(shown, "a \\u in it has no four hexadecimal digits after it; write \\\\ for a backslash");
        }
    }

    private static Map<String, String> parse(String text) throws IOException {
        Properties properties = new Properties();
        boolean marked = !text.isEmpty() && text.charAt(0) == '\uFEFF'; // as some editors do
        properties.load(new StringReader(marked ? text.substring(1) : text));
        Map<String, String> settings = new HashMap<>();
        for (String name : properties.stringPropertyNames()) {
            settings.put(name, properties.getProperty(name));
        }
        return settings;
    }

    private static ConfigException unreadable(String name, String why) {
        return new ConfigException("the settings file " + name + " cannot be read: " + why
                + "; correct the file or the name in poolshim.config, or leave that out");
    }
}
