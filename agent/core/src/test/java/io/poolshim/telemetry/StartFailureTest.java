package io.poolshim.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.opentelemetry.sdk.autoconfigure.spi.ConfigurationException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartFailureTest {
    @TempDir
    Path folder;

    /** As OpenTelemetry itself complains. */
    private String told(String setting, String value) throws Exception {
        Path file = folder.resolve("otel.properties");
        Files.write(file, (setting + "=" + value).getBytes(StandardCharsets.UTF_8));
        OtelSettings settings = new OtelSettings(
                key -> key.equals("otel.javaagent.configuration-file") ? file.toString() : null, key -> null);
        ConfigurationException thrown = assertThrows(ConfigurationException.class, () -> new OwnSdk(settings));
        return new StartFailure(thrown).settings();
    }

    @Test
    void settings_areThoseThatOpenTelemetryRefuses() throws Exception {
        assertEquals("otel.traces.exporter=foo", told("otel.traces.exporter", "foo"));
        assertEquals("otel.metrics.exporter=foo", told("otel.metrics.exporter", "foo"));
        assertEquals("otel.exporter.otlp.protocol=grpcc", told("otel.exporter.otlp.protocol", "grpcc"));
        assertEquals("otel.exporter.otlp.endpoint", told("otel.exporter.otlp.endpoint", "s3cret"));
        assertEquals("otel.exporter.otlp.timeout", told("otel.exporter.otlp.timeout", "s3cret"));
    }

    @Test
    void settings_areNamedWithoutTheirValues() {
        assertEquals(
                "otel.exporter.otlp.headers",
                new StartFailure(new IllegalStateException("otel.exporter.otlp.headers: otel.s3cret")).settings());
        assertEquals("the otel.* settings", new StartFailure(new IllegalStateException("czNjcmV0")).settings());
        assertEquals("the otel.* settings", new StartFailure(new IllegalStateException()).settings());
    }
}
