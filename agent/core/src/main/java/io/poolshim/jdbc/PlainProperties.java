package io.poolshim.jdbc;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Field;
import java.util.Arrays;
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
        Arrays.sort(names);
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

    /** Whether they are those that DriverManager makes of a user and a password. */
    public boolean isWhatIsMadeOf(String user, String password) {
        return names.length == 2 && user.equals(value("user")) && password.equals(value("password"));
    }

    private @Nullable String value(String name) {
        return name.equals(names[0]) ? values[0] : name.equals(names[1]) ? values[1] : null;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PlainProperties
                && Arrays.equals(names, ((PlainProperties) other).names)
                && Arrays.equals(values, ((PlainProperties) other).values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(names);
    }

    private static boolean hasDefaults(Properties properties) {
        try {
            return DEFAULTS == null || (Properties) DEFAULTS.invokeExact(properties) != null;
        } catch (Throwable e) {
            return true;
        }
    }
}
