package io.poolshim.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.poolshim.log.JsonReader;
import io.poolshim.log.JsonWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EventsTest {
    private final Events events = new Events();

    @SuppressWarnings("unchecked")
    private List<Map<String, Object>> told() {
        JsonWriter json = new JsonWriter().object().name("events");
        events.append(json);
        return (List<Map<String, Object>>)
                JsonReader.object(json.endObject().toString()).get("events");
    }

    @Test
    void likeOnes_areOne() {
        events.add("error", "a", "x", 2);
        events.add("error", "b", "x", 1);
        events.add("error", "a", "x", 3);
        events.add("error", "a", "x", 0);
        assertEquals(2, told().size());
        assertEquals("b", told().get(0).get("pool"));
        assertEquals(5.0, told().get(1).get("count"));
    }

    @Test
    void oldest_makeRoom() {
        for (int i = 0; i < 250; i++) {
            events.add("control", "pool", "action " + i, 1);
        }
        assertEquals(100, told().size());
        assertEquals("action 249", told().get(0).get("text"));
    }
}
