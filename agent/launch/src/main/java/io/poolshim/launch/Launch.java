package io.poolshim.launch;

import java.io.File;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;

/** What premain does: put the seam into DriverManager, by the load-time way or, if that is too late, the other one. */
final class Launch {
    static final String DRIVER_MANAGER = "java.sql.DriverManager";

    private Launch() {}

    /**
     * Whether {@code poolshim.mode=off} for as long as this JVM lives; looked up by hand because the settings' own classes
     * are not loaded yet. A file of settings can say something else than an argument, now or later.
     */
    static boolean isOff(String arguments) {
        String mode = given("poolshim.mode", "POOLSHIM_MODE");
        if (mode == null && arguments != null) {
            return arguments.matches("(?is)(.*,)?\\s*(poolshim\\.)?mode\\s*=\\s*off\\s*(,.*)?")
                    && !namesFile(arguments);
        }
        return mode != null && mode.trim().equalsIgnoreCase("off");
    }

    private static boolean namesFile(String arguments) {
        String file = given("poolshim.config", "POOLSHIM_CONFIG");
        return file == null
                ? arguments.matches("(?is)(.*,)?\\s*(poolshim\\.)?config\\s*=\\s*[^,\\s].*")
                : !file.trim().isEmpty();
    }

    private static @Nullable String given(String property, String variable) {
        String value = System.getProperty(property);
        return value == null ? System.getenv(variable) : value;
    }

    /** Whether this setting is given anywhere, whatever its value. */
    static boolean isGiven(String key, @Nullable String arguments) {
        String property = "poolshim." + key;
        return System.getProperty(property) != null
                || System.getenv(property.toUpperCase(java.util.Locale.ROOT).replace('.', '_')) != null
                || arguments != null && arguments.matches("(.*,)?\\s*" + key.replace(".", "\\.") + "\\s*=.*");
    }

    static void install(String arguments, Instrumentation instrumentation) throws Exception {
        if (Seam.isPrepared()) {
            System.err.println("[poolshim] is active already; the second -javaagent or attachment changes nothing");
            return;
        }
        File jar = agentJar();
        AgentClassLoader loader = new AgentClassLoader(jar);
        Class<?> loaded = driverManager(instrumentation);
        if (loaded == null) {
            // Not retransform-capable on purpose: its output is then the base of other agents' retransformations.
            instrumentation.addTransformer(new DriverManagerTransformer(loader, false), false);
        } else {
            DriverManagerTransformer transformer = new DriverManagerTransformer(loader, true);
            loadTheRest();
            instrumentation.appendToBootstrapClassLoaderSearch(new JarFile(jar));
            instrumentation.addTransformer(transformer, true);
            instrumentation.retransformClasses(loaded);
        }
        Seam.prepare(loader, instrumentation, arguments); // last: what failed may be tried again by attaching
        if (isGiven("admin.port", arguments) || isGiven("config", arguments)) { // a file may name the port
            EarlyAdmin.start(loader, arguments);
        }
    }

    /** What is not loaded yet would from now on come from the bootstrap loader, and be in another package for the JVM. */
    private static void loadTheRest() throws ClassNotFoundException {
        Class.forName(Seam.class.getName() + "$PassThrough");
        Class.forName(AgentClassLoader.class.getName() + "$BytesHandler");
        Class.forName(AgentClassLoader.class.getName() + "$BytesConnection");
        Class.forName(EarlyAdmin.class.getName());
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

    private static File agentJar() throws Exception {
        java.security.CodeSource source =
                PoolshimAgent.class.getProtectionDomain().getCodeSource();
        if (source == null) {
            throw new IOException("the agent's jar cannot be found; give its full path in -javaagent");
        }
        return new File(source.getLocation().toURI());
    }

    /** The agent itself may work all the same. */
    static void noAdminPort(Throwable failure) {
        System.err.println("[poolshim] no admin port: " + failure);
    }

    /** The one line that a broken agent prints. */
    static void inactive(Throwable failure) {
        Throwable cause = failure instanceof java.lang.reflect.InvocationTargetException && failure.getCause() != null
                ? failure.getCause()
                : failure;
        String what = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        if (!cause.getClass().getName().startsWith("io.poolshim.")) {
            what = cause + " (is the agent's jar complete? it can be left out with -Dpoolshim.mode=off)";
        }
        System.err.println("[poolshim] not active, the application runs unpooled: " + what);
    }
}
