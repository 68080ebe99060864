package io.poolshim.telemetry;

import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.resources.Resource;
import io.poolshim.log.Log;
import io.poolshim.pool.AgentThreads;
import java.net.BindException;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The agent's own SDK: autoconfigured, with the defaults that users of OpenTelemetry's agent know. */
final class OwnSdk {
    private static final String METRICS = "otel.metrics.exporter";
    private static final String PROMETHEUS = "prometheus";

    private final Exporters exporters = new Exporters();
    final OpenTelemetrySdk sdk;

    OwnSdk(OtelSettings settings) {
        sdk = withOrWithoutPrometheus(settings);
    }

    /** That its port is taken is no reason to go without spans, and without the metrics that are sent. */
    private OpenTelemetrySdk withOrWithoutPrometheus(OtelSettings settings) {
        try {
            return build(settings, Collections.emptyMap());
        } catch (RuntimeException e) {
            if (!settings.lists(METRICS, PROMETHEUS) || !isPortTaken(e)) {
                throw e;
            }
            Log.warn("no metrics for Prometheus, the port that is to serve them is taken: set another"
                    + " otel.exporter.prometheus.port");
            return build(settings, Collections.singletonMap(METRICS, settings.without(METRICS, PROMETHEUS)));
        }
    }

    private static boolean isPortTaken(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof BindException) {
                return true;
            }
        }
        return false;
    }

    /** {@code overriding} are settings that hold whatever else is set. */
    private OpenTelemetrySdk build(OtelSettings settings, Map<String, String> overriding) {
        return AutoConfiguredOpenTelemetrySdk.builder()
                .setServiceClassLoader(OwnSdk.class.getClassLoader())
                .addPropertiesSupplier(() -> defaults(settings))
                .addPropertiesCustomizer(config -> overriding)
                .addResourceCustomizer((resource, config) -> withoutArguments(resource))
                .addSpanExporterCustomizer(exporters::spans)
                .addMetricExporterCustomizer(exporters::metrics)
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

    /** Sends what is not sent yet, for at most this long, and ends; at once if nobody is there to receive it. */
    void shutdown(long time, TimeUnit unit) {
        exporters.end();
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
