package io.poolshim.telemetry;

import org.jspecify.annotations.Nullable;

/** An application's own OpenTelemetry API, as {@link LinkLoader} has it. */
public interface ApplicationLink {
    /** What the application has set globally and begun to use; null as long as there is none. Never sets anything. */
    @Nullable Object global();

    /** Spans through what it has set. */
    Tracing tracing(Object global);

    /** Metrics through what it has set; null if nobody reads them there. A LinkageError if the API is too old for that. */
    @Nullable Metering metering(Object global);

    /** {@link Tracing#ids} of the span that is active in this thread; null if there is none. */
    String @Nullable [] active();
}
