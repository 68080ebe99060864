package io.poolshim.pool;

import io.poolshim.jdbc.DriverFailure;
import io.poolshim.jdbc.Login;
import io.poolshim.jdbc.SqlStates;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Logs in at the server: again, or not at all for now, if the settings say so, and where the server has no slot left, once
 * idle connections were closed.
 */
final class LoggingIn {
    /** A session that was ended keeps its slot on the server until its process has gone: waits in milliseconds. */
    private static final int[] UNTIL_SLOTS_ARE_FREE = {5, 20, 75};

    private final Login login;
    private final Neighbourhood neighbours;
    private final Stock.Events events;
    private volatile long borrowTimeout; // ms
    private volatile @Nullable Attempts attempts; // null if each login is tried once, as it is without the agent

    LoggingIn(Login login, PoolSettings settings, Neighbourhood neighbours, Stock.Events events) {
        this.login = login;
        this.neighbours = neighbours;
        this.events = events;
        this.borrowTimeout = settings.borrowTimeout;
        this.attempts = attempts(login, settings, neighbours, events);
    }

    /** None, and no class of Failsafe, where the settings ask for what happens without them. */
    private static @Nullable Attempts attempts(
            Login login, PoolSettings asked, Neighbourhood neighbours, Stock.Events events) {
        Breaker breaker = neighbours.breaker(login, asked);
        return asked.retries == 0 && breaker == null ? null : new Attempts(asked, breaker, events);
    }

    void reconfigure(PoolSettings changed) {
        borrowTimeout = changed.borrowTimeout;
        attempts = attempts(login, changed, neighbours, events);
    }

    /** How logins to the server fare: {@code off}, {@code closed}, {@code open} or {@code half-open}. */
    String breaker() {
        Attempts current = attempts;
        return current == null ? Attempts.NO_BREAKER : current.breaker();
    }

    /** In nanoseconds: how long somebody who has just come may have it tried again. */
    long patience(Opener opener) {
        if (attempts == null) {
            return 0;
        }
        long loginTimeout = opener.longestWait();
        return TimeUnit.MILLISECONDS.toNanos(loginTimeout > 0 ? Math.min(loginTimeout, borrowTimeout) : borrowTimeout);
    }

    /**
     * Opens a connection.
     *
     * @param deadline by {@link System#nanoTime()}, after which no further attempt begins
     * @throws DriverFailure what the driver threw
     */
    Physical open(Opener opener, long deadline) {
        Attempts current = attempts;
        return current == null
                ? openWhereThereIsRoom(opener)
                : current.open(() -> openWhereThereIsRoom(opener), deadline);
    }

    /** Connections that lie idle here would be free on the server, were they not pooled. */
    private Physical openWhereThereIsRoom(Opener opener) {
        try {
            return opener.open();
        } catch (DriverFailure e) {
            if (!SqlStates.isTooManyConnections(e.getCause()) || !neighbours.giveUpIdle(login)) {
                throw e;
            }
        }
        for (int wait : UNTIL_SLOTS_ARE_FREE) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(wait));
            try {
                return opener.open();
            } catch (DriverFailure e) {
                if (!SqlStates.isTooManyConnections(e.getCause())) {
                    throw e;
                }
            }
        }
        return opener.open();
    }
}
