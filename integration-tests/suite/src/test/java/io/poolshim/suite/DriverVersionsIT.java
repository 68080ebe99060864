package io.poolshim.suite;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.poolshim.testbed.Jdk;
import io.poolshim.testbed.Jdks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** The twin programs with older drivers on the class path: each is pooled, and prints the same. */
class DriverVersionsIT {
    private static final Set<String> DEFAULT = Set.of("postgresql-9.4.1212.jar");

    @TestFactory
    Stream<DynamicNode> everyDriver_isPooledAndPrintsTheSame() {
        if (!Lab.full()) {
            Lab.skipped("pgjdbc but for 9.4.1212 and the newest", "only with -Pfull");
        }
        return drivers().stream().map(driver -> dynamicTest(driver.getFileName().toString(), () -> compare(driver)));
    }

    /** Those to be tested, but for the newest. */
    static List<Path> drivers() {
        try (Stream<Path> jars = Files.list(Path.of(System.getProperty("poolshim.it.drivers", "target/drivers")))) {
            return jars.filter(jar -> Lab.full() || isDefault(jar)).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The folder may hold the others too, from a run before. */
    private static boolean isDefault(Path jar) {
        return DEFAULT.contains(jar.getFileName().toString());
    }

    private static void compare(Path driver) {
        compare(driver, Twins.on(jdk(driver)).onlyTheTelling());
        compare(driver, Twins.on(jdk(driver)).only("kept.").proven());
    }

    private static void compare(Path driver, Twins twins) {
        String name = driver.getFileName().toString();
        twins.driver(driver).server(Lab.serverFor(driver)).compare(name).mustAgree();
        twins.pooled().run().mustBeClean().mustHavePooled();
    }

    /** By turns the oldest JDK and the current one, which together is less than each driver on both. */
    static Jdk jdk(Path driver) {
        boolean old = !driver.toString().contains("-42.") || driver.toString().contains("-42.2.");
        return old ? Jdks.oldest() : Jdks.current();
    }
}
