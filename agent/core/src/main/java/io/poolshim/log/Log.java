package io.poolshim.log;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;

/**
 * The agent's own log: lines on stderr that stand alone. It takes no part in any logging framework, which would be the
 * application's. What the agent swallowed is counted, and logged once per cause.
 */
public final class Log {
    /** From the most severe to the least. */
    public enum Level {
        ERROR,
        WARN,
        INFO,
        DEBUG
    }

    private static final int MOST_CAUSES = 1000;

    private static final AtomicLong SWALLOWED = new AtomicLong();
    private static final Set<String> SEEN = ConcurrentHashMap.newKeySet();
    private static volatile Level level = Level.INFO;
    private static volatile BiConsumer<String, Throwable> listener = (doing, error) -> {};

    private Log() {}

    public static void setLevel(String name) {
        level = Level.valueOf(name.toUpperCase(Locale.ROOT));
    }

    /** Who is told of each swallowed error, in the thread that swallows it: what was being done, and the error. */
    public static void onSwallowed(BiConsumer<String, Throwable> told) {
        listener = told;
    }

    public static boolean isDebug() {
        return level == Level.DEBUG;
    }

    public static void warn(String line) {
        write(Level.WARN, line);
    }

    public static void info(String line) {
        write(Level.INFO, line);
    }

    public static void debug(String line) {
        write(Level.DEBUG, line);
    }

    /** Writes a line the first time it is asked for, whatever the numbers in it; for what would else come at each call. */
    public static void once(Level severity, String line) {
        String withoutNumbers = line.replaceAll("[0-9]+", "#");
        if (SEEN.size() < MOST_CAUSES && SEEN.add(withoutNumbers)) {
            write(severity, line);
        }
    }

    /**
     * An error of the agent itself that the application must not notice.
     *
     * @param doing what was being done, and what happens instead
     */
    public static void swallowed(String doing, Throwable error) {
        SWALLOWED.incrementAndGet();
        StackTraceElement[] stack = error.getStackTrace();
        String cause = "swallowed while " + doing + ": " + error.getClass().getName() + " at "
                + (stack.length == 0 ? "an unknown place" : stack[0]) + " (please report it)";
        if (SEEN.size() < MOST_CAUSES && SEEN.add(cause)) {
            write(Level.ERROR, cause);
            if (isDebug()) {
                writeStack(error);
            }
        }
        tell(doing, error);
    }

    /** Without messages, which may be those of the database, or quote a URL. */
    private static void writeStack(Throwable error) {
        Set<Throwable> shown = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Throwable cause = error; cause != null && shown.add(cause); cause = cause.getCause()) {
            write(
                    Level.DEBUG,
                    (cause == error ? "thrown: " : "caused by: ")
                            + cause.getClass().getName());
            for (StackTraceElement frame : cause.getStackTrace()) {
                write(Level.DEBUG, "    at " + frame);
            }
        }
    }

    private static void tell(String doing, Throwable error) {
        try {
            listener.accept(doing, error);
        } catch (RuntimeException | LinkageError e) {
            SWALLOWED.incrementAndGet(); // no more than that, or it would be told of itself for ever
        }
    }

    /** How many errors were swallowed so far. */
    public static long swallowedCount() {
        return SWALLOWED.get();
    }

    /** Writes whole lines of JSON, in UTF-8, that somebody asked for, whatever the level. */
    public static void lines(byte[] bytes, int length) {
        System.err.write(bytes, 0, length);
        System.err.flush();
    }

    private static void write(Level severity, String line) {
        if (severity.compareTo(level) <= 0) {
            System.err.println("[poolshim] " + line);
        }
    }
}
