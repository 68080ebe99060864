package io.poolshim.advice;

import io.poolshim.config.Config;
import io.poolshim.config.PoolSection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which pools get which sizes: all the same ones, or each those of a section of its own, if they need different ones. A pool
 * for which the settings have a section already keeps that, as it would win.
 */
final class Sections {
    private static final int MOST = 20;

    private final List<PoolAdvice> pools;
    private final Config config;
    private final SectionNames names;
    private final Sizes common = new Sizes("", "", null);
    private final Map<String, Sizes> present = new LinkedHashMap<>();
    private final Map<String, Sizes> added = new LinkedHashMap<>();

    /** {@code pools}: all that were seen, the most used ones first. */
    Sections(List<PoolAdvice> pools, Config config) {
        this.pools = pools;
        this.config = config;
        this.names = new SectionNames(config);
        Map<PoolAdvice, List<String>> free = new LinkedHashMap<>();
        for (PoolAdvice pool : pools) {
            if (pool.worth == PoolAdvice.Worth.YES) {
                List<String> urls = freeUrls(pool);
                if (!urls.isEmpty() || pool.facts.urls.isEmpty()) {
                    free.put(pool, urls);
                }
            }
        }
        if (areAlike(free.keySet())) {
            free.keySet().forEach(common::hold);
        } else {
            free.forEach(this::add);
        }
    }

    /** Those by which no section of the settings is meant; the others are noted for their section. */
    private List<String> freeUrls(PoolAdvice pool) {
        List<String> free = new ArrayList<>();
        for (String url : pool.facts.urls) {
            PoolSection section = presentFor(url, user(pool));
            if (section == null) {
                free.add(url);
            } else {
                present.computeIfAbsent(section.name(), name -> new Sizes(name, "", null))
                        .hold(pool);
            }
        }
        return free;
    }

    private @Nullable PoolSection presentFor(String url, @Nullable String user) {
        Config own = config.of(url, user);
        for (PoolSection section : config.sections()) {
            if (section.config() == own) {
                return section;
            }
        }
        return null;
    }

    private static boolean areAlike(Iterable<PoolAdvice> pools) {
        PoolAdvice first = null;
        for (PoolAdvice pool : pools) {
            first = first == null ? pool : first;
            if (pool.maxSize != first.maxSize || pool.overflow != first.overflow) {
                return false;
            }
        }
        return true;
    }

    private void add(PoolAdvice pool, List<String> urls) {
        if (urls.isEmpty() || added.size() + urls.size() > MOST) {
            common.hold(pool);
            return;
        }
        for (String url : urls) {
            String user = matchesOthers(url, pool) ? user(pool) : null;
            added.computeIfAbsent(url + " " + user, key -> new Sizes(names.next(pool.facts), url, user))
                    .hold(pool);
        }
    }

    /** Whether the login of another user would be of the section, too, if that did not name a user. */
    private boolean matchesOthers(String url, PoolAdvice pool) {
        for (PoolAdvice other : pools) {
            if (!other.facts.user.equals(pool.facts.user)) {
                for (String othersUrl : other.facts.urls) {
                    if (othersUrl.startsWith(url)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    /** Null if it is not shown. */
    private static @Nullable String user(PoolAdvice pool) {
        return pool.facts.user.isEmpty() || pool.facts.user.indexOf('?') >= 0 ? null : pool.facts.user;
    }

    /** For the pools that are of no section; its size is 0 if all are. */
    Sizes common() {
        return common;
    }

    /** For a section that the settings have already; null if no pool is of it. */
    @Nullable Sizes present(PoolSection section) {
        return present.get(section.name());
    }

    /** For sections to be added. */
    List<Sizes> added() {
        return new ArrayList<>(added.values());
    }
}
