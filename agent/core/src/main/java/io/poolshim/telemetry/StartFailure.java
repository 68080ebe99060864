package io.poolshim.telemetry;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which settings a failure to start complains of. Its messages are not shown: they quote settings, and those may hold a
 * password or a token. Names are, and the words that were given for an exporter or a protocol.
 */
final class StartFailure {
    private static final Pattern PROPERTY = Pattern.compile("otel\\.[a-z0-9._-]*[a-z0-9]");
    private static final Pattern EXPORTER =
            Pattern.compile("^Unrecognized value for (otel\\.[a-z]+\\.exporter): ([A-Za-z0-9/_-]{1,40})$");
    private static final Pattern PROTOCOL =
            Pattern.compile("^Unsupported OTLP [a-z]+ protocol: ([A-Za-z0-9/_-]{1,40})$");

    private final Set<String> settings = new TreeSet<>();

    StartFailure(Throwable thrown) {
        int depth = 0;
        for (Throwable cause = thrown; cause != null && depth < 10; cause = cause.getCause()) {
            look(String.valueOf(cause.getMessage()));
            depth++;
        }
    }

    private void look(String message) {
        Matcher exporter = EXPORTER.matcher(message);
        Matcher protocol = PROTOCOL.matcher(message);
        Matcher property = PROPERTY.matcher(message);
        if (exporter.find()) {
            settings.add(exporter.group(1) + "=" + exporter.group(2));
        } else if (protocol.find()) {
            settings.add("otel.exporter.otlp.protocol=" + protocol.group(1));
        } else if (message.startsWith("OTLP endpoint ")) {
            settings.add("otel.exporter.otlp.endpoint");
        } else if (property.find()) { // only the first: what follows may be its value
            settings.add(property.group());
        }
    }

    /** What to check. */
    String settings() {
        return settings.isEmpty() ? "the otel.* settings" : String.join(" and ", settings);
    }
}
