package io.poolshim.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What all sources say at one moment. */
final class Texts {
    final Sources sources;
    final Map<String, String> file;

    Texts(Sources sources, Map<String, String> file) {
        this.sources = sources;
        this.file = file;
    }

    /** What was given first for a key such as {@code pool.max-size}; null if nothing was. */
    @Nullable Given find(String key) {
        String name = Sources.PREFIX + key;
        String text = sources.system.get(name);
        if (text != null) {
            return new Given(text, Source.SYSTEM_PROPERTY);
        }
        text = sources.environment.get(environmentName(key));
        if (text != null) {
            return new Given(text, Source.ENVIRONMENT);
        }
        text = file.get(name);
        if (text != null) {
            return new Given(text, Source.FILE);
        }
        text = sources.arguments.get(key);
        return text == null ? null : new Given(text, Source.ARGUMENT);
    }

    /** The settings in the file that are given by what wins over it. */
    List<String> overridden() {
        List<String> names = new ArrayList<>();
        for (String name : new TreeSet<>(file.keySet())) {
            String key = name.startsWith(Sources.PREFIX) ? name.substring(Sources.PREFIX.length()) : "";
            boolean isSetting = Settings.of(key) != null && !key.equals(Settings.CONFIG.key())
                    || PoolNames.isServerSetting(key)
                    || PoolNames.suffix(key) != null;
            Given given = isSetting ? find(key) : null;
            if (given != null && given.source != Source.FILE) {
                names.add(name);
            }
        }
        return names;
    }

    /** {@code POOLSHIM_POOL_MAX_SIZE} of {@code pool.max-size}. */
    static String environmentName(String key) {
        return Sources.ENVIRONMENT_PREFIX
                + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    /** For messages: {@code (environment)}. */
    String describe(Source source) {
        return source == Source.FILE
                ? "(file " + Secrets.inOneLine(String.valueOf(sources.file)) + ")"
                : "(" + source.words() + ")";
    }
}
