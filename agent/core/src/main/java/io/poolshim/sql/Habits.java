package io.poolshim.sql;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** The habits that show in texts of SQL; each text is read once, as long as not too many are remembered. */
public final class Habits {
    private static final long MOST_CHARACTERS = 1_000_000;
    private static final int LONGEST_KEPT = 10_000;

    private final ConcurrentHashMap<String, Set<Habit>> known = new ConcurrentHashMap<>();
    private final AtomicLong kept = new AtomicLong();

    /** Those that a text shows. Not to be changed. */
    public Set<Habit> of(String sql) {
        Set<Habit> habits = known.get(sql);
        return habits != null ? habits : read(sql);
    }

    private Set<Habit> read(String sql) {
        Set<Habit> habits = new HabitScan(sql).habits();
        if (sql.length() <= LONGEST_KEPT) {
            if (kept.addAndGet(sql.length()) > MOST_CHARACTERS) {
                known.clear();
                kept.set(sql.length());
            }
            known.put(sql, habits);
        }
        return habits;
    }
}
