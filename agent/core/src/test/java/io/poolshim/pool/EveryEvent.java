package io.poolshim.pool;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Each event that a listener's interface has, told to one that passes it on, and heard by those behind it. */
public final class EveryEvent {
    private final List<String> heard = new ArrayList<>();

    /** One that writes down what it hears under its name, and answers with that name where an answer is asked for. */
    public <T> T listener(String name, Class<T> type) {
        InvocationHandler writing = (proxy, method, arguments) -> {
            heard.add(name + " " + told(method, arguments));
            return method.getReturnType() == void.class ? null : name;
        };
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, writing));
    }

    /** Tells the event. */
    public Result tell(Object listener, Method event) throws ReflectiveOperationException {
        heard.clear();
        Object[] arguments =
                Arrays.stream(event.getParameterTypes()).map(EveryEvent::value).toArray();
        event.setAccessible(true);
        Object answer = event.invoke(listener, arguments);
        return new Result(told(event, arguments), new ArrayList<>(heard), answer);
    }

    /** The events of an interface. */
    public static List<Method> of(Class<?> type) {
        List<Method> events = new ArrayList<>();
        for (Method method : type.getMethods()) {
            if (!Modifier.isStatic(method.getModifiers())) {
                events.add(method);
            }
        }
        return events;
    }

    private static Object value(Class<?> type) {
        if (type == long.class) {
            return 7L;
        }
        if (type == int.class) {
            return 5;
        }
        if (type == boolean.class) {
            return true;
        }
        if (type == String.class) {
            return "a text";
        }
        if (type == Object.class) {
            return "a token";
        }
        return type == Throwable.class ? new IllegalStateException("thrown") : null;
    }

    private static String told(Method event, Object[] arguments) {
        return event.getName() + Arrays.toString(arguments);
    }

    /** What came of telling one. */
    public static final class Result {
        public final String told;
        public final List<String> heard;
        public final Object answer;

        Result(String told, List<String> heard, Object answer) {
            this.told = told;
            this.heard = heard;
            this.answer = answer;
        }
    }
}
