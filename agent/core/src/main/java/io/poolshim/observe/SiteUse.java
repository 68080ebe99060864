package io.poolshim.observe;

import io.poolshim.sql.Habit;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** What the connections do that were asked for in one place of the application. */
public final class SiteUse {
    private static final int MOST_APIS = 50;

    public final LongAdder loans = new LongAdder();
    public final LongAdder nested = new LongAdder();
    /** Never closed, found by the garbage collector. */
    public final LongAdder dropped = new LongAdder();
    /** With a transaction open when they were closed. */
    public final LongAdder open = new LongAdder();
    /** After which a pool would close the connection rather than keep it. */
    public final LongAdder spoiled = new LongAdder();
    /** After which nothing of what {@link Habit} names is left. */
    public final LongAdder clean = new LongAdder();

    public final LongAdder heldNanos = new LongAdder();
    public final AtomicLong longestNanos = new AtomicLong();
    public final LongAdder statements = new LongAdder();
    public final LongAdder statementNanos = new LongAdder();
    private final Map<Habit, LongAdder> habits = new EnumMap<>(Habit.class); // all of them, from the first moment on
    private final ConcurrentHashMap<String, LongAdder> apis = new ConcurrentHashMap<>();
    private final String name;

    SiteUse(String name) {
        this.name = name;
        for (Habit habit : Habit.values()) {
            habits.put(habit, new LongAdder());
        }
    }

    /** Where it is, in words. */
    public String name() {
        return name;
    }

    @SuppressWarnings("NullAway") // all of them are there
    void showed(Habit habit) {
        habits.get(habit).increment();
    }

    void used(String api) {
        LongAdder known = apis.get(api);
        if (known == null && apis.size() < MOST_APIS) {
            known = apis.computeIfAbsent(api, a -> new LongAdder());
        }
        if (known != null) {
            known.increment();
        }
    }

    void held(long nanos) {
        heldNanos.add(nanos);
        if (nanos > longestNanos.get()) {
            longestNanos.accumulateAndGet(nanos, Math::max);
        }
    }

    /** How many loans showed each habit; without those that none did. */
    public Map<Habit, Long> habits() {
        Map<Habit, Long> counts = new EnumMap<>(Habit.class);
        habits.forEach((habit, sum) -> {
            if (sum.sum() > 0) {
                counts.put(habit, sum.sum());
            }
        });
        return counts;
    }

    /** How many loans used each of the driver's own methods that are no part of JDBC. */
    public Map<String, Long> apis() {
        Map<String, Long> counts = new TreeMap<>();
        apis.forEach((api, count) -> counts.put(api, count.sum()));
        return counts;
    }
}
