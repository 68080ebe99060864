package io.poolshim.session;

import io.poolshim.config.Config;
import io.poolshim.config.Settings;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** What texts of SQL do to their own session and to others; each text is looked at once. */
public final class KnownSql {
    private static final int MOST_CHARACTERS = 4_000_000; // of all texts kept
    private static final int LONGEST_KEPT = 20_000;

    private final ConcurrentHashMap<String, SqlVerdict> verdicts = new ConcurrentHashMap<>();
    private final AtomicLong kept = new AtomicLong();
    private final boolean customSettings;

    public KnownSql(Config config) {
        customSettings = config.is(Settings.CUSTOM_SETTINGS, "reset");
    }

    public SqlVerdict verdict(String sql) {
        SqlVerdict known = verdicts.get(sql);
        return known != null ? known : look(sql);
    }

    /** The text with a question mark for each literal and without comments, as telemetry may show it. */
    public static String withoutLiterals(String sql) {
        return SqlScan.withoutLiterals(sql);
    }

    private SqlVerdict look(String sql) {
        SqlVerdict verdict = new SqlScan(sql, customSettings).verdict();
        if (sql.length() <= LONGEST_KEPT) {
            if (kept.addAndGet(sql.length()) > MOST_CHARACTERS) {
                verdicts.clear();
                kept.set(sql.length());
            }
            verdicts.put(sql, verdict);
        }
        return verdict;
    }
}
