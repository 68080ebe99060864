package io.poolshim.admin;

import io.poolshim.pool.Opener;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One probe for each database in use, whatever number of users and so of pools there is; by one thread. */
final class Probes {
    private static final int MOST = 10;

    private final long period; // ms; 0 for none
    private final Map<String, Probe> probes = new HashMap<>();

    Probes(long period) {
        this.period = period;
    }

    /** Once a second. */
    void tick(List<PoolWatch> watches) {
        Set<String> seen = new HashSet<>();
        for (PoolWatch watch : watches) {
            Opener opener = watch.opener;
            String target = watch.pool.target();
            if (period > 0 && opener != null && seen.size() < MOST && seen.add(target)) {
                probes.computeIfAbsent(target, t -> new Probe(period)).tick(opener);
            }
        }
        probes.keySet().retainAll(seen);
    }

    /** The one of the pool's database; null if there is none. */
    @Nullable Probe of(PoolWatch watch) {
        return probes.get(watch.pool.target());
    }
}
