package io.poolshim.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.poolshim.testbed.Jdks;
import io.poolshim.testbed.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** The twin programs on each PostgreSQL that is promised; 17 is every other test's. */
class ServerVersionsIT {
    @TestFactory
    Stream<DynamicNode> everyServer_isServedTheSame() throws IOException {
        if (!Lab.full()) {
            Lab.skipped("PostgreSQL 14, 15, 16 and 18", "only with -Pfull");
            return Stream.of(dynamicTest("PostgreSQL 17", ServerVersionsIT::defaultIs17));
        }
        return servers().stream().map(jar -> dynamicTest(jar.getFileName().toString(), () -> compare(jar)));
    }

    private static List<Path> servers() throws IOException {
        try (Stream<Path> jars = Files.list(Path.of(System.getProperty("poolshim.it.servers", "target/servers")))) {
            List<Path> found = jars.sorted().toList();
            assertEquals(4, found.size(), () -> "14, 15, 16 and 18: " + found);
            return found;
        }
    }

    private static void compare(Path binaries) {
        try (PostgresServer server = Lab.withUsers(PostgresServer.start(binaries))) {
            Twins twins = Twins.on(Jdks.current())
                    .server(server)
                    .onlyTheTelling()
                    .compare(binaries.getFileName().toString());
            twins.mustAgree();
            twins.pooled().run().mustBeClean().mustHavePooled();
        }
    }

    private static void defaultIs17() throws java.sql.SQLException {
        try (java.sql.Connection admin = Lab.server().admin()) {
            assertEquals(17, admin.getMetaData().getDatabaseMajorVersion());
        }
    }
}
