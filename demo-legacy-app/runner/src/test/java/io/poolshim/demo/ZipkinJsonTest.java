package io.poolshim.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.poolshim.testbed.ReceivedSpan;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ZipkinJsonTest {
    private static final String TRACE = "5b8efff798038103d269b633813fc60c";
    private static final Map<String, Object> SERVER = Map.of("server.address", "db.example", "server.port", 5432L);

    @Test
    void query_keepsItsIdsNameKindAndService() {
        JsonObject json = translate(span("CLIENT", 0, 0, SERVER));
        assertEquals(TRACE, text(json, "traceId"));
        assertEquals("eee19b7ec3c1b174", text(json, "id"));
        assertEquals("eee19b7ec3c1b173", text(json, "parentId"));
        assertEquals("SELECT orders", text(json, "name"));
        assertEquals("CLIENT", text(json, "kind"));
        assertEquals("orderdesk", text(json.getAsJsonObject("localEndpoint"), "serviceName"));
    }

    @Test
    void root_hasNoParent() {
        JsonObject json = translate(new ReceivedSpan(
                TRACE, "eee19b7ec3c1b174", "", "root", "INTERNAL", 0, 0, Map.of(), "UNSET", "", List.of(), "app"));
        assertFalse(json.has("parentId"));
    }

    @Test
    void kind_isLeftOutWhereZipkinHasNone() {
        assertFalse(translate(span("INTERNAL", 0, 0, Map.of())).has("kind"));
        assertFalse(translate(span("UNSPECIFIED", 0, 0, Map.of())).has("kind"));
        for (String kind : List.of("CLIENT", "SERVER", "PRODUCER", "CONSUMER")) {
            assertEquals(kind, text(translate(span(kind, 0, 0, Map.of())), "kind"));
        }
    }

    @Test
    void times_areMicroseconds() {
        JsonObject json = translate(span("CLIENT", 1_700_000_000_123_456_789L, 1_700_000_000_125_456_789L, Map.of()));
        assertEquals(1_700_000_000_123_456L, json.get("timestamp").getAsLong());
        assertEquals(2_000, json.get("duration").getAsLong());
        assertEquals("1700000000123456", json.get("timestamp").toString());
    }

    @Test
    void duration_isAtLeastOne() {
        assertEquals(
                1,
                translate(span("CLIENT", 5_000, 5_999, Map.of()))
                        .get("duration")
                        .getAsLong());
        assertEquals(
                1,
                translate(span("CLIENT", 6_000, 5_000, Map.of()))
                        .get("duration")
                        .getAsLong());
    }

    @Test
    void remoteEndpoint_isTheServerOfACall() {
        JsonObject remote = translate(span("CLIENT", 0, 0, SERVER)).getAsJsonObject("remoteEndpoint");
        assertEquals(Map.of("serviceName", "db.example", "port", 5432.0), map(remote));
        assertFalse(translate(span("INTERNAL", 0, 0, SERVER)).has("remoteEndpoint"));
        assertFalse(translate(span("CLIENT", 0, 0, Map.of())).has("remoteEndpoint"));
    }

    @Test
    void remoteEndpoint_hasTheAddressIfItIsOne() {
        Map<String, Object> four = Map.of("server.address", "192.0.2.7");
        assertEquals(
                Map.of("serviceName", "192.0.2.7", "ipv4", "192.0.2.7"),
                map(translate(span("CLIENT", 0, 0, four)).getAsJsonObject("remoteEndpoint")));
        Map<String, Object> six = Map.of("server.address", "2001:db8::7");
        assertEquals(
                Map.of("serviceName", "2001:db8::7", "ipv6", "2001:db8::7"),
                map(translate(span("CLIENT", 0, 0, six)).getAsJsonObject("remoteEndpoint")));
    }

    @Test
    void attributes_areTagsAndAllOfThemText() {
        Map<String, Object> attributes =
                Map.of("db.query.text", "SELECT ?", "batch", 3L, "cold", true, "sizes", List.of(1L, 2L));
        assertEquals(
                Map.of("db.query.text", "SELECT ?", "batch", "3", "cold", "true", "sizes", "[1,2]"),
                map(translate(span("CLIENT", 0, 0, attributes)).getAsJsonObject("tags")));
    }

    @Test
    void error_isATagThatNamesTheTypeUnlessThereIsAMessage() {
        assertFalse(translate(span("CLIENT", 0, 0, Map.of()))
                .getAsJsonObject("tags")
                .has("error"));
        assertEquals("true", error("", Map.of()));
        assertEquals("PSQLException", error("", Map.of("error.type", "PSQLException")));
        assertEquals("it broke", error("it broke", Map.of("error.type", "PSQLException")));
    }

    private static String error(String message, Map<String, Object> attributes) {
        ReceivedSpan span = new ReceivedSpan(
                TRACE,
                "eee19b7ec3c1b174",
                "",
                "failed",
                "CLIENT",
                0,
                0,
                attributes,
                "ERROR",
                message,
                List.of(),
                "app");
        return text(translate(span).getAsJsonObject("tags"), "error");
    }

    @Test
    void events_areAnnotations() {
        JsonArray annotations = translate(span("CLIENT", 0, 0, Map.of())).getAsJsonArray("annotations");
        assertEquals(
                "[{\"timestamp\":7,\"value\":\"warmed\"},{\"timestamp\":8,\"value\":\"{\\\"retry\\\":{\\\"n\\\":2}}\"}]",
                annotations.toString());
    }

    private static ReceivedSpan span(String kind, long start, long end, Map<String, Object> attributes) {
        List<ReceivedSpan.Event> events = List.of(
                new ReceivedSpan.Event("warmed", 7_999, Map.of()),
                new ReceivedSpan.Event("retry", 8_000, Map.of("n", 2L)));
        return new ReceivedSpan(
                TRACE,
                "eee19b7ec3c1b174",
                "eee19b7ec3c1b173",
                "SELECT orders",
                kind,
                start,
                end,
                attributes,
                "UNSET",
                "",
                events,
                "orderdesk");
    }

    private static JsonObject translate(ReceivedSpan span) {
        return JsonParser.parseString(ZipkinJson.of(List.of(span)))
                .getAsJsonArray()
                .get(0)
                .getAsJsonObject();
    }

    private static String text(JsonObject json, String name) {
        return json.get(name).getAsString();
    }

    private static Map<?, ?> map(JsonObject json) {
        return new Gson().fromJson(json, Map.class);
    }
}
