package io.poolshim.jdbc;

import java.lang.invoke.MethodHandle;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;

/** The JVM's default time zone, which drivers send at each login. {@link TimeZone#getDefault()} copies it for each call. */
public final class DefaultTimeZone {
    private static final @Nullable MethodHandle LIVE = PrivateField.getter(TimeZone.class, "defaultTimeZone");

    private DefaultTimeZone() {}

    public static String id() {
        TimeZone live = live();
        return (live == null ? TimeZone.getDefault() : live).getID();
    }

    /** Null if it cannot be seen, or if nobody has asked for it yet. */
    private static @Nullable TimeZone live() {
        try {
            return LIVE == null ? null : (TimeZone) LIVE.invokeExact();
        } catch (Throwable unknown) {
            return null;
        }
    }
}
