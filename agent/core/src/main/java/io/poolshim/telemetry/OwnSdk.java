package io.poolshim.telemetry;

import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.resources.Resource;
import io.poolshim.log.Log;
import io.poolshim.pool.AgentThreads;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The agent's own SDK: autoconfigured, with the defaults that users of OpenTelemetry's agent know. */
final class OwnSdk {
    final OpenTelemetrySdk sdk;

    OwnSdk(OtelSettings settings) {
        sdk = AutoConfiguredOpenTelemetrySdk.builder()
                .setServiceClassLoader(OwnSdk.class.getClassLoader())
                .addPropertiesSupplier(() -> defaults(settings))
                .addResourceCustomizer((resource, config) -> withoutArguments(resource))
                .disableShutdownHook()
                .build()
                .getOpenTelemetrySdk();
    }

    /** Passwords may stand in a command line, as properties or otherwise. */
    private static Resource withoutArguments(Resource resource) {
        return resource.toBuilder()
                .removeIf(key -> key.getKey().startsWith("process.command"))
                .build();
    }

    private static Map<String, String> defaults(OtelSettings settings) {
        Map<String, String> defaults = new HashMap<>();
        defaults.put("otel.exporter.otlp.protocol", "http/protobuf");
        defaults.put("otel.logs.exporter", "none");
        // what becomes of spans is told by the names of the conventions: otel.sdk.processor.span.processed
        defaults.put("otel.experimental.sdk.telemetry.version", "latest");
        if (!new ServiceName(settings).isAttribute()) { // a default here would win over that
            defaults.put("otel.service.name", ServiceName.ofApplication());
        }
        defaults.putAll(settings.ofFile());
        return defaults;
    }

    /** Sends what is not sent yet, for at most this long, and ends. */
    void shutdown(long time, TimeUnit unit) {
        long end = System.nanoTime() + unit.toNanos(time);
        CountDownLatch exported = new CountDownLatch(1);
        new AgentThreads("metrics") // the last export may take long, whatever bound it is given
                .newThread(() -> {
                    sdk.getSdkMeterProvider().shutdown().join(time, unit);
                    exported.countDown();
                })
                .start();
        sdk.getSdkTracerProvider().shutdown().join(time, unit);
        try {
            if (!exported.await(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                Log.debug("the last metrics may be lost, their receiver does not answer");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
