package io.poolshim.launch;

import java.io.File;
import java.lang.instrument.Instrumentation;
import java.util.Locale;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;

/** What premain does: put the seam into DriverManager, by the load-time way or, if that is too late, the other one. */
final class Launch {
    static final String DRIVER_MANAGER = "java.sql.DriverManager";
    static final String INACTIVE = "not active, the application runs unpooled: ";

    static final String OFF_FOR_GOOD =
            "Poolshim is off in this JVM for as long as it runs: poolshim.mode=off is among its"
                    + " system properties or environment variables; start it anew without";

    private static @Nullable String told;

    private Launch() {}

    /**
     * Whether {@code poolshim.mode=off} for as long as this JVM lives; looked up by hand because the settings' own classes
     * are not loaded yet. A file of settings can say something else than an argument, now or later.
     */
    static boolean isOff(@Nullable String arguments) {
        String mode = given("mode");
        if (mode == null && arguments != null) {
            return arguments.matches("(?is)(.*,)?\\s*(poolshim\\.)?mode\\s*=\\s*off\\s*(,.*)?")
                    && !namesFile(arguments);
        }
        return mode != null && mode.trim().equalsIgnoreCase("off");
    }

    private static boolean namesFile(String arguments) {
        String file = given("config");
        return file == null
                ? arguments.matches("(?is)(.*,)?\\s*(poolshim\\.)?config\\s*=\\s*[^,\\s].*")
                : !file.trim().isEmpty();
    }

    /** By a system property or, without one, an environment variable. */
    static @Nullable String given(String key) {
        String property = "poolshim." + key;
        String value = System.getProperty(property);
        return value == null ? System.getenv(property.toUpperCase(Locale.ROOT).replace('.', '_')) : value;
    }

    /** Whether this setting is given anywhere, whatever its value. */
    static boolean isGiven(String key, @Nullable String arguments) {
        return given(key) != null
                || arguments != null
                        && arguments.matches("(?s)(.*,)?\\s*(poolshim\\.)?" + key.replace(".", "\\.") + "\\s*=.*");
    }

    static void install(String arguments, Instrumentation instrumentation) throws Exception {
        if (Seam.isPrepared()) {
            tell("is active already; the second -javaagent or attachment changes nothing");
            return;
        }
        install(arguments, instrumentation, false);
    }

    /**
     * Installs the agent where it is not yet.
     *
     * @param early start it now, before the first call comes through, if DriverManager is in use already
     * @return whether it was started
     */
    static boolean install(String arguments, Instrumentation instrumentation, boolean early) throws Exception {
        File jar = AgentClassLoader.ownJar();
        AgentClassLoader loader = new AgentClassLoader(jar);
        Class<?> loaded = driverManager(instrumentation);
        if (early) {
            Seam.check(loader, arguments);
        }
        if (loaded == null) {
            if (early) {
                Seam.announce(loader, instrumentation);
            }
            // Not retransform-capable on purpose: its output is then the base of other agents' retransformations.
            instrumentation.addTransformer(new DriverManagerTransformer(loader, false), false);
        } else {
            if (early) {
                Seam.startEarly(loader, instrumentation, arguments);
            }
            DriverManagerTransformer transformer = new DriverManagerTransformer(loader, true);
            loadTheRest();
            instrumentation.appendToBootstrapClassLoaderSearch(new JarFile(jar));
            instrumentation.addTransformer(transformer, true);
            instrumentation.retransformClasses(loaded);
        }
        Seam.prepare(loader, instrumentation, arguments); // last: what failed may be tried again by attaching
        EarlyAdmin.startIfWanted(loader, arguments);
        EarlyWatch.startIfWanted(loader, instrumentation, arguments);
        return early && loaded != null;
    }

    /** What is not loaded yet would from now on come from the bootstrap loader, and be in another package for the JVM. */
    private static void loadTheRest() throws ClassNotFoundException {
        Class.forName(Command.class.getName());
        Class.forName(Seam.class.getName() + "$PassThrough");
        Class.forName(AgentClassLoader.class.getName() + "$BytesHandler");
        Class.forName(AgentClassLoader.class.getName() + "$BytesConnection");
        Class.forName(EarlyAdmin.class.getName());
        Class.forName(EarlyWatch.class.getName());
        Class.forName(Archive.class.getName());
        Class.forName(Archive.class.getName() + "$Place");
    }

    private static @Nullable Class<?> driverManager(Instrumentation instrumentation) {
        for (Class<?> loaded : instrumentation.getAllLoadedClasses()) {
            if (loaded.getName().equals(DRIVER_MANAGER)) {
                return loaded;
            }
        }
        return null;
    }

    /** The agent itself may work all the same. */
    static void noAdminPort(Throwable failure) {
        tell("no admin port: " + failure);
    }

    /** The one line that a broken agent prints. */
    static void inactive(Throwable failure) {
        inactive(reason(failure));
    }

    /** Not twice in a row for one reason: the admin port's thread may be earlier than the first connection, or later. */
    static synchronized void inactive(String reason) {
        if (!reason.equals(told)) {
            told = reason;
            tell(INACTIVE + reason);
        }
    }

    /** Why something failed, for whoever has started the JVM. */
    static String reason(Throwable failure) {
        Throwable cause = failure instanceof java.lang.reflect.InvocationTargetException && failure.getCause() != null
                ? failure.getCause()
                : failure;
        if (cause instanceof SecurityException && hasSecurityManager()) {
            return "a SecurityManager is installed, and with one every call passes through: leave out either it or the agent ("
                    + cause.getMessage() + ")";
        }
        if (!cause.getClass().getName().startsWith("io.poolshim.")) {
            return cause + " (is the agent's jar complete? it can be left out with -Dpoolshim.mode=off)";
        }
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }

    @SuppressWarnings({"removal", "deprecation"})
    private static boolean hasSecurityManager() {
        return System.getSecurityManager() != null;
    }

    static void tell(String line) {
        System.err.println("[poolshim] " + line);
    }
}
