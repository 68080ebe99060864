package io.poolshim.registry;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was said of all pools, and of some by their names: these pools may come and go. */
final class ByName<T> {
    private final Map<String, T> some = new HashMap<>();
    private @Nullable T all;

    /** For the pools of that name; without a name for all, and what was said of some before is void. */
    synchronized void set(@Nullable String name, T value) {
        if (name == null) {
            all = value;
            some.clear();
        } else {
            some.put(name, value);
        }
    }

    /** Nothing was said. */
    synchronized void clear() {
        all = null;
        some.clear();
    }

    /** Null if nothing was said of it. */
    synchronized @Nullable T of(String name) {
        T own = some.get(name);
        return own != null ? own : all;
    }

    /** Null if nothing was said of all. */
    synchronized @Nullable T ofAll() {
        return all;
    }

    /** Whether nothing else was said of any by its name. */
    synchronized boolean isNoneBut(T value) {
        return some.values().stream().allMatch(value::equals);
    }
}
