package io.poolshim.command;

import java.lang.reflect.InvocationTargetException;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** A JVM that this one is attached to. */
final class OtherJvm implements AutoCloseable {
    private static final String UNKNOWN_API = "this JVM's attach API is another one than that of Java 8 to 25: ";

    private final String pid;
    private final Class<?> api;
    private final Object machine;

    /** {@code api} is {@code com.sun.tools.attach.VirtualMachine}, because the class of {@code machine} is not exported. */
    OtherJvm(String pid, Class<?> api, Object machine) {
        this.pid = pid;
        this.api = api;
        this.machine = machine;
    }

    String pid() {
        return pid;
    }

    /** Such as {@code 1.8.0_412} or {@code 21.0.2}. */
    String javaVersion() throws Trouble {
        return properties("getSystemProperties").getProperty("java.version", "?");
    }

    /** Whether Poolshim is there, in whatever state, and can be asked. */
    boolean hasPoolshim() throws Trouble {
        return !presence().equals(Presence.NONE);
    }

    /** What is seen of Poolshim there, in a word. */
    String presence() throws Trouble {
        return Presence.of(
                properties("getAgentProperties"),
                properties("getSystemProperties"),
                name -> Processes.variable(pid, name));
    }

    private Properties properties(String getter) throws Trouble {
        return (Properties) call(getter);
    }

    /** Loads an agent and returns once its {@code agentmain} has. */
    void load(String jar, String arguments) throws Trouble {
        try {
            api.getMethod("loadAgent", String.class, String.class).invoke(machine, jar, arguments);
        } catch (InvocationTargetException e) {
            if (!isDoneOnJava8(e.getCause())) {
                throw Refusals.explain(pid, e.getCause());
            }
        } catch (ReflectiveOperationException e) {
            throw new Trouble(UNKNOWN_API + e);
        }
    }

    /** A JVM of Java 8 answers 0 where later ones answer "return code: 0", which later JDKs take for a failure. */
    private static boolean isDoneOnJava8(@Nullable Throwable failure) {
        return failure != null
                && failure.getClass().getSimpleName().equals("AgentLoadException")
                && "0".equals(failure.getMessage());
    }

    private Object call(String method) throws Trouble {
        try {
            return api.getMethod(method).invoke(machine);
        } catch (InvocationTargetException e) {
            throw Refusals.explain(pid, e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new Trouble(UNKNOWN_API + e);
        }
    }

    @Override
    public void close() throws Trouble {
        call("detach");
    }
}
