package io.poolshim.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The names of settings that hold for some pools: {@code pool.NAME.max-size}, {@code pool.NAME.session.lock_timeout}. */
final class PoolNames {
    static final String SESSION = "session.";
    private static final String POOL = "pool.";
    private static final Pattern KEY = Pattern.compile("pool\\.([a-z0-9-]{1,60})\\.(.+)", Pattern.DOTALL);
    private static final Pattern ANY_KEY = Pattern.compile("pool\\.([^.]{1,60})\\.(.+)", Pattern.DOTALL);
    private static final Pattern SERVER_SETTING =
            Pattern.compile("[A-Za-z_][A-Za-z0-9_$]{0,62}(\\.[A-Za-z_][A-Za-z0-9_$]{0,62})*");

    /** What may stand after {@code pool.NAME.}. */
    static final Map<String, Setting<?>> ROWS = rows();

    /** These are not names of sections: they begin settings of all pools. */
    private static final Set<String> RESERVED = reserved();

    private PoolNames() {}

    private static Map<String, Setting<?>> rows() {
        Map<String, Setting<?>> rows = new LinkedHashMap<>();
        List<Setting<?>> all = new ArrayList<>(PoolRows.ALL);
        all.addAll(Settings.ALL);
        for (Setting<?> setting : all) {
            String suffix = setting.suffixInPool();
            if (suffix != null) {
                rows.put(suffix, setting);
            }
        }
        return rows;
    }

    private static Set<String> reserved() {
        Set<String> names = new HashSet<>();
        names.add("session");
        for (Setting<?> setting : Settings.ALL) {
            if (setting.key().startsWith(POOL)) {
                names.add(setting.key().substring(POOL.length()).split("\\.", 2)[0]);
            }
        }
        return names;
    }

    static boolean isReserved(String name) {
        return RESERVED.contains(name);
    }

    /** The section that a key belongs to by its form; null if it has none. */
    static @Nullable String section(String key) {
        Matcher matcher = KEY.matcher(key);
        return Settings.of(key) == null && matcher.matches() && !isServerSetting(key) ? matcher.group(1) : null;
    }

    /** What follows {@code pool.NAME.} if that is a setting; else null. */
    static @Nullable String suffix(String key) {
        Matcher matcher = KEY.matcher(key);
        if (section(key) == null || !matcher.matches()) {
            return null;
        }
        String suffix = matcher.group(2);
        return ROWS.containsKey(suffix) || isServerSetting(POOL + suffix) ? suffix : null;
    }

    /** The key that is permitted where only the name of the section is not; null if that is not what is wrong. */
    static @Nullable String permitted(String key) {
        Matcher matcher = ANY_KEY.matcher(key);
        if (section(key) != null || !matcher.matches()) {
            return null;
        }
        String name = matcher.group(1).toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9-]", "-");
        String meant = POOL + name + "." + matcher.group(2);
        return !isReserved(name) && suffix(meant) != null ? meant : null;
    }

    /** Whether it is a setting of the server for all pools, {@code pool.session.lock_timeout}. */
    static boolean isServerSetting(String key) {
        return key.startsWith(POOL + SESSION) && isNameOfServerSetting(key.substring((POOL + SESSION).length()));
    }

    /** {@code reset} is none: {@code session.reset} is the agent's own. Nor are those that a section has. */
    static boolean isNameOfServerSetting(String name) {
        return Settings.of(SESSION + name) == null
                && !ROWS.containsKey(name)
                && SERVER_SETTING.matcher(name).matches();
    }
}
