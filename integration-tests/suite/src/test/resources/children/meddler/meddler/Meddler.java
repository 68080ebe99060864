package meddler;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.lang.instrument.ClassDefinition;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** Another agent, which retransforms and redefines the classes that interest us, all the time. */
public final class Meddler {
    private static final Set<String> VICTIMS = new HashSet<>(Arrays.asList(
            "java.sql.DriverManager",
            "org.postgresql.jdbc.PgConnection",
            "org.postgresql.jdbc.PgStatement",
            "org.postgresql.jdbc.PgPreparedStatement"));
    private static final AtomicInteger RETRANSFORMED = new AtomicInteger();
    private static final AtomicInteger REDEFINED = new AtomicInteger();
    private static final Set<String> SEEN = new HashSet<>();
    private static boolean stopped;

    private Meddler() {}

    public static void premain(String args, Instrumentation instrumentation) throws Exception {
        if ("early".equals(args)) {
            Class.forName("java.sql.DriverManager");
            return;
        }
        instrumentation.addTransformer(new Copier(), true);
        Thread thread = new Thread(() -> meddle(instrumentation), "meddler");
        thread.setDaemon(true);
        thread.start();
        Runtime.getRuntime().addShutdownHook(new Thread(Meddler::stop));
    }

    /** A JVM that ends takes instrumentation away under its users' feet, so we stop first. */
    private static synchronized void stop() {
        stopped = true;
        System.err.println("meddler: retransformed " + RETRANSFORMED + " redefined " + REDEFINED + " of " + SEEN.size());
    }

    private static void meddle(Instrumentation instrumentation) {
        while (meddleOnce(instrumentation)) {
            Thread.yield();
        }
    }

    private static synchronized boolean meddleOnce(Instrumentation instrumentation) {
        if (!stopped) {
            for (Class<?> type : instrumentation.getAllLoadedClasses()) {
                if (VICTIMS.contains(type.getName())) {
                    meddleWith(type, instrumentation);
                }
            }
        }
        return !stopped;
    }

    private static void meddleWith(Class<?> type, Instrumentation instrumentation) {
        try {
            instrumentation.retransformClasses(type);
            RETRANSFORMED.incrementAndGet();
            instrumentation.redefineClasses(new ClassDefinition(type, original(type)));
            REDEFINED.incrementAndGet();
            SEEN.add(type.getName());
        } catch (Throwable failure) {
            System.err.println("meddler failed at " + type.getName() + ": " + failure);
        }
    }

    private static byte[] original(Class<?> type) throws Exception {
        String resource = "/" + type.getName().replace('.', '/') + ".class";
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (InputStream in = type.getResourceAsStream(resource)) {
            byte[] buffer = new byte[8192];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                bytes.write(buffer, 0, read);
            }
        }
        return bytes.toByteArray();
    }

    /** Takes part in every transformation without changing anything. */
    private static final class Copier implements ClassFileTransformer {
        @Override
        public byte[] transform(
                ClassLoader loader, String name, Class<?> type, ProtectionDomain domain, byte[] bytes) {
            return name != null && VICTIMS.contains(name.replace('/', '.')) ? bytes.clone() : null;
        }
    }
}
