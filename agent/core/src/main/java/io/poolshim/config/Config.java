package io.poolshim.config;

import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * The effective settings: system properties win over the environment, the environment over the file that
 * {@code poolshim.config} names, the file over agent arguments. {@link #of} has those of one pool.
 */
public final class Config {
    private final Map<String, Value> values;
    private final Map<String, Value> server;
    private final List<PoolSection> sections;
    private final @Nullable UnknownNames unknown;
    private final Sources sources;
    private final List<String> overridden;

    Config(
            Map<String, Value> values,
            Map<String, Value> server,
            List<PoolSection> sections,
            @Nullable UnknownNames unknown,
            List<String> overridden,
            Sources sources) {
        this.values = values;
        this.server = server;
        this.sections = sections;
        this.unknown = unknown;
        this.overridden = overridden;
        this.sources = sources;
    }

    /**
     * Reads all settings.
     *
     * @param arguments the agent's arguments, {@code key=value,…}, or null; a value that is a list takes {@code ;}
     * @throws ConfigException if values are not permitted, an argument has no value, or the file cannot be read
     */
    public static Config read(Properties system, Map<String, String> environment, @Nullable String arguments) {
        return new Sources(system, environment, arguments).read();
    }

    /**
     * Reads the file again; system properties, environment and arguments are those of the first time.
     *
     * @throws ConfigException if values are not permitted, or the file cannot be read; this one is as it was
     */
    public Config readAgain() {
        return sources.read();
    }

    /** The file that {@code poolshim.config} names; null if there is none. */
    public @Nullable Path file() {
        return sources.file;
    }

    /**
     * The settings of the pools for this URL and user: those of the most specific section that matches, and for what it
     * does not say, these.
     */
    public Config of(String jdbcUrl, @Nullable String user) {
        for (PoolSection section : sections) {
            if (section.matches(jdbcUrl, user)) {
                return section.config();
            }
        }
        return this;
    }

    /** Settings for some pools only, the most specific first; none if this is such a section's. */
    public List<PoolSection> sections() {
        return Collections.unmodifiableList(sections);
    }

    /** Settings of the server that each session is to begin with, by their names, which ignore case. */
    public Map<String, String> sessionSettings() {
        Map<String, String> given = new LinkedHashMap<>();
        server.forEach((name, value) -> {
            if (!value.text().isEmpty()) { // it takes one back that holds for all pools
                given.put(name, value.text());
            }
        });
        return given;
    }

    /** All settings and those of the server, in the order of the documentation. */
    public Collection<Value> all() {
        Map<String, Value> all = new LinkedHashMap<>(values);
        server.forEach((name, value) -> all.put(value.name(), value));
        return Collections.unmodifiableCollection(all.values());
    }

    /** The value of a setting; null only for a text without a default, empty for a list. */
    @SuppressWarnings({"unchecked", "NullAway"}) // the setting's type says whether null is possible
    public <T extends @Nullable Object> T get(Setting<T> setting) {
        Value value = values.get(setting.key());
        return (T) (value == null ? null : value.parsed());
    }

    /** Where the value of a setting comes from. */
    public Source source(Setting<?> setting) {
        Value value = values.get(setting.key());
        return value == null ? Source.DEFAULT : value.source();
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

    /** The settings in the file that say nothing, because system properties or environment variables win. */
    public List<String> overridden() {
        return Collections.unmodifiableList(overridden);
    }

    /** Names that look like settings and are none. */
    public List<String> unknown() {
        return unknown == null ? Collections.<String>emptyList() : unknown.names();
    }

    /** The lines for those that are agent arguments. */
    public List<String> unknownArguments() {
        return unknown == null ? Collections.<String>emptyList() : unknown.toldOf(sources.arguments.keySet());
    }

    /** A line for each of them, with what may have been meant. */
    public List<String> unknownTold() {
        return unknown == null ? Collections.<String>emptyList() : unknown.told();
    }
}
