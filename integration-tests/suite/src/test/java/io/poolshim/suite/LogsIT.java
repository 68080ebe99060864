package io.poolshim.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.poolshim.programs.LoggedApplication;
import io.poolshim.testbed.Jdks;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The logs of one run, all of them in one file. */
class LogsIT {
    private static final String APPLICATION = "io.poolshim.programs.";
    private static Path file;
    private static AgentRun run;
    private static List<LogLine> lines;

    @BeforeAll
    static void run() {
        Path folder = Lab.workFolder("logs");
        Path report = folder.resolve("report.json");
        file = folder.resolve("poolshim.log");
        run = AgentRun.of(
                        AgentRun.equip(
                                        Lab.child(Jdks.current(), Lab.freshDatabase("logs"), LoggedApplication.class),
                                        report)
                                .property("poolshim.slow-query", LoggedApplication.SLEEP + "ms")
                                .property("poolshim.error-log", "on")
                                .property("poolshim.audit-log", "on")
                                .property("poolshim.log-file", file),
                        report)
                .mustBeClean();
        lines = LogLine.in(file);
    }

    private static List<LogLine> in(String log) {
        return lines.stream().filter(line -> line.isIn(log)).toList();
    }

    @Test
    void slowStatement_isToldWithoutItsLiterals() {
        assertEquals(1, in("slow-query").size(), lines::toString);
        LogLine slow = in("slow-query").get(0);
        assertEquals("statement", slow.field("event"));
        assertEquals("SELECT ? FROM pg_sleep(?)", slow.field("statement"));
        assertTrue(Double.parseDouble(slow.field("duration_ms")) >= LoggedApplication.SLEEP, slow::toString);
        assertTrue(slow.field("duration_ms").matches("[0-9]+\\.[0-9]+"), slow::toString);
        assertTrue(
                slow.field("call_site").matches(APPLICATION + "LoggedApplication\\.slow:[1-9][0-9]*"), slow::toString);
        assertEquals("localhost:" + Lab.server().port() + "/logs", slow.field("pool"));
        assertEquals(Lab.USER, slow.field("user"));
        assertEquals("main", slow.field("thread"));
        assertEquals("ok", slow.field("outcome"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"42601", "23505", "22P02"})
    void failedStatement_isTold(String sqlState) {
        List<LogLine> failed = in("error").stream()
                .filter(line -> line.field("sqlstate").equals(sqlState))
                .toList();
        assertFalse(failed.isEmpty(), lines::toString);
        for (LogLine line : failed) {
            assertEquals("error", line.field("outcome"));
            assertFalse(line.field("error_type").isEmpty(), line::toString);
            assertTrue(
                    line.field("call_site").startsWith(APPLICATION),
                    line::toString); // a method reference is none of its own
        }
    }

    @Test
    void failedBatch_isOneLineWithItsSize() {
        List<LogLine> batches = lines.stream()
                .filter(line -> line.is("batch") && line.isIn("error"))
                .toList();
        assertEquals(1, batches.size(), lines::toString);
        assertEquals("3", batches.get(0).field("batch_size"));
        assertEquals(
                "INSERT INTO traced VALUES (?, ?)",
                batches.get(0).field("statement").replaceAll("\\$\\d", "?"));
        assertEquals("23505", batches.get(0).field("sqlstate"));
    }

    @Test
    void refusedLogin_isTold() {
        List<LogLine> refused =
                in("error").stream().filter(line -> line.is("login-failed")).toList();
        assertEquals(1, refused.size(), lines::toString);
        assertEquals("28P01", refused.get(0).field("sqlstate"));
        assertEquals(Lab.USER, refused.get(0).field("user"));
        assertTrue(refused.get(0).field("call_site").startsWith(APPLICATION + "TracedApplication."), lines::toString);
    }

    @Test
    void audit_hasWhoDidWhatFromBorrowToReturn() {
        List<LogLine> audit = in("audit");
        assertEquals(
                Set.of("borrow", "statement", "batch", "sent", "return", "login-failed"),
                audit.stream().map(line -> line.field("event")).collect(Collectors.toSet()));
        assertEquals(
                run.report().total("borrows"),
                audit.stream().filter(line -> line.is("borrow")).count());
        for (LogLine line : audit) {
            assertTrue(line.field("call_site").startsWith(APPLICATION), line::toString);
            assertFalse(line.field("thread").isEmpty(), line::toString);
            assertEquals(Lab.USER, line.field("user"));
            Instant.parse(line.field("time"));
            assertTrue(line.field("time").matches("[-0-9]{10}T[0-9:]{8}\\.[0-9]{3}Z"), line::toString);
        }
    }

    @Test
    void audit_hasCopiesAndEachTextOfABatch() {
        assertEquals(
                List.of("UPDATE several SET name = ?", "COPY (SELECT ?) TO STDOUT"),
                lines.stream()
                        .filter(line -> line.is("sent"))
                        .map(line -> line.field("statement"))
                        .toList());
    }

    @Test
    void errors_areOnlyWhatFailed() {
        assertEquals(
                lines.stream()
                        .filter(line -> line.field("outcome").equals("error"))
                        .toList(),
                in("error"));
    }

    @Test
    void file_isItsOwnersOnly() throws Exception {
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "secret-literal",
                "secret-bound",
                "secret-batch",
                "secret-syntax",
                "secret-detail",
                "secret-number",
                "secret-guess",
                "42424242",
                Lab.PASSWORD,
                "already exists",
                "invalid input syntax"
            })
    void secret_isNowhere(String secret) throws Exception {
        assertFalse(Files.readString(file).contains(secret), secret);
        assertFalse(run.child().stderr().contains(secret), secret);
        assertFalse(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(secret), secret);
    }
}
