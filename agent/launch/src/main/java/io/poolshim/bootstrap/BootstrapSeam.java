package io.poolshim.bootstrap;

import java.lang.invoke.MethodHandle;
import java.util.function.Function;
import java.util.function.Supplier;

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
    /** The redirector; null until the first call. Takes {url, info, caller}, or null for "the drivers changed". */
    private static volatile Function poolshim$function;

    /**
     * Takes url, user, password and caller; null until the first call. A handle that is no constant keeps the JIT compiler
     * from compiling a whole borrow into DriverManager's method, which would then be too big to be compiled into its
     * caller: and only there does it know who that is, elsewhere it walks the stack.
     */
    private static volatile MethodHandle poolshim$known;

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
                poolshim$known = (MethodHandle) ((Supplier) function).get();
            } catch (Throwable unavailable) {
                return null; // a system class loader without the agent's jar: the application runs unpooled
            }
            poolshim$function = function;
        }
        return function.apply(new Object[] {url, info, caller});
    }

    /** The connection to hand out if the very same request has been seen before; null if the original method is to run. */
    public static Object poolshim$enter(Object url, Object user, Object password, Object caller) throws Throwable {
        MethodHandle known = poolshim$known;
        return known == null ? null : (Object) known.invokeExact(url, user, password, caller);
    }

    /** A driver was registered or deregistered. */
    public static void poolshim$driversChanged() {
        Function function = poolshim$function;
        if (function != null) {
            function.apply(null);
        }
    }
}
