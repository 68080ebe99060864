package io.poolshim.jdbc;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Field;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;

/** The JVM's default time zone, which drivers send at each login. {@link TimeZone#getDefault()} copies it for each call. */
public final class DefaultTimeZone {
    private static final @Nullable MethodHandle LIVE = live();

    private DefaultTimeZone() {}

    /** Needs java.util opened to the agent from Java 9 on; null if it is not. */
    private static @Nullable MethodHandle live() {
        try {
            Field field = TimeZone.class.getDeclaredField("defaultTimeZone");
            field.setAccessible(true);
            return MethodHandles.lookup().unreflectGetter(field);
        } catch (ReflectiveOperationException | RuntimeException unknown) {
            return null;
        }
    }

    public static String id() {
        try {
            TimeZone zone = LIVE == null ? null : (TimeZone) LIVE.invokeExact();
            return (zone == null ? TimeZone.getDefault() : zone).getID();
        } catch (Throwable e) {
            return TimeZone.getDefault().getID();
        }
    }
}
