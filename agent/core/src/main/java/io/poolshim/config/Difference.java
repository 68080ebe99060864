package io.poolshim.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What has changed in the settings since they were read before, and whether that takes effect while the agent runs. */
public final class Difference {
    /** Besides those that some pools can have for themselves. */
    private static final Set<Setting<?>> LIVE =
            new HashSet<>(Arrays.<Setting<?>>asList(Settings.MAX_CONNECTIONS, Settings.LOG_LEVEL));

    /** Of those only at the start. */
    private static final Set<Setting<?>> AT_START = new HashSet<>(Arrays.<Setting<?>>asList(
            PoolRows.WARM_URL, PoolRows.WARM_USER, PoolRows.WARM_PASSWORD, Settings.BOUNCER, Settings.QUERY_TIMEOUT));

    private final List<String> effective = new ArrayList<>();
    private final List<String> later = new ArrayList<>();

    public Difference(Config before, Config after) {
        Map<String, Value> old = values(before);
        Map<String, Value> now = values(after);
        Set<String> names = new TreeSet<>(old.keySet());
        names.addAll(now.keySet());
        for (String name : names) {
            Value was = old.get(name);
            Value is = now.get(name);
            if (!text(was).equals(text(is))) {
                if (isLive(name)) {
                    effective.add(name + (is == null ? " is gone" : "=" + is.shown()));
                } else {
                    later.add(name);
                }
            }
        }
    }

    /** By their full names; a section's include those of all, which are the same. */
    private static Map<String, Value> values(Config config) {
        Map<String, Value> values = new TreeMap<>();
        config.all().forEach(value -> values.put(value.name(), value));
        for (PoolSection section : config.sections()) {
            section.config().all().forEach(value -> values.put(value.name(), value));
        }
        return values;
    }

    private static String text(@Nullable Value value) {
        return value == null ? "" : value.text();
    }

    private static boolean isLive(String name) {
        String key = name.substring(Sources.PREFIX.length());
        Setting<?> ofAll = Settings.of(key);
        String suffix = PoolNames.suffix(key);
        Setting<?> setting = ofAll != null ? ofAll : suffix != null ? PoolNames.ROWS.get(suffix) : null;
        if (setting == null) {
            return false; // of the server, for sessions that are opened
        }
        return LIVE.contains(setting) || setting.suffixInPool() != null && !AT_START.contains(setting);
    }

    /** {@code name=value} of each that takes effect at once. */
    public List<String> effective() {
        return Collections.unmodifiableList(effective);
    }

    /** The names of those that take effect at the next start. */
    public List<String> later() {
        return Collections.unmodifiableList(later);
    }
}
