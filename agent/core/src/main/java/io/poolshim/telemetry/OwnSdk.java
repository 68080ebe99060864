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
        if (!ServiceName.isAttribute()) { // a default here would win over that
            defaults.put("otel.service.name", ServiceName.ofApplication());
        }
        return defaults;
    }
}
