package io.poolshim.instrument;

import io.poolshim.config.Resources;
import io.poolshim.log.Log;
import io.poolshim.session.DriverOperations;
import io.poolshim.session.ShellProfile;
import io.poolshim.wrap.PooledDriver;
import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes a driver poolable: scans, generates, defines and weaves, once for each loader that has the driver. */
public final class DriverPreparer {
    private static final int RETRANSFORM_ATTEMPTS = 10;

    private final Instrumentation instrumentation;
    private final ClassDefiner definer;
    private final FinalMethodWeaver weaver = new FinalMethodWeaver();
    private final @Nullable SentTexts sentTexts;

    /**
     * Prepares drivers.
     *
     * @param sentTexts what becomes of the texts that they send; null to leave them alone
     */
    public DriverPreparer(Instrumentation instrumentation, ClassDefiner definer, @Nullable SentTexts sentTexts) {
        this.instrumentation = instrumentation;
        this.definer = definer;
        this.sentTexts = sentTexts;
        instrumentation.addTransformer(weaver, true);
    }

    /** The prepared driver; null, and a line in the log, if shells of its connection class would not be safe. */
    public @Nullable PooledDriver prepare(ShellProfile profile, Class<?> connectionClass) {
        try {
            ConnectionScan scan = new ConnectionScan(driverClassFile(connectionClass), profile.shellFields());
            String unsafe = whyUnsafe(profile, connectionClass, scan);
            return unsafe == null ? prepare(profile, connectionClass, scan) : passThrough(profile, unsafe);
        } catch (NoSuchFieldError | NoSuchMethodError absent) { // of PoolshimAccess
            return passThrough(profile, "it has no " + absent.getMessage());
        } catch (Exception | LinkageError e) {
            Log.swallowed("preparing " + connectionClass.getName() + " (its connections pass through)", e);
            return null;
        }
    }

    private static @Nullable PooledDriver passThrough(ShellProfile profile, String why) {
        Log.warn("connections of this version of " + profile.driverClass() + " pass through: " + why);
        return null;
    }

    private static @Nullable String whyUnsafe(ShellProfile profile, Class<?> connectionClass, ConnectionScan scan)
            throws IOException {
        List<String> leaks = scan.leaks();
        if (!leaks.isEmpty()) {
            return "they hand themselves on in " + leaks;
        }
        Set<String> exposed = new TreeSet<>(scan.exposedFields());
        exposed.removeAll(profile.exposedFields());
        if (!exposed.isEmpty()) {
            return "they have fields that others may read: " + exposed;
        }
        Set<String> missing = missing(profile, connectionClass);
        return missing.isEmpty() ? null : "it has no " + String.join(", no ", missing);
    }

    private static Set<String> missing(ShellProfile profile, Class<?> connectionClass) throws IOException {
        DriverLinks links = new DriverLinks(
                profile.rootPackage().replace('.', '/'), name -> readIfThere(resource(connectionClass, name)));
        Set<String> missing = new TreeSet<>();
        for (String helper : profile.helperClasses()) {
            missing.addAll(links.missing(helperClassFile(profile, profile.packageName() + helper)));
        }
        return missing;
    }

    /** Only to sabotage: statements belong to the physical connection from now on. */
    public void makeStatementsForeign(ShellProfile profile, Class<?> connectionClass) {
        try {
            ConnectionScan scan = new ConnectionScan(driverClassFile(connectionClass), profile.shellFields());
            Set<String> woven = scan.woven();
            scan.creators(profile.statementFactories()).forEach(member -> woven.add(member.key()));
            weaver.weave(connectionClass, woven, profile);
            retransform(instrumentation, connectionClass);
        } catch (IOException | java.lang.instrument.UnmodifiableClassException e) {
            throw new IllegalStateException(e);
        }
    }

    @SuppressWarnings("unchecked") // of the functions
    private PooledDriver prepare(ShellProfile profile, Class<?> connectionClass, ConnectionScan scan) throws Exception {
        Class<?> operations = null;
        for (String helper : profile.helperClasses()) {
            String name = profile.packageName() + helper;
            operations = definer.define(connectionClass, name, helperClassFile(profile, name));
        }
        Class<?> executorInterface =
                Class.forName(profile.executorInterface(), false, connectionClass.getClassLoader());
        boolean commenting = sentTexts != null && sentTexts.prepare(profile, connectionClass);
        Class<?> executor = definer.define(
                connectionClass,
                profile.packageName() + "PoolshimExecutor",
                ExecutorGenerator.generate(profile, executorInterface, commenting));
        Class<?> shell = definer.define(
                connectionClass, connectionClass.getName() + "Borrowed", ShellGenerator.generate(profile, scan));
        weaver.weave(connectionClass, scan.woven(), profile);
        retransform(instrumentation, connectionClass);
        DriverOperations driver =
                new DriverOperations(profile, instance(Objects.requireNonNull(operations), BiFunction.class));
        driver.install(instance(executor, Function.class));
        return new PooledDriver(profile, driver, connectionClass, () -> definer.allocate(shell));
    }

    /** The JVM may hand a class file to transformers that another agent's redefinition is changing at this moment. */
    static void retransform(Instrumentation instrumentation, Class<?> type)
            throws java.lang.instrument.UnmodifiableClassException {
        for (int attempt = 1; ; attempt++) {
            try {
                instrumentation.retransformClasses(type);
                return;
            } catch (ClassFormatError | VerifyError | InternalError e) {
                if (attempt == RETRANSFORM_ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    static <T> T instance(Class<?> type, Class<T> as) throws ReflectiveOperationException {
        return as.cast(type.getConstructor().newInstance());
    }

    static byte[] helperClassFile(ShellProfile profile, String name) throws IOException {
        return read(profile.helperClassFile(name.replace('.', '/') + ".class"));
    }

    static byte[] driverClassFile(Class<?> type) throws IOException {
        return read(resource(type, type.getName().replace('.', '/')));
    }

    private static InputStream resource(Class<?> neighbour, String name) {
        String path = name + ".class";
        ClassLoader loader = neighbour.getClassLoader();
        return loader == null ? ClassLoader.getSystemResourceAsStream(path) : loader.getResourceAsStream(path);
    }

    private static byte @Nullable [] readIfThere(InputStream stream) throws IOException {
        return stream == null ? null : read(stream);
    }

    private static byte[] read(InputStream stream) throws IOException {
        if (stream == null) {
            throw new IOException("class file not found");
        }
        try (InputStream in = stream) {
            return Resources.bytes(in);
        }
    }
}
