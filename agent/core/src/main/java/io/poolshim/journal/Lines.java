package io.poolshim.journal;

import io.poolshim.log.JsonWriter;
import io.poolshim.log.Log;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes lines of entries, in the one thread that writes; docs/logs.md lists the fields. */
final class Lines {
    /** In characters, of which each may become six bytes: so a line, with all its fields, stays below {@link #LONGEST}. */
    private static final int LONGEST_STATEMENT = 8_000;

    private static final int LONGEST_NAME = 250;

    /** In bytes. */
    static final int LONGEST = 64_000;

    private static final int MOST_KNOWN = 1000; // texts
    private static final int LONGEST_KNOWN = 10_000; // characters
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final String[] LOGS = {"slow-query", "error", "audit"}; // in the order of the bits

    private final Function<String, String> withoutLiterals;
    private final Map<String, String> known = new LinkedHashMap<String, String>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > MOST_KNOWN;
        }
    };

    Lines(Function<String, String> withoutLiterals) {
        this.withoutLiterals = withoutLiterals;
    }

    byte[] of(Entry entry) {
        JsonWriter json = begin(entry.millis, entry.event);
        json.name("logs").array();
        for (int i = 0; i < LOGS.length; i++) {
            if ((entry.logs & 1 << i) != 0) {
                json.value(LOGS[i]);
            }
        }
        json.endArray().name("outcome").value(entry.failed ? "error" : "ok");
        if (entry.nanos >= 0) {
            json.name("duration_ms").thousandths((entry.nanos + 500) / 1000);
        }
        text(json, "statement", entry.sql == null ? null : shown(entry.sql), LONGEST_STATEMENT);
        number(json, "batch_size", entry.batchSize);
        text(json, "pool", entry.pool);
        text(json, "user", entry.user);
        text(json, "thread", entry.thread);
        text(json, "call_site", callSite(entry));
        text(json, "trace_id", entry.traceId);
        if (entry.isReturn) {
            json.name("evicted").value(entry.evicted);
        }
        text(json, "doing", entry.doing);
        text(json, "error_type", entry.errorType);
        text(json, "sqlstate", entry.sqlState);
        number(json, "vendor_code", entry.vendorCode);
        return end(json);
    }

    /** A line that says how many are missing before it. */
    byte[] ofDropped(long count) {
        return end(begin(System.currentTimeMillis(), "dropped").name("count").value(count));
    }

    static JsonWriter begin(long millis, String event) {
        return new JsonWriter()
                .object()
                .name("time")
                .value(time(millis))
                .name("event")
                .value(event);
    }

    static String time(long millis) {
        return TIME.format(Instant.ofEpochMilli(millis));
    }

    static String shortened(String name) {
        return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME) + "…";
    }

    private static byte[] end(JsonWriter json) {
        return (json.endObject() + "\n").getBytes(StandardCharsets.UTF_8);
    }

    static void text(JsonWriter json, String name, @Nullable String text) {
        text(json, name, text, LONGEST_NAME);
    }

    private static void text(JsonWriter json, String name, @Nullable String text, int longest) {
        if (text != null && !text.isEmpty()) {
            json.name(name).value(text.length() <= longest ? text : text.substring(0, longest) + "…");
        }
    }

    private static void number(JsonWriter json, String name, int number) {
        if (number != 0) {
            json.name(name).value(number);
        }
    }

    private static @Nullable String callSite(Entry entry) {
        return entry.stack == null ? entry.place : CallSite.of(entry.stack.getStackTrace(), entry.driver);
    }

    /** Each text is looked at once, as long as it is in use. Null if it cannot be shown. */
    private @Nullable String shown(String sql) {
        String shown = known.get(sql);
        if (shown == null) {
            try {
                shown = withoutLiterals.apply(sql);
            } catch (RuntimeException | LinkageError e) {
                Log.swallowed("taking the literals out of a statement (a log shows nothing of it)", e);
                return null;
            }
            if (sql.length() <= LONGEST_KNOWN) {
                known.put(sql, shown);
            }
        }
        return shown;
    }
}
