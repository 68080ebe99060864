package io.poolshim.advice;

import org.jspecify.annotations.Nullable;

/** Sizes that are enough for some pools: those of a JDBC URL with any parameters, and of a user if one is named. */
final class Sizes {
    final String name;
    final String url;
    final @Nullable String user;
    int maxSize;
    int overflow;

    /** {@code name}: of the section of the settings; empty for all pools, as {@code url} is. */
    Sizes(String name, String url, @Nullable String user) {
        this.name = name;
        this.url = url;
        this.user = user;
    }

    void hold(PoolAdvice pool) {
        maxSize = Math.max(maxSize, pool.maxSize);
        overflow = Math.max(overflow, pool.overflow);
    }
}
