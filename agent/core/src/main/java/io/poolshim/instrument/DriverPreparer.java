package io.poolshim.instrument;

import io.poolshim.log.Log;
import io.poolshim.session.DriverOperations;
import io.poolshim.session.ShellProfile;
import io.poolshim.wrap.PooledDriver;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Makes a driver poolable: scans, generates, defines and weaves, once for each loader that has the driver. */
public final class DriverPreparer {
    private static final int RETRANSFORM_ATTEMPTS = 10;

    private final Instrumentation instrumentation;
    private final ClassDefiner definer;
    private final FinalMethodWeaver weaver = new FinalMethodWeaver();

    public DriverPreparer(Instrumentation instrumentation, ClassDefiner definer) {
        this.instrumentation = instrumentation;
        this.definer = definer;
        instrumentation.addTransformer(weaver, true);
    }

    /** The prepared driver; null, and a line in the log, if shells of its connection class would not be safe. */
    public PooledDriver prepare(ShellProfile profile, Class<?> connectionClass) {
        try {
            ConnectionScan scan = new ConnectionScan(driverClassFile(connectionClass), profile.shellFields());
            List<String> leaks = scan.leaks();
            if (!leaks.isEmpty()) {
                Log.warn("this version of " + profile.driverClass() + " passes through, its connections hand"
                        + " themselves on in " + leaks);
                return null;
            }
            return prepare(profile, connectionClass, scan);
        } catch (Exception | LinkageError e) {
            Log.swallowed("preparing " + connectionClass.getName() + " (its connections pass through)", e);
            return null;
        }
    }

    @SuppressWarnings("unchecked") // of the functions
    private PooledDriver prepare(ShellProfile profile, Class<?> connectionClass, ConnectionScan scan) throws Exception {
        Class<?> operations = null;
        for (String helper : profile.helperClasses()) {
            String name = profile.packageName() + helper;
            operations = definer.define(
                    connectionClass, name, read(profile.helperClassFile(name.replace('.', '/') + ".class")));
        }
        Class<?> executorInterface =
                Class.forName(profile.executorInterface(), false, connectionClass.getClassLoader());
        Class<?> executor = definer.define(
                connectionClass,
                profile.packageName() + "PoolshimExecutor",
                ExecutorGenerator.generate(profile, executorInterface));
        Class<?> shell = definer.define(
                connectionClass, connectionClass.getName() + "Borrowed", ShellGenerator.generate(profile, scan));
        weaver.weave(connectionClass, scan.woven(), profile);
        retransform(connectionClass);
        DriverOperations driver = new DriverOperations(profile, instance(operations, BiFunction.class));
        driver.install(instance(executor, Function.class));
        return new PooledDriver(profile, driver, connectionClass, () -> definer.allocate(shell));
    }

    /** The JVM may hand a class file to transformers that another agent's redefinition is changing at this moment. */
    private void retransform(Class<?> connectionClass) throws java.lang.instrument.UnmodifiableClassException {
        for (int attempt = 1; ; attempt++) {
            try {
                instrumentation.retransformClasses(connectionClass);
                return;
            } catch (ClassFormatError | VerifyError | InternalError e) {
                if (attempt == RETRANSFORM_ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private static <T> T instance(Class<?> type, Class<T> as) throws ReflectiveOperationException {
        return as.cast(type.getConstructor().newInstance());
    }

    private static byte[] driverClassFile(Class<?> type) throws IOException {
        String path = type.getName().replace('.', '/') + ".class";
        ClassLoader loader = type.getClassLoader();
        return read(loader == null ? ClassLoader.getSystemResourceAsStream(path) : loader.getResourceAsStream(path));
    }

    private static byte[] read(InputStream stream) throws IOException {
        if (stream == null) {
            throw new IOException("class file not found");
        }
        try (InputStream in = stream) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            byte[] buffer = new byte[8192];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                out.write(buffer, 0, n);
            }
            return out.toByteArray();
        }
    }
}
