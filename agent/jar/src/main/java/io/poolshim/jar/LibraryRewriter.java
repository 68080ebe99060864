package io.poolshim.jar;

import java.util.Map;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * Keeps the libraries inside the agent away from what is the application's: HikariCP, SLF4J and Prometheus' client would
 * obey system properties meant for the application's own copies, and the last sets some that the JDK's HTTP server reads;
 * OpenTelemetry, OkHttp and Prometheus would log through the application's java.util.logging. The calls that do so are
 * replaced, here, once, by calls to classes of the agent with the same signatures.
 *
 * <p>OkHttp's sockets send at once what they are given. And one method of HikariCP gets another name: at that one OpenTelemetry's javaagent would add metrics of its own.
 */
final class LibraryRewriter extends ClassVisitor {
    private static final String PROPERTIES = "io/poolshim/config/LibraryProperties";
    private static final String LOGGERS = "io/poolshim/log/LibraryLoggers";

    private static final Map<String, String> PROPERTY_CALLS = Map.of(
            "java/lang/System.getProperty", PROPERTIES,
            "java/lang/Long.getLong", PROPERTIES,
            "java/lang/Integer.getInteger", PROPERTIES,
            "java/lang/Boolean.getBoolean", PROPERTIES);
    private static final Map<String, String> LOGGER_CALLS = Map.of("java/util/logging/Logger.getLogger", LOGGERS);
    private static final Map<String, String> PROMETHEUS_CALLS = Map.of(
            "java/lang/System.getProperty", PROPERTIES,
            "java/lang/System.getProperties", PROPERTIES,
            "java/lang/System.setProperty", PROPERTIES,
            "java/lang/System.getenv", PROPERTIES,
            "java/util/logging/Logger.getLogger", LOGGERS);

    private static final String SOCKETS = "io/poolshim/config/LibrarySockets";

    private static final String HIKARI_POOL = "com/zaxxer/hikari/pool/HikariPool";
    private static final String INSTRUMENTED = "setMetricsTrackerFactory";
    private static final String UNKNOWN = "setMetricsTrackers";

    private final Map<String, String> calls;
    private final String owner;
    private boolean changed;

    private LibraryRewriter(ClassVisitor next, String owner, Map<String, String> calls) {
        super(Opcodes.ASM9, next);
        this.owner = owner;
        this.calls = calls;
    }

    /** The class as it ships; the very same bytes if nothing in it had to change. */
    static byte[] rewrite(String name, byte[] original) {
        Map<String, String> calls = callsIn(name);
        if (calls.isEmpty()) {
            return original;
        }
        ClassReader reader = new ClassReader(original);
        ClassWriter writer = new ClassWriter(reader, 0);
        LibraryRewriter rewriter = new LibraryRewriter(writer, reader.getClassName(), calls);
        reader.accept(rewriter, 0);
        return rewriter.changed ? writer.toByteArray() : original;
    }

    private static Map<String, String> callsIn(String name) {
        if (name.startsWith("com/zaxxer/hikari/") || name.startsWith("org/slf4j/")) {
            return PROPERTY_CALLS;
        }
        if (name.startsWith("io/prometheus/")) {
            return PROMETHEUS_CALLS;
        }
        return name.startsWith("io/opentelemetry/") || name.startsWith("okhttp3/") ? LOGGER_CALLS : Map.of();
    }

    private boolean isConnected(String in, String method) {
        return owner.startsWith("okhttp3/") && in.equals("java/net/Socket") && method.equals("setSoTimeout");
    }

    private String renamed(String in, String method) {
        boolean rename = in.equals(HIKARI_POOL) && method.equals(INSTRUMENTED);
        changed |= rename;
        return rename ? UNKNOWN : method;
    }

    @Override
    public MethodVisitor visitMethod(int access, String name, String descriptor, String signature, String[] thrown) {
        MethodVisitor next = super.visitMethod(access, renamed(owner, name), descriptor, signature, thrown);
        return new MethodVisitor(Opcodes.ASM9, next) {
            @Override
            public void visitMethodInsn(int opcode, String owner, String method, String type, boolean onInterface) {
                if (opcode == Opcodes.INVOKEVIRTUAL && isConnected(owner, method)) {
                    changed = true;
                    super.visitMethodInsn(Opcodes.INVOKESTATIC, SOCKETS, method, "(Ljava/net/Socket;I)V", false);
                    return;
                }
                String replacement = opcode == Opcodes.INVOKESTATIC ? calls.get(owner + "." + method) : null;
                changed |= replacement != null;
                super.visitMethodInsn(
                        opcode, replacement == null ? owner : replacement, renamed(owner, method), type, onInterface);
            }
        };
    }
}
