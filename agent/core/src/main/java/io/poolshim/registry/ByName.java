package io.poolshim.registry;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A value for all pools, and others for some of them, by their names: these pools may come and go. */
final class ByName<T> {
    private final Map<String, T> some = new HashMap<>();
    private T all;

    ByName(T all) {
        this.all = all;
    }

    /** For the pools of that name; without a name for all, whatever was said of some before. */
    synchronized void set(@Nullable String name, T value) {
        if (name == null) {
            all = value;
            some.clear();
        } else {
            some.put(name, value);
        }
    }

    synchronized T of(String name) {
        return some.getOrDefault(name, all);
    }

    /** The value for all pools of which nothing else was said. */
    synchronized T ofOthers() {
        return all;
    }

    synchronized boolean isForSome(T value) {
        return all.equals(value) || some.containsValue(value);
    }
}
