package io.poolshim.telemetry;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Spans through one OpenTelemetry API: the agent's own, or the one that the application has. It names none of their
 * classes, since those of the application's API are others than the agent's. Times are nanoseconds since 1970.
 *
 * <p>What it takes and gives as objects are contexts, spans and sets of attributes of that API.
 */
public interface Tracing {
    /** The context of this thread, if a span is active in it; else null. */
    @Nullable Object active();

    /** Whether spans with this parent are wanted, as far as the parent's own sampling tells. */
    boolean isSampled(Object context);

    /** Whether the same span is the active one in both. */
    boolean isSame(Object context, Object other);

    /** A context in which the span is the active one, for its children. */
    Object contextOf(Object span);

    /** Attributes that many spans share. */
    Object attributes(Map<Attribute, Object> values);

    /**
     * Starts a span.
     *
     * @param client whether it calls another process
     * @param parent a context; null for none
     * @param attributes what samplers may look at; null for none, which costs less where spans are not sampled
     */
    Object start(String name, boolean client, @Nullable Object parent, long time, @Nullable Object attributes);

    /** Whether anything that is told of the span will be kept. */
    boolean isRecording(Object span);

    void set(Object span, Attribute name, String value);

    void set(Object span, Attribute name, long value);

    void set(Object span, Attribute name, double value);

    void addAll(Object span, Object attributes);

    /** Something that happened at this moment. */
    void event(Object span, String name, long time);

    /** It ended in an error; no description, since messages carry values. */
    void fail(Object span);

    void end(Object span, long time);

    /** {@code traceId, spanId, flags} of the context's span, in hexadecimal as in the W3C's traceparent; null if there is none. */
    String @Nullable [] ids(Object context);
}
