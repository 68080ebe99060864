package io.poolshim.admin;

import io.poolshim.config.Config;
import io.poolshim.config.Settings;
import io.poolshim.http.Doorkeeper;
import io.poolshim.http.HttpServer;
import io.poolshim.log.Log;
import java.io.IOException;
import java.net.InetAddress;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The admin port: open from the start of the JVM, and with something to tell once there is an agent behind it. */
public final class AdminServer {
    private final AdminSite site;
    private final HttpServer server;

    private AdminServer(AdminSite site, HttpServer server) {
        this.site = site;
        this.server = server;
    }

    /** Opens the port that the settings name; null if they name none, or if it cannot be opened, which is told. */
    public static @Nullable AdminServer open(Config config) {
        int port = config.get(Settings.ADMIN_PORT);
        if (port == 0) {
            return null;
        }
        String where = config.get(Settings.ADMIN_ADDRESS);
        try {
            InetAddress address = address(where);
            Doorkeeper door = new Doorkeeper(address, port, config.list(Settings.ADMIN_HOSTS));
            AdminSite site = new AdminSite(door, config.get(Settings.ADMIN_TOKEN));
            HttpServer server = new HttpServer(address, port, site);
            server.start();
            if (!address.isLoopbackAddress()) {
                Log.info("the admin port " + where + ":" + port + " can be reached from other machines, unencrypted");
            }
            return new AdminServer(site, server);
        } catch (IOException | RuntimeException e) {
            Log.warn("no admin port, the agent works without: " + where + ":" + port + " cannot be opened ("
                    + e.getMessage() + "); set " + Settings.ADMIN_PORT.property() + " or "
                    + Settings.ADMIN_ADDRESS.property() + " to one that is free");
            return null;
        }
    }

    /** The default is not looked up: that would read settings of the JVM which the application may still change. */
    private static InetAddress address(String where) throws IOException {
        return where.equals(Settings.ADMIN_ADDRESS.defaultText())
                ? InetAddress.getByAddress("localhost", new byte[] {127, 0, 0, 1})
                : InetAddress.getByName(where);
    }

    /** From now on this is told. */
    @SuppressWarnings("FutureReturnValueIgnored") // what goes wrong is told to the log
    public void show(AdminState state) {
        site.show(state);
        server.timer().scheduleWithFixedDelay(state::tick, 1, 1, TimeUnit.SECONDS);
    }

    /** There will never be anything to tell. */
    public void showNothing(String why) {
        site.showNothing(why);
    }

    /** Answers no more. */
    public void stop() {
        server.stop();
    }
}
