package io.poolshim.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** The effective settings: system properties win over the environment, the environment over agent arguments. */
public final class Config {
    private final Map<String, @Nullable Object> values = new HashMap<>();
    private final List<String> unknown = new ArrayList<>();

    /**
     * Reads all settings.
     *
     * @param arguments the agent's arguments, {@code key=value,…}, or null; a value that is a list takes {@code ;}
     * @throws ConfigException if a value is not permitted, or an argument has no value
     */
    public static Config read(Properties system, Map<String, String> environment, @Nullable String arguments) {
        Config config = new Config();
        Map<String, String> given = parseArguments(arguments);
        for (Setting<?> setting : Settings.ALL) {
            String text = system.getProperty(setting.property());
            if (text == null) {
                text = environment.get(setting.environment());
            }
            if (text == null) {
                text = given.get(setting.key());
            }
            if (text == null || text.trim().isEmpty()) {
                text = setting.defaultText();
            }
            config.values.put(setting.key(), text.isEmpty() ? null : setting.parse(text));
        }
        config.findUnknown(system, given);
        return config;
    }

    private static Map<String, String> parseArguments(@Nullable String arguments) {
        Map<String, String> given = new HashMap<>();
        if (arguments != null && !arguments.trim().isEmpty()) {
            for (String argument : arguments.split(",")) {
                int equals = argument.indexOf('=');
                if (equals <= 0) {
                    throw new ConfigException("agent argument '" + argument + "' has no value; write key=value,…");
                }
                String value = argument.substring(equals + 1).replace(';', ',');
                given.put(argument.substring(0, equals).trim(), value);
            }
        }
        return given;
    }

    private void findUnknown(Properties system, Map<String, String> given) {
        for (String name : system.stringPropertyNames()) {
            if (name.startsWith("poolshim.") && !values.containsKey(name.substring("poolshim.".length()))) {
                unknown.add(name);
            }
        }
        for (String key : given.keySet()) {
            if (!values.containsKey(key)) {
                unknown.add("poolshim." + key);
            }
        }
        Collections.sort(unknown);
    }

    /** The value of a setting; null only for a text without a default, empty for a list. */
    @SuppressWarnings({"unchecked", "NullAway"}) // the setting's type says whether null is possible
    public <T extends @Nullable Object> T get(Setting<T> setting) {
        return (T) values.get(setting.key());
    }

    /** The entries of a list; empty if none was given. */
    public List<String> list(Setting<List<String>> setting) {
        List<String> list = get(setting);
        return list == null ? Collections.<String>emptyList() : list;
    }

    /** A duration in milliseconds. */
    public long millis(Setting<java.time.Duration> setting) {
        return get(setting).toMillis();
    }

    /** Whether a setting has this value. */
    public boolean is(Setting<String> setting, String value) {
        return value.equals(get(setting));
    }

    /** Names under {@code poolshim.} that no setting has. */
    public List<String> unknown() {
        return unknown;
    }
}
