package io.poolshim.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.poolshim.pool.EveryEvent;
import io.poolshim.pool.PoolListener;
import io.poolshim.wrap.QueryListener;
import java.lang.reflect.Method;
import java.util.Collections;
import org.junit.jupiter.api.Test;

class RelayTest {
    private final EveryEvent events = new EveryEvent();

    /** Who stands behind a relay. */
    interface Next extends PoolListener, QueryListener {}

    @Test
    void next_hearsEverythingAndItsAnswerIsPassedBack() throws ReflectiveOperationException {
        Relay relay = new Relay(events.listener("next", Next.class));
        for (Method event : EveryEvent.of(Next.class)) {
            EveryEvent.Result result = events.tell(relay, event);
            assertEquals(Collections.singletonList("next " + result.told), result.heard);
            assertEquals(event.getReturnType() == void.class ? null : "next", result.answer, result.told);
        }
    }
}
