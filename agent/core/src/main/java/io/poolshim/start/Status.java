package io.poolshim.start;

import io.poolshim.log.Log;
import io.poolshim.pool.ConnectionPool;
import io.poolshim.pool.PoolStatistics;
import io.poolshim.redirect.PassThrough;
import io.poolshim.registry.PoolRegistry;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The pools in a few lines, for people; the report has more, for programs. */
final class Status {
    private static final String ROW = "%-40s %5s %5s %9s %9s %9s %8s  %s\n";

    private final PoolRegistry registry;
    private final PassThrough passed;

    Status(PoolRegistry registry, PassThrough passed) {
        this.registry = registry;
        this.passed = passed;
    }

    String text() {
        StringBuilder text = new StringBuilder("Poolshim is active in this JVM, mode=")
                .append(registry.controls().mode().text())
                .append('\n');
        IdentityHashMap<PoolStatistics, String> states = states();
        List<PoolStatistics> pools = used();
        if (pools.isEmpty()) {
            text.append("no connection has been borrowed so far\n");
        } else {
            text.append(String.format(
                    Locale.ROOT, ROW, "pool", "used", "open", "borrows", "reused", "opened", "timeouts", "mode"));
        }
        for (PoolStatistics pool : pools) {
            text.append(String.format(
                    Locale.ROOT,
                    ROW,
                    pool.name(),
                    pool.used(),
                    pool.open(),
                    pool.borrows(),
                    pool.reused(),
                    pool.opened.sum(),
                    pool.timedOut.sum(),
                    states.getOrDefault(pool, "ended")));
        }
        for (Map.Entry<String, Long> count : passed.counts().entrySet()) {
            text.append("passed through (")
                    .append(count.getKey())
                    .append("): ")
                    .append(count.getValue())
                    .append('\n');
        }
        return text.append("errors that were swallowed: ")
                .append(Log.swallowedCount())
                .toString();
    }

    /** Of the pools there are; others are known by their statistics only. */
    private IdentityHashMap<PoolStatistics, String> states() {
        IdentityHashMap<PoolStatistics, String> states = new IdentityHashMap<>();
        for (ConnectionPool pool : registry.current()) {
            states.put(pool.statistics(), pool.mode().text() + (pool.isSuspended() ? ", suspended" : ""));
        }
        return states;
    }

    private List<PoolStatistics> used() {
        List<PoolStatistics> used = new ArrayList<>();
        for (PoolStatistics pool : registry.all()) {
            if (pool.borrows() > 0) {
                used.add(pool);
            }
        }
        return used;
    }
}
