package io.poolshim.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {
    @Test
    void parse_readsNestedValues() {
        Object parsed = Json.parse("{ \"a\": [1, 2.5, {\"b\": true}, []], \"c\\n\\u0041\": \"\\\"x\\\\\" }\n");
        assertEquals(Map.of("a", List.of(1.0, 2.5, Map.of("b", true), List.of()), "c\nA", "\"x\\"), parsed);
    }

    @Test
    void parse_refusesHalfADocument() {
        assertThrows(IllegalArgumentException.class, () -> Json.parse("{\"a\": 1"));
        assertThrows(IllegalArgumentException.class, () -> Json.parse("{} {}"));
    }
}
