package io.poolshim.advice;

import io.poolshim.config.Config;
import io.poolshim.config.PoolRows;
import io.poolshim.config.PoolSection;
import io.poolshim.config.Setting;
import io.poolshim.config.Settings;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The settings that follow from the advice for all pools, as options of the JVM or as lines of a file. */
final class SettingLines {
    private static final int MOST_EXCLUDED = 20;
    private static final int LARGEST = 10_000; // of what is permitted

    private final List<PoolAdvice> pools;
    private final Config config;

    /** {@code config}: what holds now, to which the lines are added. */
    SettingLines(List<PoolAdvice> pools, Config config) {
        this.pools = pools;
        this.config = config;
    }

    /** Options of the JVM, not quoted for any shell. Empty if there is nothing to pool, or too little was seen. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        settings().forEach((name, value) -> lines.add("-D" + name + "=" + value));
        return lines;
    }

    /** The same for the file that {@code poolshim.config} names. */
    List<String> ofFile() {
        List<String> lines = new ArrayList<>();
        settings().forEach((name, value) -> lines.add(name + "=" + value.replace("\\", "\\\\")));
        return lines;
    }

    private Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        int all = 0;
        for (PoolAdvice pool : pools) {
            all += pool.worth == PoolAdvice.Worth.YES ? pool.maxSize + pool.overflow : 0;
        }
        if (all == 0) {
            return settings;
        }
        settings.put(Settings.MODE.property(), "pool");
        sizes(settings);
        if (all > config.get(Settings.MAX_CONNECTIONS)) {
            settings.put(Settings.MAX_CONNECTIONS.property(), String.valueOf(all));
        }
        List<String> globs = globs();
        if (!globs.isEmpty()) {
            globs.addAll(0, config.list(Settings.EXCLUDE)); // the line stands for the one there may be
            settings.put(Settings.EXCLUDE.property(), String.join(",", globs));
        }
        return settings;
    }

    private void sizes(Map<String, String> settings) {
        Sections sections = new Sections(pools, config);
        Sizes common = sections.common();
        if (common.maxSize > 0) {
            settings.put(Settings.MAX_SIZE.property(), maxSize(common, config));
            settings.put(Settings.OVERFLOW.property(), overflow(common));
        }
        for (Sizes added : sections.added()) {
            settings.put(PoolRows.URL.propertyIn(added.name), added.url + "*");
            if (added.user != null) {
                settings.put(PoolRows.USER.propertyIn(added.name), added.user);
            }
            settings.put(Settings.MAX_SIZE.propertyIn(added.name), maxSize(added, config));
            settings.put(Settings.OVERFLOW.propertyIn(added.name), overflow(added));
        }
        for (PoolSection section : config.sections()) {
            Sizes present = sections.present(section);
            if (present != null) {
                present(settings, section, present);
            }
        }
    }

    /** What the section says now would win over what is said of all pools. */
    private static void present(Map<String, String> settings, PoolSection section, Sizes sizes) {
        if (section.config().is(Settings.MODE, "observe")) {
            settings.put(Settings.MODE.propertyIn(section.name()), "pool");
        }
        settings.put(Settings.MAX_SIZE.propertyIn(section.name()), maxSize(sizes, section.config()));
        settings.put(Settings.OVERFLOW.propertyIn(section.name()), overflow(sizes));
    }

    /** {@code now}: what holds for these pools, whose idle connections must find a place. */
    private static String maxSize(Sizes sizes, Config now) {
        return String.valueOf(Math.max(Math.min(sizes.maxSize, LARGEST), now.get(Settings.MIN_IDLE)));
    }

    private static String overflow(Sizes sizes) {
        return String.valueOf(Math.min(sizes.overflow, LARGEST));
    }

    /** What is worth a thought, and not safe to paste without one. */
    List<String> optional() {
        List<String> lines = new ArrayList<>();
        boolean clean = false;
        boolean dropped = false;
        for (PoolAdvice pool : pools) {
            boolean worth = pool.worth == PoolAdvice.Worth.YES;
            clean |= worth && pool.leavesSessionsClean();
            dropped |= pool.facts.dropped > 0;
        }
        for (PoolAdvice pool : pools) {
            clean &= pool.worth != PoolAdvice.Worth.YES || pool.leavesSessionsClean();
        }
        if (clean) {
            lines.add(line(Settings.SESSION_RESET, "proven")
                    + " (sessions were left clean in every place: spares most resets, and statements stay prepared;"
                    + " what it costs is in docs/safety.md)");
        }
        if (dropped) {
            lines.add(line(Settings.LEAK_STACK, "always")
                    + " (shows who does not close; a stack for each borrow, so not for ever)");
        }
        return lines;
    }

    private static String line(Setting<?> setting, Object value) {
        return "-D" + setting.property() + "=" + value;
    }

    /** Of databases to which somebody logged in once and no more. */
    private List<String> globs() {
        Set<String> wanted = new HashSet<>();
        for (PoolAdvice pool : pools) {
            if (pool.facts.borrows > 1) {
                wanted.addAll(pool.facts.urls);
            }
        }
        Set<String> globs = new LinkedHashSet<>();
        for (PoolAdvice pool : pools) {
            for (String url : pool.facts.urls) {
                boolean isWanted = wanted.stream().anyMatch(other -> other.startsWith(url));
                if (!isWanted && globs.size() < MOST_EXCLUDED) {
                    globs.add(url.replace(',', '?') + "*"); // several servers; a comma would end the glob
                }
            }
        }
        return new ArrayList<>(globs);
    }
}
