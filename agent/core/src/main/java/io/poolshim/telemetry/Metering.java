package io.poolshim.telemetry;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Metrics through one OpenTelemetry API: the agent's own, or the one that the application has; the counterpart of {@link
 * Tracing}. What it takes and gives as objects are sets of attributes of that API.
 */
public interface Metering {
    /** Of nobody who would read them. */
    Metering NONE = new Metering() {
        @Override
        public Object attributes(Map<Attribute, Object> values) {
            return values;
        }

        @Override
        public Object with(Object attributes, Attribute name, String value) {
            return attributes;
        }

        @Override
        public Recorder durations(String name, String description, List<Double> bounds) {
            return (value, attributes) -> {};
        }

        @Override
        public Recorder counter(String name, String unit, String description) {
            return (value, attributes) -> {};
        }

        @Override
        public void observe(Kind kind, String name, String unit, String description, Consumer<Recorder> values) {}
    };

    /** Takes values of one metric. */
    interface Recorder {
        void record(double value, Object attributes);
    }

    /** What is observed. */
    enum Kind {
        /** A count so far. */
        COUNT,
        /** The same, not in whole numbers. */
        SUM,
        /** How many there are now. */
        LEVEL
    }

    /** Attributes that many values share. */
    Object attributes(Map<Attribute, Object> values);

    /** The same and one more. */
    Object with(Object attributes, Attribute name, String value);

    /** A histogram, in seconds; {@code bounds} are those of its buckets. */
    Recorder durations(String name, String description, List<Double> bounds);

    /** A counter, which is told what to add. */
    Recorder counter(String name, String unit, String description);

    /** A metric of which {@code values} tells the values whenever they are collected, in a thread of whoever collects. */
    void observe(Kind kind, String name, String unit, String description, Consumer<Recorder> values);
}
