package io.poolshim.log;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/** A kind of event of JDK Flight Recorder. */
final class FlightEvent {
    private final Object factory;
    private final Method newEvent;
    private final Method isEnabled;
    private final Method begin;
    private final Method set;
    private final Method commit;

    FlightEvent(Object factory) throws ReflectiveOperationException {
        Class<?> event = FlightRecorder.type("Event");
        this.factory = factory;
        newEvent = FlightRecorder.type("EventFactory").getMethod("newEvent");
        isEnabled = event.getMethod("isEnabled");
        begin = event.getMethod("begin");
        set = event.getMethod("set", int.class, Object.class);
        commit = event.getMethod("commit");
    }

    /** One that begins now; null if this kind is not recorded. */
    @Nullable Object begin() {
        try {
            Object event = newEvent.invoke(factory);
            if (!(Boolean) isEnabled.invoke(event)) {
                return null;
            }
            begin.invoke(event);
            return event;
        } catch (IllegalAccessException | InvocationTargetException | RuntimeException e) {
            Log.swallowed("beginning an event of the flight recorder", e);
            return null;
        }
    }

    /** It ends now, with these values of its fields; the recorder leaves it out if it was too short. */
    void commit(@Nullable Object event, String... values) {
        if (event == null) {
            return;
        }
        try {
            for (int i = 0; i < values.length; i++) {
                set.invoke(event, i, values[i]);
            }
            commit.invoke(event);
        } catch (IllegalAccessException | InvocationTargetException | RuntimeException e) {
            Log.swallowed("recording an event of the flight recorder", e);
        }
    }
}
