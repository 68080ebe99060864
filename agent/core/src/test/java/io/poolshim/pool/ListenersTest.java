package io.poolshim.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ListenersTest {
    private final List<String> heard = new ArrayList<>();

    private PoolListener listener(String name) {
        return (PoolListener) Proxy.newProxyInstance(
                ListenersTest.class.getClassLoader(),
                new Class<?>[] {PoolListener.class},
                (proxy, method, arguments) -> heard.add(name + " " + method.getName()));
    }

    @Test
    void both_hearEverythingInThisOrder() throws ReflectiveOperationException {
        PoolListener both = Listeners.both(listener("first"), listener("second"));
        for (Method event : PoolListener.class.getMethods()) {
            heard.clear();
            Object[] arguments = Arrays.stream(event.getParameterTypes())
                    .map(type -> type == long.class ? (Object) 0L : type == boolean.class ? false : null)
                    .toArray();
            event.invoke(both, arguments);
            assertEquals(Arrays.asList("first " + event.getName(), "second " + event.getName()), heard);
        }
    }

    @Test
    void one_isNotWrapped() {
        PoolListener only = listener("only");
        assertSame(only, Listeners.both(only, null));
    }
}
