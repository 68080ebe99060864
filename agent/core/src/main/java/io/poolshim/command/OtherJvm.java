package io.poolshim.command;

import java.lang.reflect.InvocationTargetException;
import java.util.Properties;

/** A JVM that this one is attached to. */
final class OtherJvm implements AutoCloseable {
    /** By this an agent that runs makes itself known; see {@code io.poolshim.start.Sign}. */
    private static final String ACTIVE = "io.poolshim.active";

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

    /** Whether Poolshim is active there, or was given as an agent and waits. */
    boolean hasPoolshim() throws Trouble {
        Properties agents = properties("getAgentProperties");
        return agents.getProperty(ACTIVE) != null
                || agents.getProperty("sun.jvm.args", "").matches("(?s).*-javaagent:\\S*poolshim\\S*\\.jar.*");
    }

    private Properties properties(String getter) throws Trouble {
        return (Properties) call(getter, new Class<?>[0]);
    }

    /** Loads an agent and returns once its {@code agentmain} has. */
    void load(String jar, String arguments) throws Trouble {
        call("loadAgent", new Class<?>[] {String.class, String.class}, jar, arguments);
    }

    private Object call(String method, Class<?>[] types, Object... arguments) throws Trouble {
        try {
            return api.getMethod(method, types).invoke(machine, arguments);
        } catch (InvocationTargetException e) {
            throw Refusals.explain(pid, e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new Trouble("this JVM's attach API is another one: " + e);
        }
    }

    @Override
    public void close() throws Trouble {
        call("detach", new Class<?>[0]);
    }
}
