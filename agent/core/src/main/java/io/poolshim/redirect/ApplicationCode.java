package io.poolshim.redirect;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What is the application's own: neither the JDK's, the driver's and the agent's, nor a library's that opens connections
 * and runs statements for others.
 */
public final class ApplicationCode {
    private static final Set<String> LIBRARIES = PackageNames.read("libraries.txt");
    private static final int MOST_REMEMBERED = 10_000;

    private static final ClassValue<Boolean> IS_LIBRARY = new ClassValue<Boolean>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
            return PackageNames.contain(LIBRARIES, type.getName());
        }
    };

    /** For Java 8, where only names are told together with lines. */
    private static final ConcurrentHashMap<String, Boolean> BY_NAME = new ConcurrentHashMap<>();

    private ApplicationCode() {}

    /** The line of it that this thread is in; null if there is none in the upper part of the stack. Costs some microseconds, on Java 8 some ten. */
    public static @Nullable StackTraceElement find() {
        return CallerStack.find(type -> !IS_LIBRARY.get(type), ApplicationCode::contains);
    }

    /** The same, but in another class than the one of this name and those nested in it. */
    static @Nullable StackTraceElement findOutside(String outermost) {
        return CallerStack.find(
                type -> !IS_LIBRARY.get(type) && isOutside(outermost, type.getName()),
                name -> contains(name) && isOutside(outermost, name));
    }

    private static boolean isOutside(String outermost, String name) {
        return !BorrowPlaces.outermost(name).equals(outermost);
    }

    /** Whether a class of that name is the application's own. */
    public static boolean contains(String className) {
        Boolean library = BY_NAME.get(className);
        if (library == null) {
            library = PackageNames.contain(LIBRARIES, className);
            if (BY_NAME.size() < MOST_REMEMBERED) {
                BY_NAME.put(className, library);
            }
        }
        return !library;
    }

    /** {@code com.example.Orders.find}, as the semantic conventions have it. */
    public static String function(StackTraceElement frame) {
        return frame.getClassName() + "." + frame.getMethodName();
    }
}
