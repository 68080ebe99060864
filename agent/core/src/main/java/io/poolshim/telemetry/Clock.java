package io.poolshim.telemetry;

import java.time.Instant;

/** One moment on both clocks: so the differences between times that are told are those of {@link System#nanoTime()}. */
final class Clock {
    private final long nanos = System.nanoTime();
    private final long epochNanos;

    Clock() {
        Instant now = Instant.now();
        epochNanos = now.getEpochSecond() * 1_000_000_000L + now.getNano();
    }

    /** The moment itself, in nanoseconds since 1970. */
    long made() {
        return epochNanos;
    }

    long now() {
        return at(System.nanoTime());
    }

    long at(long nanoTime) {
        return epochNanos - (nanos - nanoTime);
    }
}
