package io.poolshim.redirect;

import io.poolshim.config.Config;
import io.poolshim.config.PoolRows;
import io.poolshim.config.PoolSection;
import io.poolshim.config.Settings;
import io.poolshim.jdbc.ConnectRequest;
import io.poolshim.jdbc.DriverFailure;
import io.poolshim.log.Log;
import io.poolshim.pool.AgentThreads;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Fills the pools that the settings name, once, in a thread of its own, after the application's first call has been
 * answered: which driver there is depends on who asks, so it is done on behalf of that caller.
 */
final class WarmUp {
    private final List<PoolSection> sections = new ArrayList<>();
    private final Function<ConnectRequest, @Nullable String> warm;
    private final AtomicBoolean begun = new AtomicBoolean();

    /** {@code warm} fills the pool of a request, or gives the reason why it does not. */
    WarmUp(List<PoolSection> all, Function<ConnectRequest, @Nullable String> warm) {
        this.warm = warm;
        for (PoolSection section : all) {
            if (section.config().get(PoolRows.WARM_URL) != null) {
                sections.add(section);
            }
        }
    }

    /** A call has been answered. */
    void after(ConnectRequest first) {
        if (sections.isEmpty() || begun.get() || !begun.compareAndSet(false, true)) {
            return;
        }
        try {
            ClassLoader context = Thread.currentThread().getContextClassLoader();
            Thread thread = new AgentThreads("warm-up").newThread(() -> warmAll(first.caller()));
            if (!first.isDriverLoaderFixed()) {
                thread.setContextClassLoader(context); // it is the one by which DriverManager chooses the driver
            }
            thread.start();
        } catch (RuntimeException | LinkageError | OutOfMemoryError e) { // such as a JVM that can start no more threads
            Log.swallowed("warming up", e);
        }
    }

    private void warmAll(@Nullable Class<?> caller) {
        for (PoolSection section : sections) {
            String failure;
            try {
                failure = warm(section.config(), caller);
            } catch (DriverFailure e) {
                failure = told(e.getCause());
            } catch (RuntimeException | LinkageError e) {
                Log.swallowed("warming up pool " + section.name(), e);
                continue;
            }
            if (failure != null) {
                Log.warn("poolshim.pool." + section.name() + " is not warmed up: " + failure
                        + "; its connections are opened when they are asked for");
            }
        }
    }

    private @Nullable String warm(Config config, @Nullable Class<?> caller) {
        if (config.get(Settings.MIN_IDLE) == 0) {
            return "its min-idle is 0";
        }
        Properties info = new Properties();
        String user = config.get(PoolRows.WARM_USER);
        if (user != null) {
            info.setProperty("user", user);
        }
        String password = config.get(PoolRows.WARM_PASSWORD);
        if (password != null) {
            info.setProperty("password", password);
        }
        String reason = warm.apply(new ConnectRequest(config.get(PoolRows.WARM_URL), info, caller));
        return reason == null ? null : "such calls pass through (" + reason + ")";
    }

    /** Without the message, which is the server's. */
    private static String told(Throwable cause) {
        String state = cause instanceof SQLException ? ((SQLException) cause).getSQLState() : null;
        return cause.getClass().getName() + (state == null ? "" : " (" + state + ")");
    }
}
