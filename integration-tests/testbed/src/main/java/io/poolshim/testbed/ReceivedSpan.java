package io.poolshim.testbed;

import java.util.List;
import java.util.Map;

/**
 * One span as it came over the wire; ids are hexadecimal, {@code parentSpanId} is empty for a root, {@code kind} is one of INTERNAL,
 * SERVER, CLIENT, PRODUCER, CONSUMER, UNSPECIFIED, {@code statusCode} one of UNSET, OK, ERROR.
 */
public record ReceivedSpan(
        String traceId,
        String spanId,
        String parentSpanId,
        String name,
        String kind,
        long startNanos,
        long endNanos,
        Map<String, Object> attributes,
        String statusCode,
        String statusMessage,
        List<Event> events,
        String serviceName) {

    public ReceivedSpan {
        attributes = Map.copyOf(attributes);
        events = List.copyOf(events);
    }

    /** An event of a span. */
    public record Event(String name, long nanos, Map<String, Object> attributes) {
        public Event {
            attributes = Map.copyOf(attributes);
        }
    }

    /** Whether this span has no parent. */
    public boolean isRoot() {
        return parentSpanId.isEmpty();
    }

    /** The attribute as text, or null. */
    public String attribute(String key) {
        Object value = attributes.get(key);
        return value == null ? null : value.toString();
    }
}
