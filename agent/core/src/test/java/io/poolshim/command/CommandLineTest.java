package io.poolshim.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandLineTest {
    private static final Path DOCUMENT = Paths.get("..", "..", "docs", "attach.md");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... args) {
        return CommandLine.run(args, new File("poolshim.jar"), "1.2", new PrintStream(out), new PrintStream(err));
    }

    private static String text(ByteArrayOutputStream bytes) {
        return new String(bytes.toByteArray(), StandardCharsets.UTF_8);
    }

    @Test
    void help_isWhatTheDocumentationSays() throws Exception {
        assertEquals(0, run("--help"));
        String document = new String(Files.readAllBytes(DOCUMENT), StandardCharsets.UTF_8);
        String[] blocks = document.split("```\n?");
        assertEquals(text(out), blocks[1], "docs/attach.md begins with another help");
    }

    @Test
    void version_isThatOfTheJar() {
        assertEquals(0, run("--version"));
        assertEquals("Poolshim 1.2", text(out).trim());
    }

    @Test
    void printSettings_failsWhereTheyWouldBeRefused() {
        assertEquals(0, run("--print-settings", "pool.max-size=3", "pool.overflow=2"));
        assertEquals(CommandLine.FAILED, run("--print-settings", "pool.overflow=-1"));
        assertTrue(text(out).contains("\n# The application would run unpooled: poolshim.pool.overflow=-1 "), text(out));
    }

    @ParameterizedTest
    @CsvSource({
        "'', java -jar poolshim.jar attach PID",
        "statsu 1, did you mean 'status'?",
        "frobnicate 1, there is no command 'frobnicate'. See --help",
        "list all, 'list' takes no 'all'",
        "attach, 'attach' needs the number of a process",
        "attach me, 'attach' needs the number of a process",
        "status 1 orders, 'status' takes no 'orders'",
        "evict 1 orders more, 'evict' takes no 'more'",
        "resize 1, needs a number of connections",
        "resize 1 all, needs a number of connections",
        "resize 1 2 orders more, 'resize' takes no 'more'"
    })
    void wrongCommand_isAnsweredWithWhatIsRight(String command, String answer) {
        assertEquals(CommandLine.MISUSED, command.isEmpty() ? run() : run(command.split(" ")));
        assertEquals("", text(out));
        assertTrue(text(err).contains(answer), text(err));
    }
}
