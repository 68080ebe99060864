package io.poolshim.telemetry;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.TracerProvider;
import io.opentelemetry.context.Context;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Spans through the OpenTelemetry API that its loader sees: it is defined a second time beside the application's. So it
 * uses nothing that came after version 1.4.1 of that API.
 */
public final class OtelTracing implements Tracing {
    private final Tracer tracer;
    private final @Nullable Supplier<String @Nullable []> elsewhere;

    /**
     * Spans made by this provider.
     *
     * @param elsewhere gives the {@link #ids} of the span that is active in another OpenTelemetry of the same application;
     *     null if there is none
     */
    public OtelTracing(TracerProvider provider, @Nullable Supplier<String @Nullable []> elsewhere) {
        this.tracer = provider.get("io.poolshim");
        this.elsewhere = elsewhere;
    }

    @Override
    public @Nullable Object active() {
        Context context = Context.current();
        Span span = Span.fromContextOrNull(context);
        if (span != null && span.getSpanContext().isValid()) {
            return context;
        }
        String[] ids = elsewhere == null ? null : elsewhere.get();
        return ids == null ? null : remote(ids);
    }

    private static Context remote(String[] ids) {
        SpanContext parent = SpanContext.createFromRemoteParent(
                ids[0], ids[1], TraceFlags.fromHex(ids[2], 0), TraceState.getDefault());
        return Context.root().with(Span.wrap(parent));
    }

    @Override
    public boolean isSampled(Object context) {
        Span span = Span.fromContext((Context) context);
        return span.isRecording() || span.getSpanContext().isSampled();
    }

    @Override
    public boolean isSame(Object context, Object other) {
        SpanContext one = Span.fromContext((Context) context).getSpanContext();
        SpanContext two = Span.fromContext((Context) other).getSpanContext();
        return one.getSpanId().equals(two.getSpanId()) && one.getTraceId().equals(two.getTraceId());
    }

    @Override
    public Object contextOf(Object span) {
        return Context.root().with((Span) span);
    }

    @Override
    public Object attributes(Map<Attribute, Object> values) {
        return OtelAttributes.of(values);
    }

    @Override
    public Object start(String name, boolean client, @Nullable Object parent, long time, @Nullable Object attributes) {
        SpanBuilder span = tracer.spanBuilder(name).setStartTimestamp(time, TimeUnit.NANOSECONDS);
        if (attributes != null) {
            span.setAllAttributes((Attributes) attributes);
        }
        if (client) {
            span.setSpanKind(SpanKind.CLIENT);
        }
        return (parent == null ? span.setNoParent() : span.setParent((Context) parent)).startSpan();
    }

    @Override
    public boolean isRecording(Object span) {
        return ((Span) span).isRecording();
    }

    @Override
    public void set(Object span, Attribute name, String value) {
        ((Span) span).setAttribute(OtelAttributes.<String>keyOf(name), value);
    }

    @Override
    public void set(Object span, Attribute name, long value) {
        ((Span) span).setAttribute(OtelAttributes.<Long>keyOf(name), (Long) value);
    }

    @Override
    public void set(Object span, Attribute name, double value) {
        ((Span) span).setAttribute(OtelAttributes.<Double>keyOf(name), (Double) value);
    }

    @Override
    public void addAll(Object span, Object attributes) {
        ((Span) span).setAllAttributes((Attributes) attributes);
    }

    @Override
    public void event(Object span, String name, long time) {
        ((Span) span).addEvent(name, time, TimeUnit.NANOSECONDS);
    }

    @Override
    public void fail(Object span) {
        ((Span) span).setStatus(StatusCode.ERROR);
    }

    @Override
    public void end(Object span, long time) {
        ((Span) span).end(time, TimeUnit.NANOSECONDS);
    }

    @Override
    public String @Nullable [] ids(Object context) {
        SpanContext ids = Span.fromContext((Context) context).getSpanContext();
        return ids.isValid()
                ? new String[] {
                    ids.getTraceId(), ids.getSpanId(), ids.getTraceFlags().asHex()
                }
                : null;
    }
}
