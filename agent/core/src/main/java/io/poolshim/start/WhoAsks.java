package io.poolshim.start;

import io.poolshim.config.Config;
import io.poolshim.config.Settings;
import io.poolshim.telemetry.ServiceName;
import org.jspecify.annotations.Nullable;

/** What the database is told of the application, if the settings say so. */
final class WhoAsks {
    private WhoAsks() {}

    /** The {@code application_name} of sessions to which the application gives none; null for the driver's. */
    static @Nullable String applicationName(Config config) {
        String name = config.get(Settings.APPLICATION_NAME);
        return "service".equals(name) ? ServiceName.find() : name;
    }
}
