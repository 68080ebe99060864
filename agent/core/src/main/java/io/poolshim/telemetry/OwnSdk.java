package io.poolshim.telemetry;

import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** The agent's own SDK: autoconfigured, with the defaults that users of OpenTelemetry's agent know. */
final class OwnSdk {
    private OwnSdk() {}

    static Telemetry start(Pools pools, Supplier<Map<String, Long>> passThroughs) {
        OpenTelemetrySdk sdk = AutoConfiguredOpenTelemetrySdk.builder()
                .setServiceClassLoader(OwnSdk.class.getClassLoader())
                .addPropertiesSupplier(OwnSdk::defaults)
                .disableShutdownHook()
                .build()
                .getOpenTelemetrySdk();
        KnownQueries queries = new KnownQueries();
        Names names = new Names();
        Telemetry spans = new SpanTelemetry(sdk, queries, names);
        return MetricTelemetry.beside(spans, sdk, queries, names, pools, passThroughs);
    }

    private static Map<String, String> defaults() {
        Map<String, String> defaults = new HashMap<>();
        defaults.put("otel.exporter.otlp.protocol", "http/protobuf");
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
