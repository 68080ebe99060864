package io.poolshim.telemetry;

import java.io.UnsupportedEncodingException;
import java.net.URLDecoder;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The name under which telemetry speaks of this JVM, found without OpenTelemetry, which may be switched off. */
public final class ServiceName {
    private static final String KEY = "service.name=";

    private final UnaryOperator<@Nullable String> properties;
    private final UnaryOperator<@Nullable String> environment;

    ServiceName(UnaryOperator<@Nullable String> properties, UnaryOperator<@Nullable String> environment) {
        this.properties = properties;
        this.environment = environment;
    }

    private static ServiceName ofThisJvm() {
        return new ServiceName(System::getProperty, System::getenv);
    }

    /** As the {@code otel.*} settings say; else the name of the jar or of the main class. */
    public static String find() {
        return ofThisJvm().name();
    }

    String name() {
        String name = setting("otel.service.name");
        String attribute = name == null ? attribute(setting("otel.resource.attributes")) : name;
        return attribute == null ? ofApplication() : attribute;
    }

    private @Nullable String setting(String property) {
        String value = orNone(properties.apply(property));
        return value != null
                ? value
                : orNone(environment.apply(property.toUpperCase(Locale.ROOT).replace('.', '_')));
    }

    private static @Nullable String orNone(@Nullable String value) {
        return value == null || value.trim().isEmpty() ? null : value.trim();
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
    static boolean isAttribute() {
        return attribute(ofThisJvm().setting("otel.resource.attributes")) != null;
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
