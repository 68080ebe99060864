package io.poolshim.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.poolshim.testbed.ChildJvm;
import io.poolshim.testbed.ChildResult;
import io.poolshim.testbed.Jdk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.TestFactory;

/** Drivers that the agent does not know: pooled by their interfaces if the user includes them, else untouched. */
class InterfacesIT {
    private static final Path WORK = Lab.workFolder("interfaces");
    private static final List<Path> DRIVERS = List.of(
            Lab.codeOf(org.h2.Driver.class), Lab.codeOf(org.sqlite.JDBC.class), Lab.codeOf(org.slf4j.Logger.class));
    private static final Path CLASSES = SourceCompiler.compile("interfaces", 8, WORK.resolve("classes"), DRIVERS);
    private static int databases;

    @TestFactory
    Stream<DynamicContainer> everyProgram_printsTheSameWithTheAgent() {
        return Lab.jdksUnderTest("drivers without a profile").stream()
                .flatMap(jdk -> Stream.of(twins(jdk, "h2"), twins(jdk, "sqlite")));
    }

    private static DynamicContainer twins(Jdk jdk, String database) {
        return dynamicContainer(
                database + " on " + jdk,
                Stream.of(
                        dynamicTest("included, pooled", () -> included(jdk, database)),
                        dynamicTest("not included, left alone", () -> notIncluded(jdk, database))));
    }

    private static void included(Jdk jdk, String database) {
        AgentRun run = withAgent(child(jdk, database).property("poolshim.include", "jdbc:" + database + ":*"));
        compare(child(jdk, database).run().mustSucceed(), run);
        run.mustBeClean().mustHavePooled();
        List<String> said = Lab.agentLines(run.child()).stream()
                .filter(line -> line.contains("is pooled by its interfaces"))
                .toList();
        assertEquals(1, said.size(), () -> "said once: " + said);
    }

    private static void notIncluded(Jdk jdk, String database) {
        AgentRun run = withAgent(child(jdk, database));
        compare(child(jdk, database).run().mustSucceed(), run);
        run.mustBeClean().mustHavePassedThrough();
        assertTrue(
                Lab.agentLines(run.child()).stream().anyMatch(line -> line.contains("-Dpoolshim.include=jdbc:")),
                run::toString);
    }

    private static void compare(ChildResult plain, AgentRun run) {
        List<String> expected = plain.stdout().lines().toList();
        List<String> actual = run.child().stdout().lines().toList();
        if (!expected.equals(actual)) {
            fail("differs (- without, + with the agent):\n" + LineDiff.of(expected, actual)
                    + run.child().stderr());
        }
    }

    private static AgentRun withAgent(ChildJvm child) {
        Path report = WORK.resolve("report-" + ++databases + ".json");
        return AgentRun.of(AgentRun.equip(child, report), report);
    }

    private static ChildJvm child(Jdk jdk, String database) {
        ChildJvm child = ChildJvm.on(jdk)
                .classPath(classPath())
                .mainClass("interfaces.Main")
                .args(database);
        return database.equals("h2")
                ? child.property("app.url", "jdbc:h2:mem:twin")
                        .property("app.identity", "AUTO_INCREMENT")
                        .property("app.closedAlike", true)
                : child.property("app.url", "jdbc:sqlite:" + newFolder().resolve("twin.db"));
    }

    private static List<Path> classPath() {
        return Stream.concat(Stream.of(CLASSES), DRIVERS.stream()).toList();
    }

    /** A database file of its own for each run, under a name of the same length. */
    private static Path newFolder() {
        try {
            return Files.createTempDirectory(WORK, "sqlite");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
