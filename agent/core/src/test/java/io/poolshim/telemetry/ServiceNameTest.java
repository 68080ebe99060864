package io.poolshim.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServiceNameTest {
    @ParameterizedTest
    @CsvSource({
        "com.example.Main, Main",
        "com.example.Main --port 80 /a/b.c, Main",
        "Main, Main",
        "a.module/com.example.Main x, Main",
        "orders.jar, orders",
        "/opt/shop/orders-1.2.jar --verbose, orders-1.2",
        "C:\\shop\\orders.jar x, orders",
        "com.example.Main data/import.jar, Main",
        "com.example.Main import.jar, Main",
        "/opt/shop.jar.d/orders.jar, orders",
        "org.apache.catalina.startup.Bootstrap start, Bootstrap",
        "'', unknown_service:java",
        "'  ', unknown_service:java"
    })
    void ofCommand_isTheJarOrTheMainClass(String command, String name) {
        assertEquals(name, ServiceName.ofCommand(command));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "shop | other | service.name=third | shop",
                "- | other | service.name=third | other",
                "- | - | service.name=third | third",
                "- | - | a=b, service.name=my%20shop+1 ,c=d | my shop+1",
                "- | - | service.name=100% | 100%",
                "'' | other | - | other",
            })
    void name_isWhatTelemetryIsTold(String property, String variable, String attributes, String name) {
        Map<String, String> properties = new HashMap<>();
        properties.put("otel.service.name", property);
        properties.put("otel.resource.attributes", attributes);
        Map<String, String> environment = new HashMap<>();
        environment.put("OTEL_SERVICE_NAME", variable);
        assertEquals(name, new ServiceName(new OtelSettings(properties::get, environment::get)).name());
    }

    @Test
    void name_isThatOfTheApplicationOtherwise() {
        OtelSettings settings =
                new OtelSettings(key -> null, key -> "OTEL_RESOURCE_ATTRIBUTES".equals(key) ? "a=b" : null);
        String name = new ServiceName(settings).name();
        assertEquals(ServiceName.ofApplication(), name);
    }

    @Test
    void name_mayStandInTheFileThatTheSettingsName(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("otel.properties");
        Files.write(file, Collections.singletonList("otel.service.name=filed"));
        OtelSettings settings = new OtelSettings(
                key -> "otel.javaagent.configuration-file".equals(key) ? file.toString() : null, key -> null);
        assertEquals("filed", new ServiceName(settings).name());
        assertEquals("filed", settings.ofFile().get("otel.service.name"));
    }
}
