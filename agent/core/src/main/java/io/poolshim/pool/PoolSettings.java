package io.poolshim.pool;

import io.poolshim.config.Config;
import io.poolshim.config.Settings;

/** The settings of a pool; times in milliseconds, 0 is off. */
final class PoolSettings {
    final int maxSize;
    final int overflow;
    final int minIdle;
    final int maxUses;
    final int maxStatements;
    final long overflowWait;
    final long borrowTimeout;
    final long idleTimeout;
    final long maxLifetime;
    final long keepalive;
    final long longHold;
    final long leakWarning;
    final long reauthenticateAfter;
    final int keepFrom;
    final boolean hardLimit;
    final int retries;
    final long retryDelay;
    final long retryMaxDelay;
    final int breakerFailures;
    final long breakerDelay;

    /** {@code size} instead of the settings' max-size; 0 for theirs. */
    PoolSettings(Config config, int size) {
        hardLimit = config.is(Settings.LIMIT, "hard");
        maxSize = size > 0 ? size : config.get(Settings.MAX_SIZE);
        overflow = hardLimit ? 0 : config.get(Settings.OVERFLOW);
        minIdle = config.get(Settings.MIN_IDLE);
        maxUses = config.get(Settings.MAX_USES);
        maxStatements = config.get(Settings.MAX_STATEMENTS);
        overflowWait = config.millis(Settings.OVERFLOW_WAIT);
        borrowTimeout = config.millis(Settings.BORROW_TIMEOUT);
        idleTimeout = config.millis(Settings.IDLE_TIMEOUT);
        maxLifetime = config.millis(Settings.MAX_LIFETIME);
        keepalive = config.millis(Settings.KEEPALIVE);
        reauthenticateAfter = config.millis(Settings.REAUTHENTICATE_AFTER);
        keepFrom = config.get(Settings.KEEP_FROM);
        longHold = config.millis(Settings.LONG_HOLD);
        leakWarning = config.millis(Settings.LEAK_WARNING);
        retries = config.get(Settings.RETRIES);
        retryDelay = config.millis(Settings.RETRY_DELAY);
        retryMaxDelay = config.millis(Settings.RETRY_MAX_DELAY);
        breakerFailures = config.get(Settings.BREAKER_FAILURES);
        breakerDelay = config.millis(Settings.BREAKER_DELAY);
    }
}
