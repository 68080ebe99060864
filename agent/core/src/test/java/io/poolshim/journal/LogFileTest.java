package io.poolshim.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFileTest {
    @TempDir
    Path folder;

    private final PrintStream stderr = System.err;
    private final ByteArrayOutputStream warnings = new ByteArrayOutputStream();

    @BeforeEach
    void capture() {
        System.setErr(new PrintStream(warnings, true));
    }

    @AfterEach
    void restore() {
        System.setErr(stderr);
    }

    private static boolean write(Sink sink, String line) {
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
        return sink.write(bytes, bytes.length);
    }

    private LogFile file(String name, long maxSize, int keep) {
        return new LogFile(folder.resolve(name).toString(), maxSize, keep);
    }

    private String content(String name) throws IOException {
        return new String(Files.readAllBytes(folder.resolve(name)), StandardCharsets.UTF_8);
    }

    private String warned() {
        return new String(warnings.toByteArray(), StandardCharsets.UTF_8);
    }

    private Set<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.toCollection(TreeSet::new));
        }
    }

    @Test
    void lines_areAppendedToWhatIsThere() throws IOException {
        Files.write(folder.resolve("a.log"), "old\n".getBytes(StandardCharsets.UTF_8));
        LogFile file = file("a.log", 100, 2);
        assertTrue(write(file, "one"));
        assertTrue(write(file, "two"));
        assertEquals("old\none\ntwo\n", content("a.log"));
    }

    @Test
    void newFile_isItsOwnersOnly() throws IOException {
        assumeTrue(FileSystems.getDefault().supportedFileAttributeViews().contains("posix"));
        LogFile file = file("a.log", 5, 1);
        write(file, "1234");
        write(file, "5678");
        for (String name : names()) {
            assertEquals(
                    "rw-------",
                    PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(name))),
                    name);
        }
    }

    @Test
    void fullFile_isRenamedAndTheOldestGoes() throws IOException {
        LogFile file = file("a.log", 10, 2);
        for (int i = 1; i <= 9; i++) {
            assertTrue(write(file, "1 + " + i));
        }
        assertEquals("1 + 9\n", content("a.log"));
        assertEquals("1 + 8\n", content("a.log.1"));
        assertEquals("1 + 7\n", content("a.log.2"));
        assertEquals(3, names().size(), () -> "too many files");
    }

    @Test
    void file_neverExceedsItsSize() throws IOException {
        LogFile file = file("a.log", 100, 1);
        for (int i = 0; i < 50; i++) {
            write(file, "a line");
            assertTrue(Files.size(folder.resolve("a.log")) <= 100);
        }
        assertEquals(98, Files.size(folder.resolve("a.log.1")));
    }

    @Test
    void fullFile_isBegunAnewIfNoneIsToBeKept() throws IOException {
        LogFile file = file("a.log", 10, 0);
        write(file, "12345678");
        write(file, "next");
        assertEquals("next\n", content("a.log"));
        assertEquals(1, names().size(), () -> "too many files");
    }

    @Test
    void fullFile_goesOnGrowingIfItCannotBeRenamed() throws IOException {
        Files.createDirectories(folder.resolve("a.log.1/not empty"));
        LogFile file = file("a.log", 10, 1);
        for (int i = 0; i < 5; i++) {
            assertTrue(write(file, "123456"));
        }
        assertEquals(35, Files.size(folder.resolve("a.log")));
        assertEquals(1, warned().split("cannot rename", -1).length - 1, this::warned);
    }

    @Test
    void missingFolder_isWarnedOfOnce() throws IOException {
        LogFile file = file("none/a.log", 10, 1);
        assertFalse(write(file, "x"));
        assertFalse(write(file, "x"));
        assertEquals(1, warned().split("cannot write the log", -1).length - 1, this::warned);
        assertTrue(names().isEmpty());
    }

    @Test
    void nonsenseName_isWarnedOf() {
        assertFalse(write(new LogFile("\0", 10, 1), "x"));
        assertTrue(warned().contains("cannot write the log"), this::warned);
    }

    @Test
    void fullDevice_isWarnedOfOnce() {
        assumeTrue(Files.exists(Paths.get("/dev/full")));
        LogFile file = new LogFile("/dev/full", 10, 1);
        assertFalse(write(file, "x"));
        assertFalse(write(file, "x"));
        assertEquals(1, warned().split("cannot write the log", -1).length - 1, this::warned);
    }

    @Test
    void device_isNeverRenamed() {
        assumeTrue(Files.exists(Paths.get("/dev/null")));
        LogFile file = new LogFile("/dev/null", 1, 1);
        assertTrue(write(file, "x"));
        assertTrue(write(file, "x"));
        assertFalse(Files.exists(Paths.get("/dev/null.1")));
    }

    @Test
    void secondWriter_takesAnotherFileAndSaysSo() throws IOException {
        assertTrue(write(file("a.log", 100, 1), "one"));
        assertTrue(write(file("a.log", 100, 1), "two"));
        assertEquals("one\n", content("a.log"));
        assertEquals("two\n", content("a.log-" + ProcessId.get()));
        assertTrue(warned().contains("another process writes the log"), this::warned);
    }

    @Test
    void name_mayHaveTheProcessId() throws IOException {
        write(file("a-%p.log", 100, 1), "one");
        assertTrue(ProcessId.get().matches("[1-9][0-9]*"), ProcessId.get());
        assertEquals("one\n", content("a-" + ProcessId.get() + ".log"));
    }
}
