package io.poolshim.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.poolshim.programs.Named;
import io.poolshim.testbed.ChildJvm;
import io.poolshim.testbed.PostgresServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Sessions carry the service's name if they are asked to and the application gives them no other. */
class ApplicationNameIT {
    private static final String NAME = "poolshim.application-name";
    private static final Path WORK = Lab.workFolder("application-name");
    private static final String LONG = "a-name-that-is-longer-than-the-server-keeps-it-".repeat(2);

    static Stream<Path> drivers() {
        return Stream.concat(DriverVersionsIT.drivers().stream(), Stream.of(Lab.driver()));
    }

    @ParameterizedTest
    @MethodSource("drivers")
    void service_namesSessionsThatHaveNoOtherName(Path driver) {
        assertEquals(names("shop"), run(driver, Map.of("otel.service.name", "shop", NAME, "service")));
    }

    @Test
    void service_isNamedAfterTheMainClass() {
        assertEquals(names("Named"), run(Lab.driver(), Map.of(NAME, "service", "poolshim.telemetry", "off")));
    }

    @Test
    void anyName_isCutAsTheServerWouldWithoutAWarning() {
        assertEquals(names(LONG.substring(0, 63)), run(Lab.driver(), Map.of(NAME, LONG)));
    }

    @Test
    void driversName_staysUnlessAskedFor() {
        assertEquals(names("PostgreSQL JDBC Driver"), run(Lab.driver(), Map.of()));
    }

    private static List<String> names(String name) {
        return List.of(
                "at login: " + name,
                "by client info: of the client",
                "after client info: " + name,
                "by SQL: of SQL",
                "reset: " + name,
                "after SQL: " + name,
                "of the URL: of-the-url",
                "of the properties: of the properties",
                "warnings: null",
                "client info: " + name);
    }

    private static List<String> run(Path driver, Map<String, String> settings) {
        PostgresServer server = Lab.serverFor(driver);
        Path report = WORK.resolve(driver.getFileName() + "." + settings.hashCode() + ".json");
        ChildJvm child = Lab.settings(
                        ChildJvm.on(DriverVersionsIT.jdk(driver)), server, Lab.freshDatabase(server, "named"))
                .classPath(Lab.programs(), driver)
                .mainClass(Named.class.getName());
        settings.forEach(child::property);
        AgentRun run =
                AgentRun.of(AgentRun.equip(child, report), report).mustBeClean().mustHavePooled();
        return run.child().stdout().lines().collect(Collectors.toList());
    }
}
