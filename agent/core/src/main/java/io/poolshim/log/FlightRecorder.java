package io.poolshim.log;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The JVM's flight recorder, by reflection: the agent is compiled for a Java 8 that had none. */
final class FlightRecorder {
    private static final String PACKAGE = "jdk.jfr.";

    private final Method isInitialized;

    private FlightRecorder(Method isInitialized) {
        this.isInitialized = isInitialized;
    }

    /** Null if this JVM has none. */
    static @Nullable FlightRecorder find() {
        try {
            return new FlightRecorder(type("FlightRecorder").getMethod("isInitialized"));
        } catch (ReflectiveOperationException | LinkageError | RuntimeException none) {
            return null;
        }
    }

    static Class<?> type(String name) throws ClassNotFoundException {
        return Class.forName(PACKAGE + name, false, FlightRecorder.class.getClassLoader());
    }

    /** Whether somebody has ever recorded in this JVM; does not start the recorder. */
    boolean isRecording() {
        try {
            return (Boolean) isInitialized.invoke(null);
        } catch (ReflectiveOperationException | RuntimeException e) {
            return false;
        }
    }

    /** A kind of event with fields of text, recorded if it lasts that long unless a recording says otherwise; null, and a line in the log, if the recorder does not want it. */
    @Nullable FlightEvent define(String name, String threshold, String... fields) {
        try {
            Constructor<?> annotation = type("AnnotationElement").getConstructor(Class.class, Object.class);
            Constructor<?> value = type("ValueDescriptor").getConstructor(Class.class, String.class);
            List<Object> annotations = Arrays.asList(
                    annotation.newInstance(type("Name"), name),
                    annotation.newInstance(type("Category"), new String[] {"Poolshim"}),
                    annotation.newInstance(type("Threshold"), threshold));
            List<Object> values = new ArrayList<>();
            for (String field : fields) {
                values.add(value.newInstance(String.class, field));
            }
            Object factory = type("EventFactory")
                    .getMethod("create", List.class, List.class)
                    .invoke(null, annotations, Collections.unmodifiableList(values));
            return new FlightEvent(factory);
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            Log.swallowed("defining the flight recorder's event " + name, e);
            return null;
        }
    }
}
