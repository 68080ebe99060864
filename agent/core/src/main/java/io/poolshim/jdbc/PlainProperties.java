package io.poolshim.jdbc;

import java.lang.invoke.MethodHandle;
import java.util.Arrays;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * What stands in some properties, to compare others with quickly. Only objects of the class Properties itself compare,
 * and only without defaults, which their size does not count; none does where the defaults cannot be seen.
 */
public final class PlainProperties {
    private static final @Nullable MethodHandle DEFAULTS = PrivateField.getter(Properties.class, "defaults");

    private final String[] names;
    private final String[] values;
    private final @Nullable String user; // null unless user and password are all there is
    private final @Nullable String password;

    public PlainProperties(Properties copied) {
        names = copied.stringPropertyNames().toArray(new String[0]);
        Arrays.sort(names);
        values = new String[names.length];
        for (int i = 0; i < names.length; i++) {
            values[i] = copied.getProperty(names[i]);
        }
        boolean login = Arrays.equals(names, new String[] {"password", "user"});
        user = login ? values[1] : null;
        password = login ? values[0] : null;
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
    public boolean isWhatIsMadeOf(String asUser, String withPassword) {
        return asUser.equals(user) && withPassword.equals(password);
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
