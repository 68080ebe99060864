package io.poolshim.telemetry;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps the spans that ended. */
final class SpansInMemory implements SpanExporter {
    private final List<SpanData> spans = new CopyOnWriteArrayList<>();

    List<SpanData> all() {
        return spans;
    }

    void clear() {
        spans.clear();
    }

    /** The only span of this name. */
    SpanData named(String name) {
        SpanData found = null;
        for (SpanData span : spans) {
            if (span.getName().equals(name)) {
                if (found != null) {
                    throw new AssertionError("two spans are named " + name);
                }
                found = span;
            }
        }
        if (found == null) {
            throw new AssertionError("no span is named " + name + " among " + spans);
        }
        return found;
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> ended) {
        spans.addAll(ended);
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
}
