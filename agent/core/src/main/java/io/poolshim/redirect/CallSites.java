package io.poolshim.redirect;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The lines from which the application borrows. A walk through the stack takes some microseconds; a class of the
 * application's own with one such line needs it once.
 */
public final class CallSites {
    private final Predicate<Class<?>> callsOnce;
    private final ClassValue<Caller> callers = new ClassValue<Caller>() {
        @Override
        protected Caller computeValue(Class<?> type) {
            return new Caller(ApplicationCode.contains(type.getName()) && callsOnce.test(type));
        }
    };

    /** What is known of a calling class. */
    private static final class Caller {
        final boolean hasOne;
        volatile @Nullable StackTraceElement line;

        Caller(boolean hasOne) {
            this.hasOne = hasOne;
        }
    }

    /** {@code callsOnce}: whether a class calls {@code DriverManager.getConnection} in one place only. */
    public CallSites(Predicate<Class<?>> callsOnce) {
        this.callsOnce = callsOnce;
    }

    /**
     * The innermost line of the application's own; null if there is none.
     *
     * @param caller of DriverManager; null if that is not known
     */
    public @Nullable StackTraceElement find(@Nullable Class<?> caller) {
        if (caller == null) {
            return ApplicationCode.find();
        }
        Caller known = callers.get(caller);
        StackTraceElement line = known.line;
        if (line == null) {
            line = ApplicationCode.find();
            if (known.hasOne && line != null && line.getClassName().equals(caller.getName())) {
                known.line = line;
            }
        }
        return line;
    }
}
