package io.poolshim.testbed;

import java.util.Map;

/**
 * One point of a metric, as OTLP brought it.
 *
 * @param count how many values a histogram has; 0 for other kinds
 * @param value the sum of a histogram, or the value of any other kind
 */
public record ReceivedMetric(
        String name, String unit, String kind, Map<String, Object> attributes, long count, double value) {}
