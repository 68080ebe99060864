package io.poolshim.registry;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.security.AccessController;
import javax.security.auth.Subject;
import org.jspecify.annotations.Nullable;

/** Whether the thread acts for somebody: then Kerberos may log in as that one. */
final class ThreadSubject {
    private static final @Nullable Method CURRENT = current();

    private ThreadSubject() {}

    /** From Java 18 on; the older way ends with the security manager. */
    private static @Nullable Method current() {
        try {
            return Subject.class.getMethod("current");
        } catch (NoSuchMethodException java17) {
            return null;
        }
    }

    @SuppressWarnings({"removal", "deprecation"})
    static boolean isPresent() {
        try {
            return (CURRENT == null ? Subject.getSubject(AccessController.getContext()) : CURRENT.invoke(null)) != null;
        } catch (IllegalAccessException | InvocationTargetException e) {
            return true; // cannot tell: not shared
        }
    }
}
