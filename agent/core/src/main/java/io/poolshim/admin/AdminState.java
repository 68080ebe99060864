package io.poolshim.admin;

import io.poolshim.config.Config;
import io.poolshim.config.Settings;
import io.poolshim.http.HttpError;
import io.poolshim.http.HttpRequest;
import io.poolshim.http.HttpResponse;
import io.poolshim.log.JsonWriter;
import io.poolshim.log.Log;
import io.poolshim.pool.ConnectionPool;
import io.poolshim.pool.PoolListener;
import io.poolshim.redirect.PassThrough;
import io.poolshim.wrap.QueryListener;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What the admin port tells of the agent and its pools, from the application's first connection on. */
public final class AdminState {
    private final PoolWatches watches;
    private final Health health;
    private final Events events = new Events();
    private final SlowStatements slow;
    private final PassThrough passed;
    private volatile @Nullable ControlCommands control;
    private volatile Supplier<String> advice = () -> "{}\n";
    private int ticks;

    /**
     * Nothing so far.
     *
     * @param next whom the watches are in front of
     * @param withoutLiterals makes of a statement what may be shown of it
     */
    public <T extends PoolListener & QueryListener> AdminState(
            Config config, T next, PassThrough passed, Function<String, String> withoutLiterals) {
        long period = config.millis(Settings.ADMIN_PROBE);
        this.slow = new SlowStatements(config.get(Settings.ADMIN_TOKEN) != null, withoutLiterals);
        this.watches = new PoolWatches(next, period > 0, slow, events);
        this.health = new Health(watches, new Probes(period), events);
        this.passed = passed;
        health.also(AdminState::breaker);
    }

    private static @Nullable Finding breaker(ConnectionPool pool) {
        String breaker = pool.breaker();
        if (breaker.equals("half-open")) {
            return new Finding(Status.DEGRADED, "the breaker lets one login through to see whether the server is back");
        }
        return breaker.equals("open")
                ? new Finding(Status.UNHEALTHY, "the breaker is open: logins to the server fail at once")
                : null;
    }

    /** Who is to hear of pools and statements in the place of the listener behind it. */
    public PoolWatches watches() {
        return watches;
    }

    /** Health also looks at this, once a second for each pool; it must not wait. Null for nothing to say. */
    public void alsoHealth(Function<ConnectionPool, @Nullable Finding> finding) {
        health.also(finding);
    }

    /** From now on the pools can be controlled. */
    public void control(Control by) {
        control = new ControlCommands(by);
    }

    /** What gives the advice as JSON. */
    public void advice(Supplier<String> json) {
        advice = json;
    }

    String advice() {
        return advice.get();
    }

    HttpResponse control(HttpRequest request) throws HttpError {
        ControlCommands commands = control;
        if (commands == null) {
            throw new HttpError(409, "the agent is starting");
        }
        return commands.perform(request);
    }

    /** Once a second. */
    void tick() {
        try {
            health.tick();
            if (++ticks % History.SECONDS == 0) {
                watches.all().forEach(PoolWatch::remember);
                slow.forgetOld();
            }
        } catch (RuntimeException | LinkageError e) {
            Log.swallowed("looking at the pools for the admin port", e);
        }
    }

    Status status() {
        return health.status();
    }

    String health() {
        return health.json();
    }

    /** {@code everything}: also what is for those who have the token. */
    String pools(boolean everything) {
        JsonWriter json = new JsonWriter().object().name("pools");
        new PoolsJson(everything, false).append(json, watches.all());
        return json.endObject() + "\n";
    }

    String metrics() {
        return PoolMetrics.of(watches.all(), passed.counts());
    }

    /** For the page. */
    void append(JsonWriter json, boolean everything) {
        json.name("status").value(health.status().toString());
        json.name("swallowed").value(Log.swallowedCount());
        json.name("passThrough").object();
        passed.counts().forEach((reason, count) -> json.name(reason).value(count));
        json.endObject().name("pools");
        new PoolsJson(everything, true).append(json, watches.all());
        events.append(json.name("events"));
        if (everything) {
            slow.append(json.name("slow"));
        }
    }
}
