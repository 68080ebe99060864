package io.poolshim.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.poolshim.testbed.ChildJvm;
import io.poolshim.testbed.ChildResult;
import io.poolshim.testbed.Jdk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Well-known libraries, over DriverManager as they use it, without and with the agent. */
class ClientsIT {
    private static final List<String> POOLED =
            List.of("spring", "mybatis", "jooq", "jdbi", "groovy", "sql2o", "eclipselink", "quartz", "dbunit");
    private static final Path WORK = Lab.workFolder("clients");

    static Stream<Arguments> pooledClients() {
        return Lab.currentUnlessFull("clients").stream()
                .flatMap(jdk -> POOLED.stream().map(client -> Arguments.of(client, jdk)));
    }

    static List<Jdk> jdks() {
        return Lab.currentUnlessFull("clients with pools of their own");
    }

    @ParameterizedTest
    @MethodSource("pooledClients")
    void client_printsTheSameAndIsPooled(String client, Jdk jdk) {
        compare(client, jdk).mustHavePooled();
    }

    /** What Hibernate's built-in pool opens is Hibernate's; the application's own connections are pooled. */
    @ParameterizedTest
    @MethodSource("jdks")
    void hibernate_keepsItsOwnPool(Jdk jdk) {
        Report report = compare("hibernate", jdk).mustHavePooled().report();
        assertTrue(report.passedThrough() > 0, report::toString);
        assertEquals(1, report.total("peak"), report::toString);
    }

    private static AgentRun compare(String client, Jdk jdk) {
        ChildResult plain = child(client, jdk).run().mustSucceed();
        Path report = WORK.resolve(client + "-" + jdk.major() + ".json");
        AgentRun run =
                AgentRun.of(AgentRun.equip(child(client, jdk), report), report).mustBeClean();
        assertFalse(plain.stdout().isBlank(), plain::toString);
        List<String> expected = plain.stdout().lines().toList();
        List<String> actual = run.child().stdout().lines().toList();
        assertEquals(expected, actual, () -> LineDiff.of(expected, actual));
        System.out.printf(
                "client %s: %s: %d lines the same, %d borrows, %d reused, %d passed through%n",
                client,
                jdk,
                actual.size(),
                run.report().total("borrows"),
                run.report().total("reused"),
                run.report().passedThrough());
        return run;
    }

    private static ChildJvm child(String client, Jdk jdk) {
        return Lab.settings(ChildJvm.on(jdk), Lab.server(), Lab.freshDatabase("clients"))
                .property("org.jooq.no-logo", true)
                .classPath(classPath())
                .mainClass("io.poolshim.clients.Clients")
                .args(client);
    }

    /** The clients' module leaves its classes and its libraries beside each other; none of them is on this class path. */
    private static List<Path> classPath() {
        Path target = Path.of(System.getProperty("poolshim.it.clients", "../clients/target"));
        List<Path> path = new ArrayList<>(List.of(target.resolve("classes"), Lab.programs(), Lab.driver()));
        try (Stream<Path> libraries = Files.list(target.resolve("lib"))) {
            libraries.sorted().forEach(path::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return path;
    }
}
