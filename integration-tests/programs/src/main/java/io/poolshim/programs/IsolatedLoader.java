package io.poolshim.programs;

import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Arrays;

/**
 * Runs a program, with a driver of its own, in a class loader as OSGi and JBoss Modules have them: {@code java.*} comes
 * from the parent and so do the packages of Java's that the driver imports, all else from its own jars or not at all.
 */
public final class IsolatedLoader extends URLClassLoader {
    private static final String[] IMPORTED = {
        "java.",
        "javax.crypto.",
        "javax.net.",
        "javax.sql.",
        "javax.naming.",
        "javax.security.",
        "javax.transaction.",
        "javax.xml.",
        "org.ietf.jgss."
    };
    private static final String[] IMPORTED_BY_XML = {"org.w3c.dom.", "org.xml.sax."};

    private final ClassLoader java = ClassLoader.getSystemClassLoader().getParent();

    private IsolatedLoader(URL... jars) {
        super(jars, null);
    }

    /** The first argument is the class to run, the others are for it; the driver is the property {@code app.driverJar}. */
    public static void main(String[] args) throws Exception {
        URL programs =
                IsolatedLoader.class.getProtectionDomain().getCodeSource().getLocation();
        URL driver = new File(System.getProperty("app.driverJar")).toURI().toURL();
        IsolatedLoader loader = new IsolatedLoader(programs, driver);
        Thread.currentThread().setContextClassLoader(loader);
        Class.forName("org.postgresql.Driver", true, loader);
        Class.forName(args[0], true, loader).getMethod("main", String[].class).invoke(null, (Object)
                Arrays.copyOfRange(args, 1, args.length));
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (startsWithOne(name, IMPORTED) || startsWithOne(name, IMPORTED_BY_XML)) {
            return java.loadClass(name);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> known = findLoadedClass(name);
            return known != null ? known : findClass(name);
        }
    }

    private static boolean startsWithOne(String name, String... prefixes) {
        return Arrays.stream(prefixes).anyMatch(name::startsWith);
    }
}
