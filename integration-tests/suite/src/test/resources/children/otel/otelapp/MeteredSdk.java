package otelapp;

import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.metrics.InstrumentType;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import java.util.Collection;

/** The application's SDK, which prints its metrics: the number of values of a histogram, the sum of a counter. */
final class MeteredSdk implements MetricExporter {
    private static final SdkMeterProvider PROVIDER = SdkMeterProvider.builder()
            .registerMetricReader(PeriodicMetricReader.create(new MeteredSdk()))
            .build();

    private MeteredSdk() {}

    static OpenTelemetrySdk create() {
        return OpenTelemetrySdk.builder().setMeterProvider(PROVIDER).build();
    }

    /** Once, as at the end of the application. */
    static void print() {
        PROVIDER.close();
    }

    private static double value(MetricData metric) {
        switch (metric.getType()) {
            case HISTOGRAM:
                return metric.getHistogramData().getPoints().stream()
                        .mapToDouble(point -> point.getCount())
                        .sum();
            case DOUBLE_SUM:
                return metric.getDoubleSumData().getPoints().stream()
                        .mapToDouble(point -> point.getValue())
                        .sum();
            default:
                return metric.getLongSumData().getPoints().stream()
                        .mapToDouble(point -> point.getValue())
                        .sum();
        }
    }

    @Override
    public CompletableResultCode export(Collection<MetricData> metrics) {
        for (MetricData metric : metrics) {
            System.out.println("metric\t" + metric.getName() + "\t" + value(metric));
        }
        return CompletableResultCode.ofSuccess();
    }

    @Override
    public AggregationTemporality getAggregationTemporality(InstrumentType type) {
        return AggregationTemporality.CUMULATIVE;
    }

    @Override
    public CompletableResultCode flush() {
        return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode shutdown() {
        return CompletableResultCode.ofSuccess();
    }
}
