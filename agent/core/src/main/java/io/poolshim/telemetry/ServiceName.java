package io.poolshim.telemetry;

import java.io.UnsupportedEncodingException;
import java.net.URLDecoder;
import org.jspecify.annotations.Nullable;

/** The name under which telemetry speaks of this JVM, found without OpenTelemetry, which may be switched off. */
public final class ServiceName {
    private static final String KEY = "service.name=";

    private final OtelSettings settings;

    ServiceName(OtelSettings settings) {
        this.settings = settings;
    }

    /** As the {@code otel.*} settings say; else the name of the jar or of the main class. */
    public static String find() {
        return new ServiceName(new OtelSettings()).name();
    }

    String name() {
        String name = settings.get("otel.service.name");
        String attribute = name == null ? attribute(settings.get("otel.resource.attributes")) : name;
        return attribute == null ? ofApplication() : attribute;
    }

    /** {@code key=value,…}, values in percent encoding. */
    private static @Nullable String attribute(@Nullable String attributes) {
        if (attributes != null) {
            for (String pair : attributes.split(",")) {
                if (pair.trim().startsWith(KEY)) {
                    return decode(pair.trim().substring(KEY.length()));
                }
            }
        }
        return null;
    }

    private static String decode(String value) {
        try {
            return URLDecoder.decode(value.replace("+", "%2B"), "UTF-8");
        } catch (UnsupportedEncodingException | IllegalArgumentException e) {
            return value;
        }
    }

    /** Whether the name is given as an attribute of the resource. */
    boolean isAttribute() {
        return attribute(settings.get("otel.resource.attributes")) != null;
    }

    /** The name of the jar or of the main class. */
    static String ofApplication() {
        return ofCommand(System.getProperty("sun.java.command", ""));
    }

    /** The jar without its ending, or the main class without its package; {@code command} as the JVM shows it. */
    static String ofCommand(String command) {
        String main = command.trim();
        int space = main.indexOf(' ');
        String first = space < 0 ? main : main.substring(0, space);
        boolean path = first.endsWith(".jar") || first.indexOf('/') >= 0 && main.contains(".jar");
        if (path) { // a path may have blanks in it
            int end = (main + " ").indexOf(".jar ");
            String jar = main.substring(0, end < 0 ? main.lastIndexOf(".jar") : end);
            return jar.substring(Math.max(jar.lastIndexOf('/'), jar.lastIndexOf('\\')) + 1);
        }
        String name = first.substring(Math.max(first.lastIndexOf('.'), first.lastIndexOf('/')) + 1);
        return name.isEmpty() ? "unknown_service:java" : name;
    }
}
