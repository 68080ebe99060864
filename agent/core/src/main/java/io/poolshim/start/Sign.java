package io.poolshim.start;

import io.poolshim.instrument.ClassDefiner;
import io.poolshim.log.Log;
import java.lang.instrument.Instrumentation;
import java.util.Properties;

/**
 * By this the command line sees from outside that the agent is active: one of the JVM's agent properties, which the attach
 * API reads. They are no system properties; the application never sees them.
 */
final class Sign {
    /** The command line knows it by the same name. */
    static final String PROPERTY = "io.poolshim.active";

    static final String FAILED = "failed";

    private Sign() {}

    static void hang(Instrumentation instrumentation) {
        hang(instrumentation, "true");
    }

    /** {@code text} is anything but {@link #FAILED} for an agent that works. */
    static void hang(Instrumentation instrumentation, String text) {
        try {
            properties(instrumentation).setProperty(PROPERTY, text);
        } catch (ReflectiveOperationException | RuntimeException | LinkageError anotherVm) {
            Log.debug("this JVM has no agent properties: the command line takes the agent for not active");
        }
    }

    private static Properties properties(Instrumentation instrumentation) throws ReflectiveOperationException {
        Class<?> support = support();
        new ClassDefiner.ModuleOpener(instrumentation).open(support, Sign.class);
        return (Properties) support.getMethod("getAgentProperties").invoke(null);
    }

    private static Class<?> support() throws ClassNotFoundException {
        try {
            return Class.forName("jdk.internal.vm.VMSupport");
        } catch (ClassNotFoundException java8) {
            return Class.forName("sun.misc.VMSupport");
        }
    }
}
