package io.poolshim.benchmark.telemetry;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import java.io.IOException;

/** Counts the spans of an OTLP request by skipping over them: whoever receives is to cost as little as possible. */
final class SpanCounter {
    private static final int[] WAY = {
        ExportTraceServiceRequest.RESOURCE_SPANS_FIELD_NUMBER,
        ResourceSpans.SCOPE_SPANS_FIELD_NUMBER,
        ScopeSpans.SPANS_FIELD_NUMBER
    };

    private SpanCounter() {}

    static int count(CodedInputStream request) throws IOException {
        return count(request, 0);
    }

    private static int count(CodedInputStream message, int depth) throws IOException {
        int spans = 0;
        for (int tag = message.readTag(); tag != 0; tag = message.readTag()) {
            if (WireFormat.getTagFieldNumber(tag) != WAY[depth]) {
                message.skipField(tag);
            } else if (depth == WAY.length - 1) {
                message.skipField(tag);
                spans++;
            } else {
                int outer = message.pushLimit(message.readRawVarint32());
                spans += count(message, depth + 1);
                message.popLimit(outer);
            }
        }
        return spans;
    }
}
