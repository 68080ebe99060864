package io.poolshim.sql;

import io.poolshim.config.Config;
import java.util.concurrent.ConcurrentHashMap;

/** What is known of each database. */
public final class Databases {
    private final ConcurrentHashMap<Object, KnownSql> all = new ConcurrentHashMap<>();
    private final Config config;

    public Databases(Config config) {
        this.config = config;
    }

    /** Of the one at this address. */
    public KnownSql at(Object address, boolean isPostgres) {
        return all.computeIfAbsent(address, any -> new KnownSql(config, isPostgres));
    }

    /** What is known has grown old. */
    public void outdate() {
        all.values().forEach(KnownSql::outdate);
    }
}
