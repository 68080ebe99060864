package io.poolshim.redirect;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The line of the application's own code that this thread is in: neither of the JDK, the driver and the agent, nor of a
 * library that opens connections and runs statements for others.
 */
public final class CallSite {
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

    private CallSite() {}

    /** Null if there is no such line in the upper part of the stack. Costs some microseconds, on Java 8 some ten. */
    public static @Nullable StackTraceElement find() {
        return CallerStack.find(type -> !IS_LIBRARY.get(type), CallSite::isApplication);
    }

    private static boolean isApplication(String className) {
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
