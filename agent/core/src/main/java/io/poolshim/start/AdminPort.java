package io.poolshim.start;

import io.poolshim.admin.AdminServer;
import io.poolshim.config.Config;
import io.poolshim.config.ConfigException;
import io.poolshim.config.Settings;
import io.poolshim.log.Log;
import org.jspecify.annotations.Nullable;

/**
 * The admin port of this JVM. It is opened before the application runs, when there is no agent behind it yet: probes of
 * health come early, and an application may ask for its first connection late or never. The settings are read for it
 * alone: the agent reads them again at that first connection, for an application may set properties until then.
 */
public final class AdminPort {
    private static boolean asked;
    private static @Nullable AdminServer server;

    private AdminPort() {}

    /**
     * Opens it if the settings say so; called in a thread of its own while the JVM starts.
     *
     * @return why neither it nor the agent can start with these settings; null if they are right
     */
    public static @Nullable String openEarly(@Nullable String arguments) {
        try {
            Config config = Config.read(System.getProperties(), System.getenv(), arguments);
            Log.setLevel(config.get(Settings.LOG_LEVEL));
            open(config);
            return null;
        } catch (ConfigException e) {
            return e.getMessage();
        }
    }

    /** The agent could not start. */
    static synchronized void notActive() {
        if (server != null) {
            server.showNothing("the agent is not active, the application runs unpooled; stderr says why");
        }
    }

    /** The one that is open; null if none is wanted, or if it could not be opened, which is told once. */
    static synchronized @Nullable AdminServer open(Config config) {
        if (!asked) {
            asked = true;
            server = AdminServer.open(config);
        }
        return server;
    }
}
