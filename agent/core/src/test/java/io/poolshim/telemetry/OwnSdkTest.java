package io.poolshim.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnSdkTest {
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
    void applicationName_isTheJarOrTheMainClass(String command, String name) {
        assertEquals(name, OwnSdk.applicationName(command));
    }
}
