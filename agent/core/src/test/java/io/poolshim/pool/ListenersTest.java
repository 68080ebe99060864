package io.poolshim.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.lang.reflect.Method;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ListenersTest {
    private final EveryEvent events = new EveryEvent();

    @Test
    void both_hearEverythingInThisOrder() throws ReflectiveOperationException {
        PoolListener both = Listeners.both(
                events.listener("first", PoolListener.class), events.listener("second", PoolListener.class));
        for (Method event : EveryEvent.of(PoolListener.class)) {
            EveryEvent.Result result = events.tell(both, event);
            assertEquals(Arrays.asList("first " + result.told, "second " + result.told), result.heard);
        }
    }

    @Test
    void one_isNotWrapped() {
        PoolListener only = events.listener("only", PoolListener.class);
        assertSame(only, Listeners.both(only, null));
    }
}
