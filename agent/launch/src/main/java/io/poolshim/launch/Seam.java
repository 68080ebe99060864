package io.poolshim.launch;

import java.lang.instrument.Instrumentation;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Starts the agent proper at the first call that comes through DriverManager, and hands over its redirector. */
public final class Seam {
    private static @Nullable AgentClassLoader loader;
    private static @Nullable Instrumentation instrumentation;
    private static @Nullable String arguments;
    private static @Nullable Function<Object[], Object> redirector;
    private static boolean starting;

    private Seam() {}

    static synchronized boolean isPrepared() {
        return loader != null;
    }

    static synchronized void prepare(AgentClassLoader agentLoader, Instrumentation jvm, String agentArguments) {
        loader = agentLoader;
        instrumentation = jvm;
        arguments = agentArguments;
    }

    /** The redirector; starts the agent on the first call. After a failed start, one that lets everything pass. */
    public static synchronized Function<Object[], Object> function() {
        if (redirector != null) {
            return redirector;
        }
        if (starting || loader == null) {
            // A connection asked for while the agent starts, in the very thread that starts it.
            throw new IllegalStateException("the agent is starting");
        }
        starting = true;
        try {
            redirector = start(loader);
        } catch (Throwable failure) {
            Launch.inactive(failure);
            redirector = new PassThrough();
        } finally {
            starting = false;
        }
        return redirector;
    }

    @SuppressWarnings("unchecked")
    private static Function<Object[], Object> start(AgentClassLoader agent) throws Exception {
        return (Function<Object[], Object>) agent.loadClass("io.poolshim.start.Agent")
                .getMethod("start", Instrumentation.class, String.class)
                .invoke(null, instrumentation, arguments);
    }

    /** Not a lambda: the first lambda of a JVM costs 10 to 40 ms, which is more than all else that premain does. */
    private static final class PassThrough implements Function<Object[], Object>, Supplier<@Nullable Object> {
        PassThrough() {}

        /** Nothing is known. */
        @Override
        public @Nullable Object get() {
            return null;
        }

        @Override
        public @Nullable Object apply(Object[] call) {
            return null;
        }
    }
}
