package io.poolshim.telemetry;

import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.metrics.OtlpGrpcMetricExporter;
import io.opentelemetry.exporter.otlp.trace.OtlpGrpcSpanExporter;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigProperties;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import io.opentelemetry.sdk.trace.export.SpanExporter;

/** Makes the exporters of OTLP that were configured go by {@link Retries}, unless they are not to try again at all. */
final class Exporters {
    private final Retries ofSpans = new Retries();
    private final Retries ofMetrics = new Retries();

    private static boolean triesAgain(ConfigProperties config) {
        return !config.getBoolean("otel.java.exporter.otlp.retry.disabled", false);
    }

    SpanExporter spans(SpanExporter configured, ConfigProperties config) {
        SpanExporter exporter = configured;
        if (triesAgain(config) && configured instanceof OtlpHttpSpanExporter) {
            exporter = ((OtlpHttpSpanExporter) configured)
                    .toBuilder().setRetryPolicy(ofSpans.policy()).build();
        } else if (triesAgain(config) && configured instanceof OtlpGrpcSpanExporter) {
            exporter = ((OtlpGrpcSpanExporter) configured)
                    .toBuilder().setRetryPolicy(ofSpans.policy()).build();
        }
        if (exporter != configured) {
            configured.shutdown();
        }
        return exporter;
    }

    MetricExporter metrics(MetricExporter configured, ConfigProperties config) {
        MetricExporter exporter = configured;
        if (triesAgain(config) && configured instanceof OtlpHttpMetricExporter) {
            exporter = ((OtlpHttpMetricExporter) configured)
                    .toBuilder().setRetryPolicy(ofMetrics.policy()).build();
        } else if (triesAgain(config) && configured instanceof OtlpGrpcMetricExporter) {
            exporter = ((OtlpGrpcMetricExporter) configured)
                    .toBuilder().setRetryPolicy(ofMetrics.policy()).build();
        }
        if (exporter != configured) {
            configured.shutdown();
        }
        return exporter;
    }

    /** A receiver that refuses connections is not waited for any longer. */
    void end() {
        ofSpans.end();
        ofMetrics.end();
    }
}
