package io.poolshim.redirect;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts the calls that were left as they are, by reason. */
public final class PassThrough {
    private final Map<String, LongAdder> reasons = new ConcurrentHashMap<>();

    void count(String reason) {
        reasons.computeIfAbsent(reason, r -> new LongAdder()).increment();
    }

    /** The counts so far. */
    public Map<String, Long> counts() {
        Map<String, Long> counts = new TreeMap<>();
        reasons.forEach((reason, count) -> counts.put(reason, count.sum()));
        return counts;
    }
}
