package io.poolshim.bootstrap;

import java.util.function.Function;

/**
 * The boundary between DriverManager and the agent: what the patched {@code java.sql.DriverManager} calls.
 *
 * <p>Two loaders may own this code. As a rule its members are copied into DriverManager itself when that class loads,
 * and this class is never loaded. Only if DriverManager was loaded before the agent does the bootstrap loader define
 * it. From Java 9 on java.sql belongs to the platform loader, which the bootstrap loader cannot see, so no type of
 * java.sql may be named here: a call that did would end in a NoClassDefFoundError inside the application.
 *
 * <p>For the same reason it says what may be null in words only: an annotation would go into DriverManager with it.
 */
@SuppressWarnings({"rawtypes", "unchecked", "ReturnValueIgnored", "NullAway"})
public final class BootstrapSeam {
    /**
     * The redirector; null until the first call. Takes {url, info, caller}, or {url, user, password, caller} for the same
     * before its properties are made, or null for "the drivers changed".
     */
    private static volatile Function poolshim$function;

    private BootstrapSeam() {}

    /** The connection to hand out, or null if the original method is to run. Throws what the driver threw. */
    public static Object poolshim$enter(Object url, Object info, Object caller) {
        Function function = poolshim$function;
        if (function == null) {
            try {
                function = (Function) ClassLoader.getSystemClassLoader()
                        .loadClass("io.poolshim.launch.Seam")
                        .getMethod("function")
                        .invoke(null);
            } catch (Throwable unavailable) {
                return null; // a system class loader without the agent's jar: the application runs unpooled
            }
            poolshim$function = function;
        }
        return function.apply(new Object[] {url, info, caller});
    }

    /** The connection to hand out if the very same request has been seen before; null if the original method is to run. */
    public static Object poolshim$enter(Object url, Object user, Object password, Object caller) {
        Function function = poolshim$function;
        return function == null ? null : function.apply(new Object[] {url, user, password, caller});
    }

    /** A driver was registered or deregistered. */
    public static void poolshim$driversChanged() {
        Function function = poolshim$function;
        if (function != null) {
            function.apply(null);
        }
    }
}
