package io.poolshim.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.poolshim.log.JsonReader;
import io.poolshim.log.JsonWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HistoryTest {
    private final History history = new History();

    private Map<String, Object> told() {
        JsonWriter json = new JsonWriter();
        history.append(json);
        return JsonReader.object(json.toString());
    }

    @Test
    void points_comeInTheirOrder() {
        history.add(1, 2, 3, 4, 5, 6);
        history.add(10, 20, 30, 40, 50, Long.MAX_VALUE);
        assertEquals(Arrays.asList(1.0, 10.0), told().get("used"));
        assertEquals(Arrays.asList(4.0, 40.0), told().get("waitMicros"));
        assertEquals(Arrays.asList(6.0, (double) Integer.MAX_VALUE), told().get("errors"));
    }

    @Test
    void oldPoints_makeRoom() {
        for (int i = 0; i < 200; i++) {
            history.add(i, 0, 0, 0, 0, 0);
        }
        List<?> used = (List<?>) told().get("used");
        assertEquals(180, used.size());
        assertEquals(20.0, used.get(0));
        assertEquals(199.0, used.get(179));
    }
}
