package io.poolshim.telemetry;

import io.poolshim.config.Config;
import io.poolshim.config.Settings;
import io.poolshim.pool.BorrowRecord;
import io.poolshim.pool.PoolListener;
import io.poolshim.redirect.CallSites;
import io.poolshim.wrap.QueryListener;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Turns what pools and queries tell into spans and metrics, or into nothing. */
public interface Telemetry extends PoolListener, QueryListener {
    /** Neither spans nor metrics. */
    Telemetry NONE = new Telemetry() {
        @Override
        public @Nullable Object started(BorrowRecord record, String sql, int batchSize) {
            return null;
        }

        @Override
        public void ended(Object token, @Nullable Throwable thrown) {}

        @Override
        public void shutdown(long time, TimeUnit unit) {}
    };

    /** The trace that what this thread does now on a loan belongs to, in hexadecimal; null if there is none. */
    default @Nullable String traceId(BorrowRecord record) {
        return null;
    }

    /**
     * The W3C's {@code traceparent} of the statement that this thread executes; null if it is not traced, or unless {@code
     * poolshim.sqlcommenter} is {@code full}.
     */
    default @Nullable String traceparent() {
        return null;
    }

    /** Sends what is not sent yet, for at most this long, and ends. */
    void shutdown(long time, TimeUnit unit);

    /**
     * Telemetry as the settings say. It starts in a thread of the agent, so that its threads take nothing over from the
     * application's, and meanwhile the first connection opens.
     *
     * @param passThroughs the counts of calls that were left as they are, by reason
     * @param sites finds the lines from which the application borrows
     */
    static Telemetry of(Config config, Supplier<Map<String, Long>> passThroughs, CallSites sites) {
        if (config.is(Settings.TELEMETRY, "off")) {
            return NONE;
        }
        Pools pools = new Pools();
        ThreadLocal<String @Nullable []> ofThread =
                config.is(Settings.SQLCOMMENTER, "full") ? new ThreadLocal<>() : null;
        return new LateTelemetry(
                () -> new Situation(config, pools, passThroughs, sites, ofThread).start(), pools, ofThread);
    }

    /** A text of SQL as telemetry shows it. Loads classes of OpenTelemetry, also while telemetry is off. */
    static String withoutLiterals(String sql) {
        return KnownQueries.withoutLiterals(sql);
    }
}
