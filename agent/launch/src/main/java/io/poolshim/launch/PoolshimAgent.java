package io.poolshim.launch;

import java.lang.instrument.Instrumentation;

/**
 * Premain-Class of the agent. It registers one transformer and returns; nothing else of the agent is loaded before the
 * application's first {@code DriverManager.getConnection}.
 */
public final class PoolshimAgent {
    private PoolshimAgent() {}

    /** Called by the JVM before the application's main class; never throws. */
    public static void premain(String arguments, Instrumentation instrumentation) {
        install(arguments, instrumentation);
    }

    /** Called by the JVM when the agent is attached to a running application; never throws. */
    public static void agentmain(String arguments, Instrumentation instrumentation) {
        if (Command.isOne(arguments)) {
            Command.obey(arguments, instrumentation);
        } else {
            install(arguments, instrumentation);
        }
    }

    private static void install(String arguments, Instrumentation instrumentation) {
        try {
            if (Launch.isOff(arguments)) {
                Seam.leaveOff();
            } else {
                Launch.install(arguments, instrumentation);
            }
        } catch (Throwable failure) {
            Launch.inactive(failure);
            Seam.notInstalled(failure);
        }
    }
}
