package io.poolshim.telemetry;

import io.poolshim.pool.ConnectionPool;
import io.poolshim.session.Address;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * All metrics, through one OpenTelemetry API, of the pools that are told there; see docs/telemetry.md. That of an
 * application keeps these, and not they are kept by a pool or by anything else of the agent's: they go with it.
 */
final class Measures {
    private static final int MOST_SERVERS = 1000;

    /** By the conventions, in seconds. */
    private static final List<Double> OPERATION_BOUNDS =
            Collections.unmodifiableList(Arrays.asList(0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1.0, 5.0, 10.0));

    /** A wait may be of microseconds. */
    private static final List<Double> CONNECTION_BOUNDS = Collections.unmodifiableList(
            Arrays.asList(0.00001, 0.0001, 0.0005, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1.0, 5.0, 10.0, 30.0));

    final Pools pools;
    final Metering.Recorder operations;
    final Metering.Recorder creations;
    final Metering.Recorder waits;
    final Metering.Recorder uses;
    final Metering.Recorder transactions;
    private final Metering.Recorder evictions;
    private final Metering metering;
    private final KnownQueries queries;
    private final int age;
    private final Map<Address, ServerMeasures> servers = new ConcurrentHashMap<>();
    private final Map<ConnectionPool, PoolMeasures> ofPools = new WeakHashMap<>();

    /**
     * Makes the instruments.
     *
     * @param pools those that are told here at first
     * @param age 0 for the agent's own; those of applications in their order
     */
    Measures(Metering metering, KnownQueries queries, Pools pools, int age) {
        this.metering = metering;
        this.queries = queries;
        this.pools = pools;
        this.age = age;
        operations = metering.durations(
                "db.client.operation.duration", "How long statements and batches took.", OPERATION_BOUNDS);
        creations = metering.durations(
                "db.client.connection.create_time", "How long it took to open a connection.", CONNECTION_BOUNDS);
        waits = metering.durations(
                "db.client.connection.wait_time",
                "How long callers waited for a connection, opening one included.",
                CONNECTION_BOUNDS);
        uses = metering.durations(
                "db.client.connection.use_time", "How long connections were borrowed.", CONNECTION_BOUNDS);
        transactions = metering.durations(
                "poolshim.transaction.duration",
                "From a transaction's first statement to the end of commit() or rollback().",
                OPERATION_BOUNDS);
        evictions = metering.counter(
                "poolshim.connection.evictions", "{connection}", "Connections that were really closed, and why.");
    }

    /** Whether nobody reads them. */
    boolean isOff() {
        return metering == Metering.NONE;
    }

    /** Whether an application came with these later. */
    boolean isNewerThan(Measures other) {
        return age > other.age;
    }

    /** Whether they are the agent's, and no application's. */
    boolean isOwn() {
        return age == 0;
    }

    PoolMeasures of(ConnectionPool pool) {
        synchronized (ofPools) {
            return ofPools.computeIfAbsent(pool, any -> new PoolMeasures(this, metering, new PoolLabel(pool)));
        }
    }

    ServerMeasures of(Address address) {
        ServerMeasures known = servers.get(address);
        if (known == null) {
            known = new ServerMeasures(metering, address);
            if (servers.size() < MOST_SERVERS) {
                servers.put(address, known);
            }
        }
        return known;
    }

    /** Attributes of a statement. */
    Object of(String sql, ServerMeasures server) {
        KnownQuery query = queries.of(sql);
        String summary = query.summary;
        return summary == null
                ? server.attributes
                : query.ofMetrics.get(server, () -> metering.with(server.attributes, Attribute.SUMMARY, summary));
    }

    /** What of a failure leaves the JVM: no message, since those carry bound values. */
    Object failed(Object attributes, Throwable thrown) {
        Object failed = metering.with(
                attributes, Attribute.ERROR_TYPE, thrown.getClass().getName());
        String state = thrown instanceof SQLException ? ((SQLException) thrown).getSQLState() : null;
        return state == null ? failed : metering.with(failed, Attribute.SQLSTATE, state);
    }

    void evicted(PoolMeasures pool, String reason) {
        evictions.record(1, metering.with(pool.attributes, Attribute.REASON, reason));
    }
}
