package io.poolshim.pool;

import dev.failsafe.CircuitBreaker;
import io.poolshim.jdbc.DriverFailure;
import io.poolshim.jdbc.SqlStates;
import io.poolshim.log.Log;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets logins to a server through or, after several in a row that did not reach it, makes them fail at once: for a while,
 * after which one is let through and decides. A refused password shows that the server is there.
 */
final class Breaker {
    private final String server;
    private final CircuitBreaker<Physical> circuit;
    private final AtomicBoolean justOpened = new AtomicBoolean();
    private volatile @Nullable Throwable last;

    /** {@code server}: {@code host:port}, or several of them. */
    Breaker(String server, PoolSettings settings) {
        this.server = server;
        this.circuit = CircuitBreaker.<Physical>builder()
                .withFailureThreshold(settings.breakerFailures)
                .withSuccessThreshold(1)
                .withDelay(Duration.ofMillis(settings.breakerDelay))
                .onOpen(event -> opened(event.getPreviousState() == CircuitBreaker.State.CLOSED))
                .onClose(event -> Log.info("logins to " + server + " are let through again"))
                .build();
    }

    private void opened(boolean first) {
        justOpened.set(true);
        if (first) {
            Log.warn("logins to " + server + " did not reach it (SQLSTATE " + state() + "): they fail at once, for "
                    + circuit.getConfig().getDelay().toMillis() + " ms (poolshim.breaker.delay)");
        }
    }

    /** Whether a login is let through; then {@link #attempt} is to follow. */
    boolean letsThrough() {
        return circuit.tryAcquirePermit();
    }

    /**
     * Logs in, and remembers how that went.
     *
     * @throws DriverFailure what the driver threw
     */
    Physical attempt(Supplier<Physical> login) {
        boolean unreachable = false;
        try {
            return login.get();
        } catch (DriverFailure e) {
            unreachable = SqlStates.isUnreachable(e.getCause());
            last = unreachable ? e.getCause() : last;
            throw e;
        } finally {
            if (unreachable) {
                circuit.recordFailure();
            } else {
                circuit.recordSuccess();
            }
        }
    }

    /** The last failure, for the first who asks after it has made logins fail at once; else null. */
    @Nullable Throwable justOpened() {
        return justOpened.getAndSet(false) ? last : null;
    }

    private String state() {
        Throwable cause = last;
        return cause == null ? "08001" : SqlStates.of(cause);
    }

    /** What a login that is not let through fails with. */
    DriverFailure refusal() {
        return new DriverFailure(new SQLTransientConnectionException(
                "Logins to " + server
                        + " fail at once, because the last ones did not reach it; the cause is what the last one"
                        + " was told. (poolshim.breaker.failures, poolshim.breaker.delay)",
                state(),
                last));
    }

    /** {@code closed}, {@code open} or {@code half-open}. */
    String shown() {
        return circuit.getState().name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
