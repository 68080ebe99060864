package io.poolshim.journal;

import io.poolshim.redirect.ApplicationCode;
import org.jspecify.annotations.Nullable;

/** Where the application made the call that ended in the driver, read from a stack. */
public final class CallSite {
    private static final String[] PLATFORM = {"java.", "javax.sql.", "jdk.", "sun.", "com.sun.proxy."};

    private CallSite() {}

    /**
     * {@code class.method:line} of the first frame of the application's own or, if only libraries have called each other,
     * of the first one that is neither the agent's, nor the driver's, nor the platform's; null if there is none.
     *
     * @param stack the innermost frame first; its first frames are the agent's
     * @param driver how the names of the driver's classes begin; empty if not known
     */
    public static @Nullable String of(StackTraceElement[] stack, String driver) {
        boolean entered = false; // the agent's frames come before: an application may share their package's name
        StackTraceElement library = null;
        for (StackTraceElement frame : stack) {
            String name = frame.getClassName();
            if (isEntrance(name, driver)) {
                entered = true;
            } else if (entered && ApplicationCode.contains(name)) {
                return shown(frame);
            } else if (entered && library == null && !isPlatform(name)) {
                library = frame;
            }
        }
        return library == null ? null : shown(library);
    }

    /** What the application calls: DriverManager, a class of the driver, shells included, or one of the agent's proxies. */
    private static boolean isEntrance(String name, String driver) {
        return name.equals("java.sql.DriverManager")
                || !driver.isEmpty() && name.startsWith(driver)
                || name.contains("$Proxy");
    }

    private static boolean isPlatform(String name) {
        for (String prefix : PLATFORM) {
            if (name.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }

    static String shown(StackTraceElement frame) {
        String method = ApplicationCode.function(frame);
        return frame.getLineNumber() < 0 ? method : method + ":" + frame.getLineNumber();
    }

    /** How the names of a driver's classes begin: {@code org.postgresql.} */
    public static String driverOf(Class<?> connection) {
        String name = connection.getName();
        int first = name.indexOf('.');
        int second = first < 0 ? -1 : name.indexOf('.', first + 1);
        return name.substring(0, (second < 0 ? first : second) + 1);
    }
}
