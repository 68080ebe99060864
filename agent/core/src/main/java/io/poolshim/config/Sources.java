package io.poolshim.config;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Where settings are given, as it was when the agent started, but for the file, which may be read again: system
 * properties and environment variables by their names, agent arguments by their keys.
 */
final class Sources {
    static final String PREFIX = "poolshim.";
    static final String ENVIRONMENT_PREFIX = "POOLSHIM_";

    final Map<String, String> system = new HashMap<>();
    final Map<String, String> environment = new HashMap<>();
    final Map<String, String> arguments;
    final @Nullable Path file;

    /**
     * Takes copies: an application may change its system properties meanwhile.
     *
     * @throws ConfigException if an argument has no value, or there can be no file of the name given
     */
    Sources(Properties properties, Map<String, String> variables, @Nullable String agentArguments) {
        for (String name : properties.stringPropertyNames()) {
            if (name.startsWith(PREFIX)) {
                system.put(name, properties.getProperty(name));
            }
        }
        variables.forEach((name, text) -> {
            if (name.startsWith(ENVIRONMENT_PREFIX)) {
                environment.put(name, text);
            }
        });
        arguments = AgentArguments.parse(agentArguments);
        file = SettingsFile.of(fileName());
    }

    private @Nullable String fileName() {
        Given given = new Texts(this, new HashMap<>()).find(Settings.CONFIG.key());
        return given == null ? null : given.text;
    }

    /**
     * Reads the file, if there is one, and all settings.
     *
     * @throws ConfigException with all that is wrong with them
     */
    Config read() {
        return new ConfigReader(this, new Texts(this, SettingsFile.read(file))).read();
    }
}
