package io.poolshim.testbed;

import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import java.util.ArrayList;
import java.util.List;

/** From OTLP's messages to our records. */
final class MetricDecoder {
    private MetricDecoder() {}

    static List<ReceivedMetric> decode(ExportMetricsServiceRequest request) {
        List<ReceivedMetric> points = new ArrayList<>();
        for (ResourceMetrics resource : request.getResourceMetricsList()) {
            for (ScopeMetrics scope : resource.getScopeMetricsList()) {
                scope.getMetricsList().forEach(metric -> decode(metric, points));
            }
        }
        return points;
    }

    private static void decode(Metric metric, List<ReceivedMetric> points) {
        for (HistogramDataPoint point : metric.getHistogram().getDataPointsList()) {
            points.add(new ReceivedMetric(
                    metric.getName(),
                    metric.getUnit(),
                    "histogram",
                    SpanDecoder.attributes(point.getAttributesList()),
                    point.getCount(),
                    point.getSum()));
        }
        String kind = metric.getSum().getIsMonotonic() ? "counter" : "up-down counter";
        for (NumberDataPoint point : metric.getSum().getDataPointsList()) {
            points.add(new ReceivedMetric(
                    metric.getName(),
                    metric.getUnit(),
                    kind,
                    SpanDecoder.attributes(point.getAttributesList()),
                    0,
                    point.hasAsInt() ? point.getAsInt() : point.getAsDouble()));
        }
    }
}
