package io.poolshim.telemetry;

import org.jspecify.annotations.Nullable;

/** What is kept with a loan for its spans; none of them is ever made the active one of a thread. */
final class LoanTrace {
    final Spans spans;
    final SpanAttributes.Server server;

    /** Of the span that was active at the borrow, if any. */
    final @Nullable Object outer;

    /** The span from borrow to return, and the context for its children; null if there is none. */
    final @Nullable Object span;

    final @Nullable Object context;

    /** Whether neither that span nor the one that was active is sampled. */
    final boolean unsampled;

    private @Nullable Clock clock; // a race makes two, which differ by little

    LoanTrace(
            Spans spans,
            SpanAttributes.Server server,
            @Nullable Object outer,
            @Nullable Object span,
            @Nullable Object context,
            Clock clock) {
        this(spans, server, outer, span, context, false, clock);
    }

    private LoanTrace(
            Spans spans,
            SpanAttributes.Server server,
            @Nullable Object outer,
            @Nullable Object span,
            @Nullable Object context,
            boolean unsampled,
            @Nullable Clock clock) {
        this.spans = spans;
        this.server = server;
        this.outer = outer;
        this.span = span;
        this.context = context;
        this.unsampled = unsampled;
        this.clock = clock;
    }

    /** Statements on it are traced only if they find another span active. */
    static LoanTrace unsampled(Spans spans, SpanAttributes.Server server, @Nullable Object outer) {
        return new LoanTrace(spans, server, outer, null, null, true, null);
    }

    long now() {
        Clock known = clock;
        if (known == null) {
            clock = known = new Clock();
        }
        return known.now();
    }

    /** The parent of what happens while no span is active. */
    @Nullable Object fallback() {
        return context != null ? context : outer;
    }
}
