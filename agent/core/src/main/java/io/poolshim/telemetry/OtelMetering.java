package io.poolshim.telemetry;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.DoubleHistogramBuilder;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.metrics.MeterProvider;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Metrics through the OpenTelemetry API that its loader sees: it is defined a second time beside the application's. So, but
 * for the bounds of buckets, it uses nothing that came after version 1.10 of that API, the first one that has them for good.
 */
final class OtelMetering implements Metering {
    private static final String SCOPE = "io.poolshim";

    private final Meter meter;

    OtelMetering(Meter meter) {
        this.meter = meter;
    }

    /** Null if nobody reads what is measured there, as in an SDK that was made for spans alone. */
    static @Nullable Metering of(Object openTelemetry) {
        Meter meter = ((OpenTelemetry) openTelemetry).getMeterProvider().get(SCOPE);
        boolean unread = meter.getClass() == MeterProvider.noop().get(SCOPE).getClass();
        return unread ? null : new OtelMetering(meter);
    }

    @Override
    public Object attributes(Map<Attribute, Object> values) {
        return OtelAttributes.of(values);
    }

    @Override
    public Object with(Object attributes, Attribute name, String value) {
        return ((Attributes) attributes)
                .toBuilder().put(OtelAttributes.<String>keyOf(name), value).build();
    }

    @Override
    public Recorder durations(String name, String description, List<Double> bounds) {
        DoubleHistogramBuilder builder =
                meter.histogramBuilder(name).setUnit("s").setDescription(description);
        DoubleHistogram histogram = withBounds(builder, bounds).build();
        return (seconds, attributes) -> histogram.record(seconds, (Attributes) attributes);
    }

    private static DoubleHistogramBuilder withBounds(DoubleHistogramBuilder builder, List<Double> bounds) {
        try {
            return builder.setExplicitBucketBoundariesAdvice(bounds);
        } catch (NoSuchMethodError before132) { // its SDK has bounds of its own
            return builder;
        }
    }

    @Override
    public Recorder counter(String name, String unit, String description) {
        LongCounter counter = meter.counterBuilder(name)
                .setUnit(unit)
                .setDescription(description)
                .build();
        return (value, attributes) -> counter.add((long) value, (Attributes) attributes);
    }

    @Override
    public void observe(Kind kind, String name, String unit, String description, Consumer<Recorder> values) {
        switch (kind) {
            case SUM:
                meter.counterBuilder(name)
                        .setUnit(unit)
                        .setDescription(description)
                        .ofDoubles()
                        .buildWithCallback(measurement -> values.accept(
                                (value, attributes) -> measurement.record(value, (Attributes) attributes)));
                break;
            case COUNT:
                meter.counterBuilder(name)
                        .setUnit(unit)
                        .setDescription(description)
                        .buildWithCallback(measurement -> values.accept(
                                (value, attributes) -> measurement.record((long) value, (Attributes) attributes)));
                break;
            default:
                meter.upDownCounterBuilder(name)
                        .setUnit(unit)
                        .setDescription(description)
                        .buildWithCallback(measurement -> values.accept(
                                (value, attributes) -> measurement.record((long) value, (Attributes) attributes)));
        }
    }
}
