package io.poolshim.config;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;

/** What must hold between settings. */
final class Relations {
    private final Map<String, Value> values;
    private final Texts texts;
    private final Collection<String> problems;

    private Relations(Map<String, Value> values, Texts texts, Collection<String> problems) {
        this.values = values;
        this.texts = texts;
        this.problems = problems;
    }

    /** Adds what is wrong, and what to do about it. */
    static void check(Map<String, Value> values, Texts texts, Collection<String> problems) {
        new Relations(values, texts, problems).check();
    }

    private void check() {
        Value minIdle = of(Settings.MIN_IDLE);
        Value maxSize = of(Settings.MAX_SIZE);
        if (number(minIdle) > number(maxSize)) {
            problems.add(shown(minIdle) + " is more than " + shown(maxSize) + "; lower it, or raise the other");
        }
        Value keepalive = of(Settings.KEEPALIVE);
        Value maxLifetime = of(Settings.MAX_LIFETIME);
        if (millis(keepalive) > 0 && millis(maxLifetime) > 0 && millis(keepalive) >= millis(maxLifetime)) {
            problems.add(shown(keepalive) + " is not less than " + shown(maxLifetime)
                    + ", so that nothing would be kept alive; lower it, or give 0s for off");
        }
        Value wait = of(Settings.OVERFLOW_WAIT);
        Value timeout = of(Settings.BORROW_TIMEOUT);
        if (wait.source() != Source.DEFAULT && millis(wait) > millis(timeout)) {
            problems.add(shown(wait) + " is more than " + shown(timeout)
                    + ", so that nothing would overflow; lower it, or give pool.overflow=0");
        }
    }

    private Value of(Setting<?> setting) {
        return Objects.requireNonNull(values.get(setting.key()));
    }

    private static int number(Value value) {
        return value.parsed() == null ? 0 : (Integer) value.parsed();
    }

    private static long millis(Value value) {
        return value.parsed() == null ? 0 : ((Duration) value.parsed()).toMillis();
    }

    private String shown(Value value) {
        return value.name() + "=" + value.shown() + " " + texts.describe(value.source());
    }
}
