package io.poolshim.jdbc;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Field;
import org.jspecify.annotations.Nullable;

/** Reads private fields of the JVM's own classes, where no method tells without a copy. */
final class PrivateField {
    private PrivateField() {}

    /** Needs the field's package opened to the agent from Java 9 on; null if it is not, or if there is no such field. */
    static @Nullable MethodHandle getter(Class<?> owner, String name) {
        try {
            Field field = owner.getDeclaredField(name);
            field.setAccessible(true);
            return MethodHandles.lookup().unreflectGetter(field);
        } catch (ReflectiveOperationException | RuntimeException unknown) {
            return null;
        }
    }
}
