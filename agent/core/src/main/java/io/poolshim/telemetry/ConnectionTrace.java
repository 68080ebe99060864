package io.poolshim.telemetry;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import java.time.Instant;

/** The span of one loan, parent of all that happens on it; kept in the borrow record, never made current. */
final class ConnectionTrace {
    final Span span;
    final Context context;
    final Attributes server;
    private final long epochNanos;
    private final long nanos;

    ConnectionTrace(Span span, Attributes server, Clock clock) {
        this.span = span;
        this.context = Context.root().with(span);
        this.server = server;
        this.epochNanos = clock.epochNanos;
        this.nanos = clock.nanos;
    }

    /** Now, on this trace's own clock: the differences between its times are those of {@link System#nanoTime()}. */
    long now() {
        return epochNanos + System.nanoTime() - nanos;
    }

    /** One moment on both clocks. */
    static final class Clock {
        final long nanos = System.nanoTime();
        final long epochNanos;

        Clock() {
            Instant now = Instant.now();
            epochNanos = now.getEpochSecond() * 1_000_000_000L + now.getNano();
        }

        long epochAt(long nanoTime) {
            return epochNanos - (nanos - nanoTime);
        }
    }
}
