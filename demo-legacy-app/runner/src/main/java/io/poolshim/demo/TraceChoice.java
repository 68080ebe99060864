package io.poolshim.demo;

import io.poolshim.testbed.ReceivedSpan;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Which of thousands of traces to show: of those that place an order with the most statements, the one of median length. */
final class TraceChoice {
    private TraceChoice() {}

    static Optional<List<ReceivedSpan>> anOrder(List<ReceivedSpan> spans) {
        List<List<ReceivedSpan>> orders =
                spans.stream().collect(Collectors.groupingBy(ReceivedSpan::traceId)).values().stream()
                        .filter(TraceChoice::isComplete)
                        .filter(TraceChoice::placesAnOrder)
                        .toList();
        long most = orders.stream().mapToLong(TraceChoice::statements).max().orElse(0);
        List<List<ReceivedSpan>> candidates = orders.stream()
                .filter(order -> statements(order) == most)
                .sorted(Comparator.comparingLong(TraceChoice::nanos))
                .toList();
        return candidates.isEmpty() ? Optional.empty() : Optional.of(candidates.get(candidates.size() / 2));
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
        long start = trace.stream().mapToLong(ReceivedSpan::startNanos).min().orElse(0);
        return trace.stream().mapToLong(ReceivedSpan::endNanos).max().orElse(0) - start;
    }

    private static String text(ReceivedSpan span) {
        String text = span.attribute("db.query.text");
        return text == null ? "" : text;
    }
}
