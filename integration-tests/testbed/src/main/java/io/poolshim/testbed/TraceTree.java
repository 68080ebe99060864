package io.poolshim.testbed;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One trace as a tree for the terminal. */
public final class TraceTree {
    private static final List<String> SHOWN = List.of("db.query.text", "db.response.status_code", "error.type");
    private static final Comparator<ReceivedSpan> BY_START = Comparator.comparingLong(ReceivedSpan::startNanos);

    private final List<ReceivedSpan> spans;
    private final long origin;
    private final int width;
    private final StringBuilder text = new StringBuilder();

    private TraceTree(List<ReceivedSpan> spans) {
        this.spans = spans.stream().sorted(BY_START).toList();
        this.origin = spans.stream().mapToLong(ReceivedSpan::startNanos).min().orElse(0);
        this.width = spans.stream().mapToInt(span -> span.name().length()).max().orElse(0) + 12;
    }

    /** Renders spans of one trace: for each its name, kind, offset from the trace's start, duration and key attributes. */
    public static String render(List<ReceivedSpan> trace) {
        TraceTree tree = new TraceTree(trace);
        tree.header();
        tree.roots().forEach(root -> tree.append(root, "", ""));
        return tree.text.toString();
    }

    private void header() {
        String traces = spans.stream().map(ReceivedSpan::traceId).distinct().collect(Collectors.joining(", "));
        String services =
                spans.stream().map(ReceivedSpan::serviceName).distinct().collect(Collectors.joining(", "));
        text.append("trace ").append(traces).append(" of ").append(services).append('\n');
    }

    /** Spans whose parent did not arrive are roots too: nothing is left out. */
    private List<ReceivedSpan> roots() {
        Set<String> ids = spans.stream().map(ReceivedSpan::spanId).collect(Collectors.toCollection(HashSet::new));
        return spans.stream().filter(span -> !ids.contains(span.parentSpanId())).toList();
    }

    private void append(ReceivedSpan span, String branch, String indent) {
        String label = branch + span.name();
        text.append(String.format(
                Locale.ROOT,
                "%-" + width + "s %-8s +%7.2f ms %8.2f ms  %s%n",
                label,
                span.kind(),
                millis(span.startNanos() - origin),
                millis(span.endNanos() - span.startNanos()),
                attributes(span)));
        List<ReceivedSpan> children = spans.stream()
                .filter(child -> child.parentSpanId().equals(span.spanId()))
                .toList();
        for (int i = 0; i < children.size(); i++) {
            boolean last = i == children.size() - 1;
            append(children.get(i), indent + (last ? "└─ " : "├─ "), indent + (last ? "   " : "│  "));
        }
    }

    private static double millis(long nanos) {
        return nanos / 1e6;
    }

    private static String attributes(ReceivedSpan span) {
        Stream<String> status = "ERROR".equals(span.statusCode()) ? Stream.of("ERROR") : Stream.empty();
        return Stream.concat(status, SHOWN.stream().map(span::attribute).filter(Objects::nonNull))
                .collect(Collectors.joining(" · "))
                .replace('\n', ' ');
    }
}
