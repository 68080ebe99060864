package io.poolshim.suite;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.poolshim.testbed.Jdk;
import io.poolshim.testbed.Jdks;
import io.poolshim.testbed.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** The twin programs with older drivers on the class path: each is pooled, and prints the same. */
class DriverVersionsIT {
    private static final Set<String> DEFAULT = Set.of("postgresql-9.4.1212.jar");
    /** SCRAM came with 42.2.0, whose jar lacks some classes for it. */
    private static final Set<String> WITHOUT_SCRAM = Set.of("postgresql-9.4.1212.jar", "postgresql-42.2.0.jar");

    private static PostgresServer md5Server;

    @TestFactory
    Stream<DynamicNode> everyDriver_isPooledAndPrintsTheSame() {
        if (!Lab.full()) {
            Lab.skipped("pgjdbc but for 9.4.1212 and the newest", "only with -Pfull");
        }
        return drivers().stream().map(driver -> dynamicTest(driver.getFileName().toString(), () -> compare(driver)));
    }

    private static List<Path> drivers() {
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
        String name = driver.getFileName().toString();
        compare(name, Twins.on(jdk(driver)).driver(driver).onlyTheTelling());
        compare(name, Twins.on(jdk(driver)).driver(driver).only("kept.").proven());
    }

    private static void compare(String name, Twins twins) {
        if (WITHOUT_SCRAM.contains(name)) {
            twins.server(md5Server());
        }
        twins.compare(name).mustAgree();
        twins.pooled().run().mustBeClean().mustHavePooled();
    }

    /** By turns the oldest JDK and the current one, which together is less than each driver on both. */
    private static Jdk jdk(Path driver) {
        boolean old = !driver.toString().contains("-42.") || driver.toString().contains("-42.2.");
        return old ? Jdks.oldest() : Jdks.current();
    }

    private static synchronized PostgresServer md5Server() {
        if (md5Server == null) {
            md5Server = Lab.withUsers(PostgresServer.start(Map.of("password_encryption", "md5")));
        }
        return md5Server;
    }

    @AfterAll
    static void stop() {
        if (md5Server != null) {
            md5Server.close();
        }
    }
}
