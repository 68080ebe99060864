package io.poolshim.admin;

import io.poolshim.log.Log;
import io.poolshim.pool.ConnectionPool;
import io.poolshim.pool.PoolStatistics;
import io.poolshim.pool.WaitHistogram;
import java.util.List;
import java.util.Map;

/** What {@code /metrics} tells, under the names that telemetry's metrics have in Prometheus, see docs/telemetry.md. */
final class PoolMetrics {
    private static final String COUNTER = "counter";
    private static final String GAUGE = "gauge";
    private static final String CONNECTIONS = "db_client_connection_";
    private static final String OWN = "poolshim_connection_";
    private static final double SECOND = 1e6; // microseconds

    /** The bounds that telemetry has, in seconds. */
    private static final double[] BOUNDS = {0.00001, 0.0001, 0.0005, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30};

    private final PrometheusText text = new PrometheusText();

    private PoolMetrics() {}

    /** Of these pools, and of the agent; {@code passThroughs} by reason. */
    static String of(List<PoolWatch> watches, Map<String, Long> passThroughs) {
        PoolMetrics metrics = new PoolMetrics();
        watches.forEach(metrics::add);
        metrics.addAgent(passThroughs);
        return metrics.text.toString();
    }

    private void addAgent(Map<String, Long> passThroughs) {
        String swallowed = "The agent's own failures, which turned into pass-through.";
        text.add("poolshim_swallowed_errors_total", COUNTER, swallowed, "", (double) Log.swallowedCount());
        String passed = "Calls of DriverManager.getConnection that were left as they are.";
        passThroughs.forEach((reason, count) -> text.add(
                "poolshim_pass_throughs_total",
                COUNTER,
                passed,
                PrometheusText.labels("poolshim_reason", reason),
                (double) count));
    }

    private void add(PoolWatch watch) {
        ConnectionPool pool = watch.pool;
        PoolStatistics counts = pool.statistics();
        String of = PrometheusText.labels(CONNECTIONS + "pool_name", pool.target(), "poolshim_pool_user", pool.user());
        String state = "," + CONNECTIONS + "state=";
        String open = "Connections that are open.";
        text.add(CONNECTIONS + "count", GAUGE, open, of + state + "\"used\"", counts.used());
        text.add(CONNECTIONS + "count", GAUGE, open, of + state + "\"idle\"", pool.idle());
        text.add(CONNECTIONS + "limit", GAUGE, "Places of the pool.", of, pool.maxSize());
        text.add(CONNECTIONS + "idle_max", GAUGE, "Most idle connections.", of, pool.maxSize());
        text.add(CONNECTIONS + "idle_min", GAUGE, "Least idle connections.", of, pool.minIdle());
        text.add(CONNECTIONS + "pending_requests", GAUGE, "Callers that wait.", of, pool.pending());
        count(CONNECTIONS + "timeouts_total", "Borrows that timed out.", of, counts.timedOut.sum());
        count(OWN + "borrows_total", "Borrows.", of, counts.borrows());
        count(OWN + "reuses_total", "Borrows that needed no login.", of, counts.reused());
        count(OWN + "opened_total", "Connections that were opened.", of, counts.opened.sum());
        count(OWN + "overflows_total", "Borrows beyond the pool's size.", of, counts.overflow.sum());
        count(OWN + "own_total", "Borrows outside the pool.", of, counts.own.sum());
        count(OWN + "reclaims_total", "Connections dropped without close().", of, counts.reclaimed.sum());
        text.add(
                OWN + "time_saved_seconds_total",
                COUNTER,
                "What the logins would have taken that were not needed, at least.",
                of,
                counts.savedNanos() / 1e9);
        resets(of, "skipped", counts.notReset.sum());
        resets(of, "done", counts.reset.sum());
        resets(of, "evicted", counts.unfit.sum());
        watch.evictions((why, times) -> count(
                OWN + "evictions_total",
                "Connections that were really closed, and why.",
                of + ",poolshim_reason=\"" + why.reason() + "\"",
                times));
        count("poolshim_statements_total", "Statements and batches.", of, watch.statements.sum());
        count("poolshim_statement_errors_total", "Statements that failed.", of, watch.errors.sum());
        waits(of, counts.waits());
        Status status = watch.health.status;
        text.add("poolshim_pool_health", GAUGE, "0 unknown, 1 healthy, 2 degraded, 3 unhealthy.", of, status.level());
    }

    private void count(String name, String help, String labels, long value) {
        text.add(name, COUNTER, help, labels, (double) value);
    }

    private void resets(String of, String outcome, long value) {
        String help = "Sessions that were returned: left as they were, reset, or ended instead.";
        count("poolshim_session_resets_total", help, of + ",poolshim_outcome=\"" + outcome + "\"", value);
    }

    private void waits(String of, WaitHistogram waits) {
        for (double bound : BOUNDS) {
            String bounded = of + ",le=\"" + java.math.BigDecimal.valueOf(bound).toPlainString() + "\"";
            wait("bucket", bounded, (double) waits.countUpTo(bound * SECOND));
        }
        wait("bucket", of + ",le=\"+Inf\"", (double) waits.count());
        wait("sum", of, waits.sum() / SECOND);
        wait("count", of, (double) waits.count());
    }

    private void wait(String part, String labels, double value) {
        String family = CONNECTIONS + "wait_time_seconds";
        String help = "How long callers waited for a connection, opening one included.";
        text.addPart(family, family + "_" + part, "histogram", help, labels, value);
    }
}
