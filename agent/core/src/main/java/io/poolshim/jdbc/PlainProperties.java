package io.poolshim.jdbc;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Field;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * What stands in some properties, to compare others with quickly. Only objects of the class Properties itself compare,
 * and only without defaults, which their size does not count.
 */
public final class PlainProperties {
    private static final @Nullable MethodHandle DEFAULTS = defaults();

    private final String[] names;
    private final String[] values;

    public PlainProperties(Properties copied) {
        names = copied.stringPropertyNames().toArray(new String[0]);
        values = new String[names.length];
        for (int i = 0; i < names.length; i++) {
            values[i] = copied.getProperty(names[i]);
        }
    }

    /** Needs java.util opened to the agent from Java 9 on; null if it is not, and then nothing compares. */
    private static @Nullable MethodHandle defaults() {
        try {
            Field field = Properties.class.getDeclaredField("defaults");
            field.setAccessible(true);
            return MethodHandles.lookup().unreflectGetter(field);
        } catch (ReflectiveOperationException | RuntimeException unknown) {
            return null;
        }
    }

    public boolean isWhatIsIn(Properties other) {
        if (other.getClass() != Properties.class || other.size() != names.length || hasDefaults(other)) {
            return false;
        }
        for (int i = 0; i < names.length; i++) {
            if (!values[i].equals(other.get(names[i]))) {
                return false;
            }
        }
        return true;
    }

    private static boolean hasDefaults(Properties properties) {
        try {
            return DEFAULTS == null || (Properties) DEFAULTS.invokeExact(properties) != null;
        } catch (Throwable e) {
            return true;
        }
    }
}
