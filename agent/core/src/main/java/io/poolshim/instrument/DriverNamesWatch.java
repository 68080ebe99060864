package io.poolshim.instrument;

import io.poolshim.config.Resources;
import io.poolshim.log.Log;
import io.poolshim.observe.DriverNames;
import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.ClassFileTransformer;
import java.nio.charset.StandardCharsets;
import java.security.ProtectionDomain;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Looks into the class files of the application while they are loaded, and notes which of them name classes of a JDBC
 * driver. It changes none. What it needs is loaded before it looks at the first one: a class loaded here would be loaded
 * under whatever locks the application's own loading holds.
 */
public final class DriverNamesWatch implements ClassFileTransformer {
    private static final String LIST = "drivers.txt";
    private static final String TRIAL = "org/postgresql/jdbc/PoolshimLoan.class";

    private final Predicate<String> isOwn;
    private final DriverNames names;
    private final byte[][] packages;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    /**
     * A watch that works, to be registered.
     *
     * @param isOwn whether the class of that name is the application's own
     * @throws IOException if the agent's jar is incomplete
     */
    public DriverNamesWatch(Predicate<String> isOwn, DriverNames names) throws IOException {
        this.isOwn = isOwn;
        this.names = names;
        List<String> known = Resources.lines(DriverNamesWatch.class, LIST);
        packages = new byte[known.size()][];
        for (int i = 0; i < packages.length; i++) {
            packages[i] = (known.get(i).replace('.', '/') + "/").getBytes(StandardCharsets.US_ASCII);
        }
        tryOut();
    }

    /** Runs all that will run, so that it is loaded. The class tried is taken for one of the application's. */
    private void tryOut() throws IOException {
        DriverNames tried = new DriverNames();
        try (InputStream in = DriverNamesWatch.class.getClassLoader().getResourceAsStream(TRIAL)) {
            if (in != null) {
                look("trial.Trial", Resources.bytes(in), tried);
            }
        }
        if (tried.all().isEmpty()) {
            throw new IOException("nothing is found in " + TRIAL);
        }
    }

    @Override
    public byte @Nullable [] transform(
            ClassLoader loader, String name, Class<?> redefined, ProtectionDomain domain, byte[] original) {
        if (loader != null && name != null) { // else the JDK's, or made at run time
            try {
                look(name.replace('/', '.'), original, names);
            } catch (Throwable e) { // the class is loaded all the same
                failure.compareAndSet(null, e); // told later: who loads a class may hold the locks of stderr
            }
        }
        return null;
    }

    private void look(String className, byte[] file, DriverNames found) {
        Map<String, Set<String>> named = new ConstantPool(file).namedIn(packages);
        if (!named.isEmpty() && !isDrivers(className) && isOwn.test(className)) {
            found.note(className.replaceAll("\\p{Cntrl}", "?"), named);
        }
    }

    private boolean isDrivers(String className) {
        for (byte[] name : packages) {
            if (className.replace('.', '/').startsWith(new String(name, StandardCharsets.US_ASCII))) {
                return true;
            }
        }
        return false;
    }

    /** Counts what was swallowed meanwhile, if anything was; to be called now and then. */
    public void tellFailure() {
        Throwable swallowed = failure.getAndSet(null);
        if (swallowed != null) {
            Log.swallowed("looking for names of drivers in a class that was loaded", swallowed);
        }
    }
}
