package io.poolshim.session;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Which SQL leaves something in its session that {@code DISCARD ALL} does not undo, or may do so: customised (dotted)
 * settings, which come back as an empty string instead of NULL; the seed of random(); loaded libraries; connections of
 * dblink and foreign tables; whatever DO and functions that PostgreSQL does not bring itself may hide. Errs on the side
 * of "opaque". Each text is looked at once.
 *
 * <p>What a trigger, a view or an operator hides cannot be seen in the text; see docs/safety.md.
 */
public final class OpaqueSql {
    private static final int MOST_CHARACTERS = 4_000_000; // of all texts kept
    private static final int LONGEST_KEPT = 20_000;

    private final ConcurrentHashMap<String, Boolean> verdicts = new ConcurrentHashMap<>();
    private final AtomicLong kept = new AtomicLong();

    public boolean isOpaque(String sql) {
        Boolean known = verdicts.get(sql);
        return known != null ? known : look(sql);
    }

    /** The text with a question mark for each literal and without comments, as telemetry may show it. */
    public static String withoutLiterals(String sql) {
        return SqlScan.withoutLiterals(sql);
    }

    private boolean look(String sql) {
        boolean opaque = new SqlScan(sql).isOpaque();
        if (sql.length() <= LONGEST_KEPT) {
            if (kept.addAndGet(sql.length()) > MOST_CHARACTERS) {
                verdicts.clear();
                kept.set(sql.length());
            }
            verdicts.put(sql, opaque);
        }
        return opaque;
    }
}
