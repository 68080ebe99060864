package io.poolshim.admin;

import io.poolshim.log.JsonWriter;
import io.poolshim.log.Log;
import io.poolshim.pool.PoolStatistics;
import io.poolshim.pool.WaitHistogram;
import io.poolshim.redirect.PassThrough;
import io.poolshim.registry.PoolRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Paths;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** The agent's statistics as JSON. */
public final class Report {
    private final PoolRegistry registry;
    private final PassThrough passed;
    private final LongSupplier droppedLogLines;
    private final Map<String, Consumer<JsonWriter>> more = new LinkedHashMap<>();

    /** {@code droppedLogLines}: how many lines of the logs were not written. */
    public Report(PoolRegistry registry, PassThrough passed, LongSupplier droppedLogLines) {
        this.registry = registry;
        this.passed = passed;
        this.droppedLogLines = droppedLogLines;
    }

    /** With one more member, which the given one writes. */
    public Report with(String name, Consumer<JsonWriter> member) {
        more.put(name, member);
        return this;
    }

    /** Writes the report; a failure is only logged. */
    public void writeTo(String file) {
        try {
            Files.write(Paths.get(file), json().getBytes(StandardCharsets.UTF_8));
        } catch (IOException | RuntimeException e) {
            Log.warn("cannot write the report to " + file + ": " + e);
        }
    }

    /** One line, with a line end. */
    public String json() {
        JsonWriter json = new JsonWriter().object();
        json.name("swallowed").value(Log.swallowedCount());
        json.name("droppedLogLines").value(droppedLogLines.getAsLong());
        json.name("passThrough").object();
        for (Map.Entry<String, Long> count : passed.counts().entrySet()) {
            json.name(count.getKey()).value(count.getValue());
        }
        json.endObject().name("pools").array();
        for (PoolStatistics counts : registry.all()) {
            if (counts.borrows() > 0) { // not what a wrong password left, until it is forgotten
                append(json, counts);
            }
        }
        json.endArray();
        more.forEach((name, member) -> member.accept(json.name(name)));
        return json.endObject() + "\n";
    }

    private static void append(JsonWriter json, PoolStatistics counts) {
        counts(json.object().name("name").value(counts.name()), counts);
        json.endObject();
    }

    /** What a pool has counted. */
    static void counts(JsonWriter json, PoolStatistics counts) {
        json.name("borrows").value(counts.borrows());
        json.name("reused").value(counts.reused());
        json.name("opened").value(counts.opened.sum());
        json.name("overflow").value(counts.overflow.sum());
        json.name("waited").value(counts.waited.sum());
        json.name("own").value(counts.own.sum());
        json.name("evicted").value(counts.evicted.sum());
        json.name("timedOut").value(counts.timedOut.sum());
        json.name("longHeld").value(counts.longHeld.sum());
        json.name("resets").object();
        json.name("skipped").value(counts.notReset.sum());
        json.name("done").value(counts.reset.sum());
        json.name("evicted").value(counts.unfit.sum());
        json.endObject();
        json.name("savedMillis").value(counts.savedNanos() / 1_000_000);
        json.name("reclaimed").value(counts.reclaimed.sum());
        json.name("used").value(counts.used());
        json.name("open").value(counts.open());
        json.name("peak").value(counts.peak());
        percentiles(json.name("waitIdleMicros"), counts.idleWaits);
        percentiles(json.name("waitMicros"), counts.waits());
    }

    private static void percentiles(JsonWriter json, WaitHistogram waits) {
        json.object();
        json.name("p50").thousandths(nanos(waits.percentile(0.5)));
        json.name("p99").thousandths(nanos(waits.percentile(0.99)));
        json.name("max").thousandths(nanos(waits.max()));
        json.endObject();
    }

    private static long nanos(double micros) {
        return Math.round(micros * 1000);
    }
}
