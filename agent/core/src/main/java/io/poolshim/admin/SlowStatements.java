package io.poolshim.admin;

import io.poolshim.journal.CallSite;
import io.poolshim.log.JsonWriter;
import io.poolshim.log.Log;
import io.poolshim.pool.BorrowRecord;
import io.poolshim.session.PhysicalConnection;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The slowest statements of the last quarter of an hour. A statement that is faster than those costs one comparison; nobody
 * waits for somebody else to be noted down.
 */
final class SlowStatements {
    private static final int MOST_KEPT = 100; // each text as it came, literals and all
    private static final int MOST_SHOWN = 20;
    private static final int LONGEST_TEXT = 10_000; // characters
    private static final long FASTEST = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long KEPT = TimeUnit.MINUTES.toNanos(15);

    private final Function<String, String> withoutLiterals;
    private final boolean wanted;
    private final Map<String, Entry> entries = new HashMap<>();
    private final ReentrantLock lock = new ReentrantLock();
    private volatile long floor = FASTEST; // below it nothing is of interest

    private static final class Entry {
        final String sql;
        String pool = "";
        String driver = "";
        long worst;
        long count;
        long lastNanos;

        @Nullable Throwable stack; // of the thread; its frames are looked at when somebody asks

        @Nullable String shown;

        @Nullable String site;

        Entry(String sql) {
            this.sql = sql;
        }
    }

    /**
     * None so far.
     *
     * @param wanted whether anybody may see them
     * @param withoutLiterals makes of a statement what may be shown of it
     */
    SlowStatements(boolean wanted, Function<String, String> withoutLiterals) {
        this.wanted = wanted;
        this.withoutLiterals = withoutLiterals;
    }

    void ended(BorrowRecord record, String sql, long nanos) {
        if (wanted && nanos >= floor && lock.tryLock()) {
            try {
                note(record, sql.length() <= LONGEST_TEXT ? sql : "", nanos);
            } finally {
                lock.unlock();
            }
        }
    }

    private void note(BorrowRecord record, String sql, long nanos) {
        Entry entry = entries.computeIfAbsent(sql, Entry::new);
        entry.count++;
        entry.lastNanos = System.nanoTime();
        if (nanos > entry.worst) {
            entry.worst = nanos;
            entry.pool = record.pool().name();
            entry.stack = new Throwable();
            entry.site = null;
            entry.driver = record.physical() instanceof PhysicalConnection
                    ? CallSite.driverOf(((PhysicalConnection) record.physical())
                            .connection()
                            .getClass())
                    : "";
        }
        if (entries.size() > MOST_KEPT) {
            entries.values().remove(fastest());
            floor = Math.max(FASTEST, fastest().worst);
        }
    }

    private Entry fastest() {
        return entries.values().stream()
                .min(Comparator.comparingLong(entry -> entry.worst))
                .orElseThrow(IllegalStateException::new);
    }

    /** Now and then: what was long ago makes room. */
    void forgetOld() {
        lock.lock();
        try {
            long now = System.nanoTime();
            if (entries.values().removeIf(entry -> now - entry.lastNanos > KEPT)) {
                floor = FASTEST;
            }
        } finally {
            lock.unlock();
        }
    }

    /** An array, the slowest first; texts that differ in their literals only are one. */
    void append(JsonWriter json) {
        lock.lock();
        try {
            List<Entry> sorted = new ArrayList<>(entries.values());
            sorted.sort(Comparator.comparingLong((Entry entry) -> entry.worst).reversed());
            Map<String, Long> counts = new LinkedHashMap<>();
            Map<String, Entry> slowest = new HashMap<>();
            for (Entry entry : sorted) {
                String shown = shown(entry);
                slowest.putIfAbsent(shown, entry);
                counts.merge(shown, entry.count, Long::sum);
            }
            json.array();
            counts.entrySet().stream()
                    .limit(MOST_SHOWN)
                    .forEach(each -> append(
                            json, each.getKey(), each.getValue(), Objects.requireNonNull(slowest.get(each.getKey()))));
            json.endArray();
        } finally {
            lock.unlock();
        }
    }

    private String shown(Entry entry) {
        String shown = entry.shown;
        if (shown == null) {
            shown = entry.sql.isEmpty() ? "(longer than " + LONGEST_TEXT + " characters)" : shown(entry.sql);
            entry.shown = shown;
        }
        return shown;
    }

    private static void append(JsonWriter json, String shown, long count, Entry entry) {
        if (entry.site == null && entry.stack != null) {
            String site = CallSite.of(entry.stack.getStackTrace(), entry.driver);
            entry.site = site == null ? "" : site;
            entry.stack = null;
        }
        json.object().name("statement").value(shown);
        json.name("pool").value(entry.pool);
        json.name("site").value(entry.site == null ? "" : entry.site);
        json.name("count").value(count);
        json.name("worstMillis").thousandths(entry.worst / 1000).endObject();
    }

    private String shown(String sql) {
        try {
            return withoutLiterals.apply(sql);
        } catch (RuntimeException | LinkageError e) {
            Log.swallowed("taking the literals out of a statement (the page shows nothing of it)", e);
            return "(cannot be shown)";
        }
    }
}
