package io.poolshim.telemetry;

import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
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
                .disableShutdownHook()
                .build()
                .getOpenTelemetrySdk();
    }

    private static Map<String, String> defaults(OtelSettings settings) {
        Map<String, String> defaults = new HashMap<>();
        defaults.put("otel.exporter.otlp.protocol", "http/protobuf");
        defaults.put("otel.logs.exporter", "none");
        String attributes = settings.get("otel.resource.attributes");
        if (attributes == null || !attributes.contains("service.name=")) { // a default here would win over that
            defaults.put("otel.service.name", applicationName(System.getProperty("sun.java.command", "")));
        }
        defaults.putAll(settings.ofFile());
        return defaults;
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
