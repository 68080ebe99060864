package io.poolshim.redirect;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The classes whose methods this thread is in, the innermost first. As classes, so that what is known of one is found
 * without its name; Java 8 and later ones have different ways to tell.
 */
final class CallerStack {
    private static final int DEEPEST = 60;
    private static final @Nullable MethodHandle WALK = later();
    private static final @Nullable MethodHandle DECLARING_CLASS =
            WALK == null ? null : ofFrame("getDeclaringClass", Class.class);
    private static final @Nullable MethodHandle ELEMENT =
            WALK == null ? null : ofFrame("toStackTraceElement", StackTraceElement.class);

    private CallerStack() {}

    static boolean anyMatch(Predicate<Class<?>> test) {
        return WALK == null ? Java8.anyMatch(test) : anyWalked(test);
    }

    /**
     * The first frame whose class passes the test; null if none does.
     *
     * @param byName the same test, for Java 8
     */
    static @Nullable StackTraceElement find(Predicate<Class<?>> test, Predicate<String> byName) {
        if (WALK == null) {
            return Java8.find(byName);
        }
        return (StackTraceElement) walk(frames -> frames.limit(DEEPEST)
                .filter(frame -> test.test(classOf(frame)))
                .findFirst()
                .map(CallerStack::elementOf)
                .orElse(null));
    }

    private static boolean anyWalked(Predicate<Class<?>> test) {
        return Boolean.TRUE.equals(walk(frames -> frames.limit(DEEPEST).anyMatch(frame -> test.test(classOf(frame)))));
    }

    @SuppressWarnings("NullAway") // not called on Java 8
    private static @Nullable Object walk(Function<Stream<Object>, @Nullable Object> search) {
        try {
            return (Object) WALK.invokeExact(search);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    @SuppressWarnings("NullAway") // not called on Java 8
    private static StackTraceElement elementOf(Object frame) {
        try {
            return (StackTraceElement) ELEMENT.invokeExact(frame);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    @SuppressWarnings("NullAway") // not called on Java 8
    private static Class<?> classOf(Object frame) {
        try {
            return (Class<?>) DECLARING_CLASS.invokeExact(frame);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /** {@code StackWalker.getInstance(RETAIN_CLASS_REFERENCE)::walk}; null on Java 8. */
    private static @Nullable MethodHandle later() {
        try {
            Class<?> option = Class.forName("java.lang.StackWalker$Option");
            Class<?> type = Class.forName("java.lang.StackWalker");
            Object walker = type.getMethod("getInstance", option)
                    .invoke(null, option.getField("RETAIN_CLASS_REFERENCE").get(null));
            return MethodHandles.lookup()
                    .unreflect(type.getMethod("walk", Function.class))
                    .bindTo(walker)
                    .asType(MethodType.methodType(Object.class, Function.class));
        } catch (ReflectiveOperationException java8) {
            return null;
        }
    }

    private static MethodHandle ofFrame(String method, Class<?> result) {
        try {
            return MethodHandles.lookup()
                    .unreflect(Class.forName("java.lang.StackWalker$StackFrame").getMethod(method))
                    .asType(MethodType.methodType(result, Object.class));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Never installed as a security manager: it is only the one who is told the classes. */
    private static final class Java8 extends SecurityManager {
        private static final Java8 INSTANCE = new Java8();

        static boolean anyMatch(Predicate<Class<?>> test) {
            Class<?>[] classes = INSTANCE.getClassContext();
            for (int i = 0; i < Math.min(classes.length, DEEPEST); i++) {
                if (test.test(classes[i])) {
                    return true;
                }
            }
            return false;
        }

        static @Nullable StackTraceElement find(Predicate<String> test) {
            StackTraceElement[] frames = new Throwable().getStackTrace();
            for (int i = 0; i < Math.min(frames.length, DEEPEST); i++) {
                if (test.test(frames[i].getClassName())) {
                    return frames[i];
                }
            }
            return null;
        }
    }
}
