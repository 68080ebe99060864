package io.poolshim.suite;

import io.poolshim.programs.TwinRunner;
import io.poolshim.testbed.ChildJvm;
import io.poolshim.testbed.ChildResult;
import io.poolshim.testbed.Jdk;
import io.poolshim.testbed.Jdks;
import io.poolshim.testbed.OtlpReceiver;
import io.poolshim.testbed.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** What all tests share: the jar as it ships, one server with its users, one receiver, the JDKs. */
final class Lab {
    static final String USER = "legacy";
    static final String PASSWORD = "legacy-password";
    static final String ROLE = "legacy_reader";
    private static final String ADMIN = "legacy_admin";
    private static final String ADMIN_PASSWORD = "legacy-admin-password";
    /** SCRAM came with pgjdbc 42.2.0, whose jar lacks some classes for it. */
    private static final Set<String> WITHOUT_SCRAM = Set.of("postgresql-9.4.1212.jar", "postgresql-42.2.0.jar");

    private static final List<Integer> ALL_MAJORS = List.of(8, 11, 17, 21, 25);

    private Lab() {}

    /** Started when the first test needs it, stopped when this JVM exits. */
    private static final class Shared {
        static final PostgresServer SERVER = withUsers(PostgresServer.start());
        static final OtlpReceiver RECEIVER = receiver();

        private static OtlpReceiver receiver() {
            try {
                return OtlpReceiver.start(0);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    static PostgresServer server() {
        return Shared.SERVER;
    }

    private static final class ByMd5 {
        static final PostgresServer SERVER = withUsers(PostgresServer.start(Map.of("password_encryption", "md5")));
    }

    /** One to which this driver can log in. */
    static PostgresServer serverFor(Path driver) {
        return WITHOUT_SCRAM.contains(driver.getFileName().toString()) ? ByMd5.SERVER : server();
    }

    /** Where spans go that no test looks at. */
    static OtlpReceiver receiver() {
        return Shared.RECEIVER;
    }

    static PostgresServer withUsers(PostgresServer server) {
        try {
            server.createUser(USER, PASSWORD);
            server.createUser(ROLE, PASSWORD);
            server.createUser(ADMIN, ADMIN_PASSWORD);
            server.execute("ALTER ROLE " + ADMIN + " SUPERUSER", "GRANT " + ROLE + " TO " + USER);
            return server;
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException("cannot create users", e);
        }
    }

    /** By user. */
    static Map<String, String> passwords() {
        return Map.of(USER, PASSWORD, ROLE, PASSWORD, ADMIN, ADMIN_PASSWORD);
    }

    /** An empty database of that name on the shared server. */
    static String freshDatabase(String name) {
        return freshDatabase(server(), name);
    }

    static String freshDatabase(PostgresServer server, String name) {
        try {
            server.dropDatabase(name);
            server.createDatabase(name, USER);
            return name;
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException("cannot create database " + name, e);
        }
    }

    static Path agentJar() {
        Path jar = Path.of(System.getProperty("poolshim.jar", "agent/jar/target/poolshim.jar"));
        if (!Files.isRegularFile(jar)) {
            throw new IllegalStateException("the agent's jar is missing: " + jar.toAbsolutePath());
        }
        return jar;
    }

    static Path programs() {
        return codeOf(TwinRunner.class);
    }

    static Path driver() {
        return codeOf(org.postgresql.Driver.class);
    }

    static Path codeOf(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** An empty folder for one test's files. */
    static Path workFolder(String name) {
        Path folder = Path.of(System.getProperty("poolshim.it.work", "target/it"), name)
                .toAbsolutePath();
        try {
            if (Files.exists(folder)) {
                try (Stream<Path> old = Files.walk(folder)) {
                    old.sorted(java.util.Comparator.reverseOrder())
                            .forEach(path -> path.toFile().delete());
                }
            }
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static boolean full() {
        return Boolean.getBoolean("poolshim.it.full");
    }

    /** The current JDK, or with {@code -Pfull} each of {@link #jdksUnderTest}: for what does not differ by the JVM. */
    static List<Jdk> currentUnlessFull(String part) {
        if (full()) {
            return jdksUnderTest(part);
        }
        skipped(part + " on another Java than " + Jdks.current().major(), "only with -Pfull");
        return List.of(Jdks.current());
    }

    /** The current JDK and the oldest found, or with {@code -Pfull} each one that is promised; says what is left out. */
    static List<Jdk> jdksUnderTest(String part) {
        List<Jdk> chosen = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        List<String> postponed = new ArrayList<>();
        for (int major : ALL_MAJORS) {
            Jdk jdk = Jdks.all().get(major);
            if (jdk == null) {
                missing.add(String.valueOf(major));
            } else if (full() || jdk.equals(Jdks.current()) || jdk.equals(Jdks.oldest())) {
                chosen.add(jdk);
            } else {
                postponed.add(String.valueOf(major));
            }
        }
        skipped(part, missing, "no such JDK found");
        skipped(part, postponed, "only with -Pfull");
        return chosen;
    }

    private static void skipped(String part, List<String> majors, String why) {
        if (!majors.isEmpty()) {
            skipped(part + " on Java " + String.join(", ", majors), why);
        }
    }

    /** One line for each part that does not run. */
    static void skipped(String part, String why) {
        System.out.println("SKIPPED: " + part + ": " + why);
    }

    /** A program of ours in a JVM of its own, without the agent so far. */
    static ChildJvm child(Jdk jdk, String database, Class<?> main) {
        return settings(ChildJvm.on(jdk), server(), database)
                .classPath(programs(), driver())
                .mainClass(main.getName());
    }

    /** What {@code Env} wants to know. */
    static ChildJvm settings(ChildJvm child, PostgresServer server, String database) {
        return child.property("app.url", server.url(database))
                .property("app.user", USER)
                .property("app.password", PASSWORD)
                .property("app.admin", ADMIN)
                .property("app.adminPassword", ADMIN_PASSWORD)
                .property("app.role", ROLE)
                .property("app.closedPort", 1)
                .property("app.driverJar", driver())
                .property("user.name", USER);
    }

    /** The lines of stderr that the agent wrote. */
    static List<String> agentLines(ChildResult result) {
        return result.stderrLines().stream()
                .filter(line -> line.startsWith("[poolshim]"))
                .toList();
    }
}
