package io.poolshim.launch;

import java.lang.instrument.Instrumentation;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Starts the agent proper at the first call that comes through DriverManager, and hands over its redirector. */
public final class Seam {
    private static final String COMMANDS = "io.poolshim.start.Commands";

    private static @Nullable AgentClassLoader loader;
    private static @Nullable Instrumentation instrumentation;
    private static @Nullable String arguments;
    private static @Nullable Function<Object[], Object> redirector;
    private static @Nullable String failure;
    private static boolean starting;
    private static boolean isOff;

    private Seam() {}

    static synchronized boolean isPrepared() {
        return loader != null;
    }

    static synchronized void prepare(AgentClassLoader agentLoader, Instrumentation jvm, String agentArguments) {
        loader = agentLoader;
        instrumentation = jvm;
        arguments = agentArguments;
        failure = null; // of an attempt before
        isOff = false;
    }

    /** The agent was given to this JVM with {@code mode=off}. */
    static synchronized void leaveOff() {
        isOff = true;
    }

    /** The agent was given to this JVM, and could not be installed. */
    static synchronized void notInstalled(Throwable broken) {
        if (loader == null) { // else another one was, before
            failure = Launch.reason(broken);
        }
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
            redirector = start(loader, instrumentation, arguments);
        } catch (Throwable broken) {
            Launch.inactive(broken);
            failure = Launch.reason(broken);
            redirector = new PassThrough();
            showFailure(loader, instrumentation);
        } finally {
            starting = false;
        }
        return redirector;
    }

    private static void showFailure(AgentClassLoader agent, @Nullable Instrumentation jvm) {
        try {
            agent.loadClass(COMMANDS)
                    .getMethod("showFailure", Instrumentation.class)
                    .invoke(null, jvm);
        } catch (Throwable incompleteJar) {
            return; // the failure itself was told, and is what a command is answered
        }
    }

    /** Starts the agent ahead of the first call, and before any comes through. */
    static synchronized void startEarly(AgentClassLoader agent, Instrumentation jvm, String agentArguments)
            throws Exception {
        redirector = start(agent, jvm, agentArguments);
    }

    @SuppressWarnings("unchecked")
    private static Function<Object[], Object> start(
            AgentClassLoader agent, @Nullable Instrumentation jvm, @Nullable String agentArguments) throws Exception {
        return (Function<Object[], Object>) agent.loadClass("io.poolshim.start.Agent")
                .getMethod("start", Instrumentation.class, String.class)
                .invoke(null, jvm, agentArguments);
    }

    /** Fails if the agent could not start with these arguments, or would ignore some. */
    static void check(AgentClassLoader agent, String agentArguments) throws Exception {
        agent.loadClass(COMMANDS).getMethod("check", String.class).invoke(null, agentArguments);
    }

    /** Makes known that the agent is here. */
    static void announce(AgentClassLoader agent, Instrumentation jvm) throws Exception {
        agent.loadClass(COMMANDS).getMethod("announce", Instrumentation.class).invoke(null, jvm);
    }

    /** What the agent answers: an exit code and a text. One that has not been started yet is, unless only looked at. */
    static String[] command(String[] words) throws Exception {
        AgentClassLoader agent = preparedLoader();
        if (agent == null) {
            return Command.failed(whyAbsent());
        }
        Class<?> commands = agent.loadClass(COMMANDS);
        if (!(Boolean) commands.getMethod("onlyLooks", String.class).invoke(null, words[0])) {
            function();
        }
        String why = whyNot();
        return why != null
                ? Command.failed(Launch.INACTIVE + why)
                : (String[]) commands.getMethod("run", String[].class).invoke(null, (Object) words);
    }

    private static synchronized @Nullable AgentClassLoader preparedLoader() {
        return loader;
    }

    /** Why a JVM with the agent runs, or would run, unpooled; null if it does not. */
    static @Nullable String whyNot() throws Exception {
        AgentClassLoader agent;
        String given;
        synchronized (Seam.class) {
            if (failure != null || redirector != null) {
                return failure;
            }
            agent = loader;
            given = arguments;
        }
        return agent == null
                ? null
                : (String) agent.loadClass(COMMANDS)
                        .getMethod("refusal", String.class)
                        .invoke(null, given);
    }

    private static synchronized String whyAbsent() {
        if (failure != null) {
            return Launch.INACTIVE + failure;
        }
        if (Launch.isOff(null)) {
            return Launch.OFF_FOR_GOOD;
        }
        return isOff
                ? "Poolshim is off in this JVM, by its agent argument mode=off; 'attach' starts it"
                : "Poolshim is not active in this JVM";
    }

    /** Whether the agent has been started. */
    static synchronized boolean isStarted() {
        return redirector != null;
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
