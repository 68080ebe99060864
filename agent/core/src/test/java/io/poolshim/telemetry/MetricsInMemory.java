package io.poolshim.telemetry;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.metrics.InstrumentType;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps the last value of each metric. */
final class MetricsInMemory implements MetricExporter {
    private final Map<String, MetricData> metrics = new ConcurrentHashMap<>();

    /** Null if it was never exported. */
    MetricData named(String name) {
        return metrics.get(name);
    }

    void forget() {
        metrics.clear();
    }

    @Override
    public CompletableResultCode export(Collection<MetricData> collected) {
        collected.forEach(metric -> metrics.put(metric.getName(), metric));
        return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode flush() {
        return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode shutdown() {
        return CompletableResultCode.ofSuccess();
    }

    @Override
    public AggregationTemporality getAggregationTemporality(InstrumentType type) {
        return AggregationTemporality.CUMULATIVE;
    }
}
