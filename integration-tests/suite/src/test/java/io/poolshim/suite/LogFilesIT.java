package io.poolshim.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.poolshim.programs.BusyApplication;
import io.poolshim.programs.LoggedApplication;
import io.poolshim.testbed.Await;
import io.poolshim.testbed.ChildJvm;
import io.poolshim.testbed.Jdk;
import io.poolshim.testbed.Jdks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the lines of the logs go, and what becomes of the application if they cannot go there. */
class LogFilesIT {
    private static final String DATABASE = "log_files";
    private static final int SMALLEST = 100_000;

    private static ChildJvm logged() {
        return Lab.child(Jdks.current(), Lab.freshDatabase(DATABASE), LoggedApplication.class);
    }

    private static AgentRun run(ChildJvm child, Path folder) {
        Path report = folder.resolve("report.json");
        return AgentRun.of(AgentRun.equip(child, report), report).mustBeClean();
    }

    private static long dropped(AgentRun run) {
        return ((Number) run.report().json().get("droppedLogLines")).longValue();
    }

    private static List<String> jsonOnStderr(AgentRun run) {
        return run.child().stderrLines().stream()
                .filter(line -> line.startsWith("{"))
                .toList();
    }

    private static List<Path> files(Path folder, String name) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith(name))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void withoutLogs_nothingIsWritten() {
        AgentRun run = run(logged(), Lab.workFolder("logs-none"));
        assertTrue(jsonOnStderr(run).isEmpty(), run::toString);
        assertEquals(0, dropped(run));
    }

    @Test
    void withoutFile_slowQueriesAndErrorsGoToStderr() {
        AgentRun run = run(
                logged().property("poolshim.slow-query", "200ms").property("poolshim.error-log", "on"),
                Lab.workFolder("logs-stderr"));
        List<LogLine> lines = LogLine.read(jsonOnStderr(run));
        assertEquals(1, lines.stream().filter(line -> line.isIn("slow-query")).count(), run::toString);
        assertEquals(5, lines.stream().filter(line -> line.isIn("error")).count(), run::toString);
    }

    static Stream<Jdk> jdks() {
        return Lab.jdksUnderTest("a log of all statements").stream();
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void slowQueriesOfNoTime_areALogOfAllStatements(Jdk jdk) {
        Path folder = Lab.workFolder("logs-queries-" + jdk.major());
        ChildJvm child = Lab.child(jdk, Lab.freshDatabase(DATABASE), LoggedApplication.class)
                .property("poolshim.telemetry", "off");
        run(
                child.property("poolshim.slow-query", "0s").property("poolshim.log-file", folder.resolve("%p.log")),
                folder);
        assertEquals(
                1,
                files(folder, "").stream()
                        .filter(LogFilesIT::isNamedByItsProcess)
                        .count());
        List<LogLine> lines = LogLine.in(files(folder, "").stream()
                .filter(LogFilesIT::isNamedByItsProcess)
                .findFirst()
                .orElseThrow());
        assertEquals(21, lines.size(), lines::toString);
        assertTrue(lines.stream().allMatch(line -> line.isIn("slow-query")), lines::toString);
        assertTrue(
                lines.stream().allMatch(line -> line.field("call_site").startsWith("io.poolshim.programs.")),
                lines::toString);
    }

    private static boolean isNamedByItsProcess(Path file) {
        return file.getFileName().toString().matches("[1-9][0-9]*\\.log");
    }

    @ParameterizedTest
    @ValueSource(strings = {"no/such/folder/a.log", "/dev/full"})
    void fileThatCannotBeWritten_isSaidOnceAndTheApplicationGoesOn(String name) {
        Path folder = Lab.workFolder("logs-broken");
        Path file = folder.resolve(name);
        assumeTrue(!name.startsWith("/dev") || Files.exists(file));
        String unpooled = logged().run().mustSucceed().stdout();
        AgentRun run = run(logged().property("poolshim.audit-log", "on").property("poolshim.log-file", file), folder);
        assertEquals(unpooled, run.child().stdout());
        List<String> warnings = Lab.agentLines(run.child()).stream()
                .filter(line -> line.contains("cannot write the log " + file))
                .toList();
        assertEquals(1, warnings.size(), run::toString);
        assertTrue(dropped(run) > 0, run::toString);
    }

    @Test
    void busyApplication_losesNoLineUncounted() throws IOException {
        Path folder = Lab.workFolder("logs-busy");
        Files.writeString(
                folder.resolve("a.log"), "{}\n".repeat(SMALLEST / 3)); // however slow the machine is, it gets full
        AgentRun run = run(
                Lab.child(Jdks.current(), Lab.freshDatabase(DATABASE), BusyApplication.class)
                        .property("app.seconds", 2)
                        .property("poolshim.audit-log", "on")
                        .property("poolshim.log-file", folder.resolve("a.log"))
                        .property("poolshim.log-file.max-size", SMALLEST / 1000 + "kB")
                        .property("poolshim.log-file.keep", 1000),
                folder);
        List<Path> files = files(folder, "a.log");
        long lines = 0;
        for (Path file : files) {
            assertTrue(file.toFile().length() <= SMALLEST, file::toString);
            lines +=
                    LogLine.in(file).stream().filter(line -> line.isIn("audit")).count();
        }
        System.out.printf("%d lines in %d files, %d dropped%n", lines, files.size(), dropped(run));
        assertTrue(files.size() > 1, "nothing was renamed");
        // a borrow, two statements and a return each
        assertEquals(4 * run.report().total("borrows"), lines + dropped(run), run::toString);
    }

    @Test
    void twoProcesses_doNotShareAFile() {
        Path folder = Lab.workFolder("logs-shared");
        Map<String, String> settings =
                Map.of("audit-log", "on", "log-file", folder.resolve("a.log").toString());
        try (Remote first = Remote.pooled(Lab.server(), Lab.freshDatabase("log_first"), settings)) {
            assertEquals("1", first.ask("main", "once SELECT 1"));
            Await.until(
                    "the first one writes",
                    Duration.ofSeconds(20),
                    () -> !files(folder, "a.log").isEmpty());
            try (Remote second = Remote.pooled(Lab.server(), Lab.freshDatabase("log_second"), settings)) {
                assertEquals("1", second.ask("main", "once SELECT 1"));
                AgentRun run = second.end().mustBeClean();
                assertTrue(run.child().stderr().contains("another process writes the log"), run::toString);
            }
            first.end().mustBeClean();
        }
        assertEquals(2, files(folder, "a.log").size());
        for (Path file : files(folder, "a.log")) {
            Set<String> pools =
                    LogLine.in(file).stream().map(line -> line.field("pool")).collect(Collectors.toSet());
            assertEquals(1, pools.size(), file + " has lines of " + pools);
        }
    }

    @Test
    void borrowTimeout_isTold() {
        Path folder = Lab.workFolder("logs-timeout");
        Path file = folder.resolve("a.log");
        Map<String, String> settings = Map.of(
                "error-log",
                "on",
                "log-file",
                file.toString(),
                "pool.max-size",
                "1",
                "pool.overflow",
                "0",
                "pool.borrow-timeout",
                "100ms");
        try (Remote remote = Remote.pooled(Lab.server(), Lab.freshDatabase("log_timeout"), settings)) {
            assertEquals("open", remote.ask("holder", "open a"));
            assertEquals("1", remote.ask("late", "once SELECT 1"));
            assertEquals("closed", remote.ask("holder", "close a"));
            remote.end().mustBeClean();
        }
        List<LogLine> lines = LogLine.in(file);
        assertEquals(1, lines.size(), lines::toString);
        assertEquals("borrow-timeout", lines.get(0).field("event"));
        assertEquals("late", lines.get(0).field("thread"));
        assertFalse(lines.get(0).field("call_site").isEmpty(), lines::toString);
    }
}
