package io.poolshim.admin;

import io.poolshim.log.JsonWriter;
import io.poolshim.pool.ConnectionPool;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How the pools are, found out once a second by one thread; whoever asks gets what was found last. */
final class Health {
    private static final String NO_POOL = "no connection has been asked for that is pooled";
    private static final long STALE = TimeUnit.SECONDS.toNanos(10);

    private final PoolWatches watches;
    private final Probes probes;
    private final Events events;
    private final List<Function<ConnectionPool, @Nullable Finding>> further = new CopyOnWriteArrayList<>();
    private volatile Found found = new Found(Status.UNKNOWN, empty(NO_POOL));

    /** What was found. */
    private static final class Found {
        final Status status;
        final String json;
        final long at = System.nanoTime();

        Found(Status status, String json) {
            this.status = status;
            this.json = json;
        }
    }

    Health(PoolWatches watches, Probes probes, Events events) {
        this.watches = watches;
        this.probes = probes;
        this.events = events;
    }

    /** Also looks at what this says of a pool; null for nothing. Called once a second for each, it must not wait. */
    void also(Function<ConnectionPool, @Nullable Finding> finding) {
        further.add(finding);
    }

    /** Of no pools. */
    static String empty(String reason) {
        JsonWriter json = new JsonWriter().object().name("status").value(Status.UNKNOWN.toString());
        json.name("reason").value(reason).name("pools").array().endArray();
        return json.endObject() + "\n";
    }

    /** Once a second. */
    void tick() {
        List<PoolWatch> all = watches.all();
        probes.tick(all);
        Status overall = Status.UNKNOWN;
        JsonWriter pools = new JsonWriter().array();
        String reason = "";
        for (PoolWatch watch : all) {
            watch.tick(events);
            Probe probe = probes.of(watch);
            PoolHealth health = PoolHealth.of(watch, probe, further);
            tellOfChange(watch, health);
            if (health.status.or(overall) != overall) {
                overall = health.status;
                reason = watch.pool.name() + " is " + health.words();
            }
            pools.object().name("name").value(watch.pool.name());
            health.append(pools);
            pools.name("timeoutShare").thousandths(watch.lastMinute.timeoutShare());
            pools.name("failureShare").thousandths(watch.lastMinute.failureShare());
            if (probe != null) {
                probe.append(pools);
            }
            pools.endObject();
        }
        found = new Found(overall, json(overall, reason, pools.endArray().toString()));
    }

    private static String json(Status overall, String reason, String pools) {
        JsonWriter json = new JsonWriter().object().name("status").value(overall.toString());
        if (overall != Status.HEALTHY) {
            json.name("reason").value(reason.isEmpty() ? NO_POOL : reason);
        }
        return json.name("pools").json(pools).endObject() + "\n";
    }

    private void tellOfChange(PoolWatch watch, PoolHealth health) {
        if (health.status != watch.health.status && watch.health != PoolHealth.UNKNOWN) {
            events.add("health", watch.pool.name(), health.event(), 1);
        }
        watch.health = health;
    }

    /** Of all pools. */
    Status status() {
        return isStale() ? Status.UNKNOWN : found.status;
    }

    String json() {
        return isStale() ? empty("the agent has not looked at its pools for some seconds") : found.json;
    }

    private boolean isStale() {
        return System.nanoTime() - found.at > STALE;
    }
}
