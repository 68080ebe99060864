package io.poolshim.launch;

import org.jspecify.annotations.Nullable;

/** Opens the admin port while the application starts, which does not wait for it. Nothing here touches DriverManager. */
final class EarlyAdmin implements Runnable {
    private static final String PORT = "admin.port";

    private final AgentClassLoader loader;
    private final @Nullable String arguments;

    private EarlyAdmin(AgentClassLoader loader, @Nullable String arguments) {
        this.loader = loader;
        this.arguments = arguments;
    }

    /** If a port is asked for, or a file named which may do so. */
    static void startIfWanted(AgentClassLoader loader, @Nullable String arguments) {
        if (Launch.isGiven(PORT, arguments) || Launch.isGiven("config", arguments)) {
            start(loader, arguments);
        }
    }

    private static void start(AgentClassLoader loader, @Nullable String arguments) {
        Thread thread = new Thread(new EarlyAdmin(loader, arguments), "poolshim admin start");
        thread.setDaemon(true);
        thread.setContextClassLoader(null);
        thread.start();
    }

    @Override
    public void run() {
        try {
            Object refusal = loader.loadClass("io.poolshim.start.AdminPort")
                    .getMethod("openEarly", String.class)
                    .invoke(null, arguments);
            // Else the agent itself, which will not start either, tells it when it is asked for.
            if (refusal != null && Launch.isGiven(PORT, arguments)) {
                Launch.inactive((String) refusal);
            }
        } catch (Throwable failure) {
            Launch.noAdminPort(failure);
        }
    }
}
