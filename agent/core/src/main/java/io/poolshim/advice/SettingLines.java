package io.poolshim.advice;

import io.poolshim.config.Setting;
import io.poolshim.config.Settings;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The settings that follow from the advice for all pools, each an option of the JVM. */
final class SettingLines {
    private static final int MOST_EXCLUDED = 20;

    private final List<PoolAdvice> pools;

    SettingLines(List<PoolAdvice> pools) {
        this.pools = pools;
    }

    /** Empty if there is nothing to pool, or too little was seen. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        int size = 0;
        int overflow = 0;
        int all = 0;
        for (PoolAdvice pool : pools) {
            if (pool.worth == PoolAdvice.Worth.YES) {
                size = Math.max(size, pool.maxSize);
                overflow = Math.max(overflow, pool.overflow);
                all += pool.maxSize + pool.overflow;
            }
        }
        if (size == 0) {
            return lines;
        }
        lines.add(line(Settings.MODE, "pool"));
        lines.add(line(Settings.MAX_SIZE, size));
        lines.add(line(Settings.OVERFLOW, overflow));
        if (all > Integer.parseInt(Settings.MAX_CONNECTIONS.defaultText())) {
            lines.add(line(Settings.MAX_CONNECTIONS, all));
        }
        List<String> globs = globs();
        if (!globs.isEmpty()) {
            lines.add(line(Settings.EXCLUDE, String.join(",", globs)));
        }
        return lines;
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
                wanted.add(pool.facts.target);
            }
        }
        Set<String> globs = new LinkedHashSet<>();
        for (PoolAdvice pool : pools) {
            String target = pool.facts.target;
            if (wanted.contains(target)
                    || target.indexOf('?') >= 0
                    || target.isEmpty()
                    || globs.size() >= MOST_EXCLUDED) {
                continue;
            }
            globs.add("jdbc:postgresql://" + target + "*");
            if (target.contains(":5432/")) {
                globs.add("jdbc:postgresql://" + target.replace(":5432/", "/") + "*");
            }
        }
        return new ArrayList<>(globs);
    }
}
