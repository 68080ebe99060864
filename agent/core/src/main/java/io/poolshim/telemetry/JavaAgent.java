package io.poolshim.telemetry;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import org.jspecify.annotations.Nullable;

/** OpenTelemetry's javaagent in the same JVM: it makes the API that the agent's own loader sees lead to itself. */
final class JavaAgent {
    private static final String BOOTSTRAP_CLASS = "io.opentelemetry.javaagent.bootstrap.AgentInitializer";

    private JavaAgent() {}

    /** Null if it is not there, or not active. */
    static @Nullable OpenTelemetry find() {
        try {
            Class.forName(BOOTSTRAP_CLASS, false, null);
        } catch (ClassNotFoundException none) {
            return null;
        }
        OpenTelemetry bridged = GlobalOpenTelemetry.get(); // of the agent's own loader: no application sees it
        String provider = bridged.getTracerProvider().getClass().getName();
        return provider.startsWith("io.opentelemetry.javaagent.") ? bridged : null;
    }

    /** Whether it makes spans of statements, which is its default. */
    static boolean tracesQueries(OtelSettings settings) {
        String own = settings.get("otel.instrumentation.jdbc.enabled");
        String all = settings.get("otel.instrumentation.common.default-enabled");
        return !"false".equalsIgnoreCase(own == null ? all : own);
    }
}
