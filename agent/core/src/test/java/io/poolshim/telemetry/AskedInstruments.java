package io.poolshim.telemetry;

import io.opentelemetry.api.metrics.Meter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.TreeMap;

/** A meter that notes the name and unit of each instrument it is asked for, also of those that never have a value. */
final class AskedInstruments {
    private final Map<String, String> units = new TreeMap<>();

    /** Units by name; empty for none. */
    Map<String, String> units() {
        return units;
    }

    Meter of(Meter meter) {
        return (Meter) proxy(Meter.class, meter, "");
    }

    private Object proxy(Class<?> type, Object real, String instrument) {
        return Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> call(proxy, method, arguments, real, instrument));
    }

    private Object call(Object proxy, Method method, Object[] arguments, Object real, String instrument)
            throws Throwable {
        method.setAccessible(true); // the SDK's classes are its own, their methods are not
        Object result;
        try {
            result = method.invoke(real, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
        if (real instanceof Meter && method.getName().endsWith("Builder")) {
            units.put((String) arguments[0], "");
            return proxy(method.getReturnType(), result, (String) arguments[0]);
        }
        if (method.getName().equals("setUnit")) {
            units.put(instrument, (String) arguments[0]);
        }
        return result == real ? proxy : result;
    }
}
