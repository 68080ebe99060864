package io.poolshim.demo;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.poolshim.testbed.ReceivedSpan;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Spans in Zipkin's format, version 2 ({@code /api/v2/spans}), translated as OpenTelemetry's specification of its Zipkin exporter says.
 * Zipkin has no status: it shows a span in red if it has a tag named {@code error}.
 */
final class ZipkinJson {
    /** INTERNAL has no kind in Zipkin. */
    private static final Set<String> KINDS = Set.of("CLIENT", "SERVER", "PRODUCER", "CONSUMER");

    /** Zipkin counts the calls between two services by these, so that a call is not counted for each span around it. */
    private static final Set<String> CALLERS = Set.of("CLIENT", "PRODUCER");

    private static final Gson GSON = new Gson();

    private ZipkinJson() {}

    static String of(List<ReceivedSpan> spans) {
        JsonArray array = new JsonArray();
        spans.forEach(span -> array.add(span(span)));
        return array.toString();
    }

    private static JsonObject span(ReceivedSpan span) {
        JsonObject json = new JsonObject();
        json.addProperty("traceId", span.traceId());
        json.addProperty("id", span.spanId());
        if (!span.isRoot()) {
            json.addProperty("parentId", span.parentSpanId());
        }
        json.addProperty("name", span.name());
        if (KINDS.contains(span.kind())) {
            json.addProperty("kind", span.kind());
        }
        json.addProperty("timestamp", span.startNanos() / 1000);
        json.addProperty("duration", Math.max(1, (span.endNanos() - span.startNanos()) / 1000));
        json.add("localEndpoint", localEndpoint(span));
        if (CALLERS.contains(span.kind()) && span.attribute("server.address") != null) {
            json.add("remoteEndpoint", remoteEndpoint(span));
        }
        json.add("tags", tags(span));
        json.add("annotations", annotations(span));
        return json;
    }

    private static JsonObject localEndpoint(ReceivedSpan span) {
        JsonObject endpoint = new JsonObject();
        endpoint.addProperty("serviceName", span.serviceName());
        return endpoint;
    }

    /** An address is also the name: Zipkin shows a service without one, but cannot be asked for it. */
    private static JsonObject remoteEndpoint(ReceivedSpan span) {
        JsonObject endpoint = new JsonObject();
        String address = span.attribute("server.address");
        endpoint.addProperty("serviceName", address);
        if (address.matches("[0-9.]+")) {
            endpoint.addProperty("ipv4", address);
        } else if (address.contains(":")) {
            endpoint.addProperty("ipv6", address);
        }
        if (span.attributes().get("server.port") instanceof Number port) {
            endpoint.addProperty("port", port);
        }
        return endpoint;
    }

    private static JsonObject tags(ReceivedSpan span) {
        JsonObject tags = new JsonObject();
        span.attributes().forEach((key, value) -> tags.addProperty(key, text(value)));
        if (span.statusCode().equals("ERROR")) {
            tags.addProperty("error", error(span));
        }
        return tags;
    }

    private static String error(ReceivedSpan span) {
        if (!span.statusMessage().isEmpty()) {
            return span.statusMessage();
        }
        String type = span.attribute("error.type");
        return type == null ? "true" : type;
    }

    private static JsonArray annotations(ReceivedSpan span) {
        JsonArray annotations = new JsonArray();
        for (ReceivedSpan.Event event : span.events()) {
            JsonObject annotation = new JsonObject();
            annotation.addProperty("timestamp", event.nanos() / 1000);
            annotation.addProperty(
                    "value",
                    event.attributes().isEmpty()
                            ? event.name()
                            : GSON.toJson(Map.of(event.name(), event.attributes())));
            annotations.add(annotation);
        }
        return annotations;
    }

    /** Lists and maps become JSON: all tags are strings. */
    private static String text(Object value) {
        return value instanceof Collection || value instanceof Map ? GSON.toJson(value) : value.toString();
    }
}
