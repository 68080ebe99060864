package io.poolshim.pool;

import dev.failsafe.Execution;
import dev.failsafe.RetryPolicy;
import dev.failsafe.RetryPolicyBuilder;
import io.poolshim.jdbc.DriverFailure;
import io.poolshim.jdbc.SqlStates;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Logs in more often than once, or not at all, as the settings say: see docs/outages.md. Of Failsafe only the policies are
 * used: its executor knows neither our deadline nor that an interrupted thread is not to wait.
 */
final class Attempts {
    static final String NO_BREAKER = "off";
    private static final double JITTER = 0.25;

    private final @Nullable RetryPolicy<Physical> retries;
    private final @Nullable Breaker breaker;
    private final Stock.Events events;

    Attempts(PoolSettings settings, @Nullable Breaker breaker, Stock.Events events) {
        this.retries = settings.retries == 0 ? null : policy(settings);
        this.breaker = breaker;
        this.events = events;
    }

    private static RetryPolicy<Physical> policy(PoolSettings settings) {
        RetryPolicyBuilder<Physical> policy = RetryPolicy.<Physical>builder()
                .handleIf(failure -> SqlStates.isPassing(failure.getCause()))
                .withMaxRetries(settings.retries)
                .withJitter(JITTER);
        Duration first = Duration.ofMillis(settings.retryDelay);
        return settings.retryMaxDelay > settings.retryDelay
                ? policy.withBackoff(first, Duration.ofMillis(settings.retryMaxDelay))
                        .build()
                : policy.withDelay(first).build();
    }

    String breaker() {
        return breaker == null ? NO_BREAKER : breaker.shown();
    }

    /**
     * Logs in.
     *
     * @param deadline by {@link System#nanoTime()}, after which no further attempt begins
     * @throws DriverFailure what the driver threw the last time, or that the breaker is open
     */
    Physical open(Supplier<Physical> login, long deadline) {
        if (breaker != null && !breaker.letsThrough()) {
            throw breaker.refusal();
        }
        Execution<Physical> attempts = null;
        while (true) {
            try {
                return attempt(login);
            } catch (DriverFailure e) {
                if (retries == null) {
                    throw e;
                }
                attempts = attempts == null ? Execution.of(retries) : attempts;
                attempts.recordException(e);
                if (attempts.isComplete()
                        || !pause(attempts.getDelay().toNanos(), deadline)
                        || breaker != null && !breaker.letsThrough()) {
                    throw e;
                }
            }
        }
    }

    private Physical attempt(Supplier<Physical> login) {
        if (breaker == null) {
            return login.get();
        }
        try {
            return breaker.attempt(login);
        } finally {
            Throwable opened = breaker.justOpened();
            if (opened != null) {
                events.breakerOpened(opened);
            }
        }
    }

    /** False if there is no time for it, or if the thread is not to wait; it stays interrupted. */
    private static boolean pause(long nanos, long deadline) {
        long until = System.nanoTime() + nanos;
        if (until - deadline >= 0) {
            return false;
        }
        for (long left = nanos; left > 0 && !Thread.currentThread().isInterrupted(); left = until - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
        return !Thread.currentThread().isInterrupted();
    }
}
