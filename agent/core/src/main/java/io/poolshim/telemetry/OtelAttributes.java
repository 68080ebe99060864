package io.poolshim.telemetry;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import java.util.EnumMap;
import java.util.Map;

/** {@link Attribute}s in the OpenTelemetry API that its loader sees, like {@link OtelTracing}. */
final class OtelAttributes {
    private static final Map<Attribute, AttributeKey<?>> KEYS = keys();

    private OtelAttributes() {}

    private static Map<Attribute, AttributeKey<?>> keys() {
        Map<Attribute, AttributeKey<?>> keys = new EnumMap<>(Attribute.class);
        for (Attribute attribute : Attribute.values()) {
            keys.put(attribute, key(attribute));
        }
        return keys;
    }

    private static AttributeKey<?> key(Attribute attribute) {
        switch (attribute.type) {
            case NUMBER:
                return AttributeKey.longKey(attribute.key);
            case SECONDS:
                return AttributeKey.doubleKey(attribute.key);
            default:
                return AttributeKey.stringKey(attribute.key);
        }
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // there is one for each
    static <T> AttributeKey<T> keyOf(Attribute attribute) {
        return (AttributeKey<T>) KEYS.get(attribute);
    }

    static Attributes of(Map<Attribute, Object> values) {
        AttributesBuilder attributes = Attributes.builder();
        values.forEach((name, value) -> attributes.put(OtelAttributes.<Object>keyOf(name), value));
        return attributes.build();
    }
}
