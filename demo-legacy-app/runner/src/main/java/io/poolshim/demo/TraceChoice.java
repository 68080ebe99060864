package io.poolshim.demo;

import io.poolshim.testbed.ReceivedSpan;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Which of thousands of traces to show: one of those that place an order with the most statements. */
final class TraceChoice {
    private TraceChoice() {}

    /** The one of median length. */
    static Optional<List<ReceivedSpan>> anOrder(List<ReceivedSpan> spans) {
        List<List<ReceivedSpan>> candidates = orders(spans);
        return candidates.isEmpty() ? Optional.empty() : Optional.of(candidates.get(candidates.size() / 2));
    }

    /** The one that waited longest for a connection, once the application was warm. */
    static Optional<List<ReceivedSpan>> aSlowOrder(List<ReceivedSpan> spans, Duration warmUp) {
        long warm = startNanos(spans) + warmUp.toNanos();
        List<ReceivedSpan> later =
                spans.stream().filter(span -> span.startNanos() >= warm).toList();
        return orders(later).stream().max(Comparator.comparingLong(TraceChoice::waitNanos));
    }

    private static List<List<ReceivedSpan>> orders(List<ReceivedSpan> spans) {
        List<List<ReceivedSpan>> orders =
                spans.stream().collect(Collectors.groupingBy(ReceivedSpan::traceId)).values().stream()
                        .filter(TraceChoice::isComplete)
                        .filter(TraceChoice::placesAnOrder)
                        .toList();
        long most = orders.stream().mapToLong(TraceChoice::statements).max().orElse(0);
        return orders.stream()
                .filter(order -> statements(order) == most)
                .sorted(Comparator.comparingLong(TraceChoice::nanos))
                .toList();
    }

    /** A span whose parent is still under way, or was thrown away, would make half a tree. */
    private static boolean isComplete(List<ReceivedSpan> trace) {
        var ids = trace.stream().map(ReceivedSpan::spanId).collect(Collectors.toSet());
        return trace.stream().allMatch(span -> span.isRoot() || ids.contains(span.parentSpanId()));
    }

    private static boolean placesAnOrder(List<ReceivedSpan> trace) {
        return trace.stream().anyMatch(span -> text(span).startsWith("INSERT INTO orders"));
    }

    private static long statements(List<ReceivedSpan> trace) {
        return trace.stream().filter(span -> !text(span).isEmpty()).count();
    }

    private static long nanos(List<ReceivedSpan> trace) {
        return trace.stream().mapToLong(ReceivedSpan::endNanos).max().orElse(0) - startNanos(trace);
    }

    private static long startNanos(List<ReceivedSpan> spans) {
        return spans.stream().mapToLong(ReceivedSpan::startNanos).min().orElse(0);
    }

    private static long waitNanos(List<ReceivedSpan> trace) {
        return trace.stream()
                .filter(span -> span.name().equals("DriverManager.getConnection"))
                .mapToLong(span -> span.endNanos() - span.startNanos())
                .sum();
    }

    private static String text(ReceivedSpan span) {
        String text = span.attribute("db.query.text");
        return text == null ? "" : text;
    }
}
