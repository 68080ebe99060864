package io.poolshim.start;

import io.poolshim.config.Config;
import io.poolshim.config.Settings;
import io.poolshim.sql.SqlComments;
import io.poolshim.telemetry.ServiceName;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What the database is told of the application, if the settings say so. */
final class WhoAsks {
    private WhoAsks() {}

    /**
     * What is sent in the place of a text: {text, is it for one execution only?} to text; null to leave all as they are.
     *
     * @param traceparent of the span of the statement that the calling thread executes; gives null if there is none
     */
    static @Nullable BiFunction<Object, Object, Object> comments(
            Config config, Supplier<@Nullable String> traceparent) {
        if (config.is(Settings.SQLCOMMENTER, "off")) {
            return null;
        }
        Map<String, String> fixed = new HashMap<>();
        fixed.put("application", ServiceName.find());
        fixed.put("db_driver", "pgjdbc");
        boolean full = config.is(Settings.SQLCOMMENTER, "full");
        SqlComments comments = new SqlComments(fixed, full ? traceparent : () -> null);
        return (text, once) -> comments.append((String) text, (Boolean) once);
    }

    /** The {@code application_name} of sessions to which the application gives none; null for the driver's. */
    static @Nullable String applicationName(Config config) {
        String name = config.get(Settings.APPLICATION_NAME);
        return "service".equals(name) ? ServiceName.find() : name;
    }
}
