package io.poolshim.telemetry;

import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import java.util.HashMap;
import java.util.Map;

/** The agent's own SDK: autoconfigured, with the defaults that users of OpenTelemetry's agent know. */
final class OwnSdk {
    private OwnSdk() {}

    static Telemetry start() {
        OpenTelemetrySdk sdk = AutoConfiguredOpenTelemetrySdk.builder()
                .setServiceClassLoader(OwnSdk.class.getClassLoader())
                .addPropertiesSupplier(OwnSdk::defaults)
                .disableShutdownHook()
                .build()
                .getOpenTelemetrySdk();
        return new SpanTelemetry(sdk);
    }

    private static Map<String, String> defaults() {
        Map<String, String> defaults = new HashMap<>();
        defaults.put("otel.exporter.otlp.protocol", "http/protobuf");
        defaults.put("otel.metrics.exporter", "none");
        defaults.put("otel.logs.exporter", "none");
        if (!isServiceNamed()) {
            defaults.put("otel.service.name", applicationName(System.getProperty("sun.java.command", "")));
        }
        return defaults;
    }

    /** A default here would win over a name given as a resource attribute. */
    private static boolean isServiceNamed() {
        String property = System.getProperty("otel.resource.attributes", "");
        String variable = System.getenv("OTEL_RESOURCE_ATTRIBUTES");
        return property.contains("service.name=") || variable != null && variable.contains("service.name=");
    }

    /** The jar without its ending, or the main class without its package; {@code command} as the JVM shows it. */
    static String applicationName(String command) {
        String main = command.trim();
        int jarEnd = main.indexOf(".jar");
        int space = main.indexOf(' ');
        if (jarEnd > 0 && (main.length() == jarEnd + 4 || main.charAt(jarEnd + 4) == ' ')) {
            String jar = main.substring(0, jarEnd);
            return jar.substring(Math.max(jar.lastIndexOf('/'), jar.lastIndexOf('\\')) + 1);
        }
        String type = space < 0 ? main : main.substring(0, space);
        String name = type.substring(Math.max(type.lastIndexOf('.'), type.lastIndexOf('/')) + 1);
        return name.isEmpty() ? "unknown_service:java" : name;
    }
}
