package io.poolshim.telemetry;

import org.jspecify.annotations.Nullable;

/** Spans and metrics through the OpenTelemetry that an application has set, or through the agent's own. */
final class Joined {
    final Spans spans;

    /** Null until they are made, and where they are the agent's own. */
    volatile @Nullable Measures measures;

    Joined(Spans spans) {
        this.spans = spans;
    }
}
