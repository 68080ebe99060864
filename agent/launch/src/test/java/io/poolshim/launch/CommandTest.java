package io.poolshim.launch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandTest {
    @TempDir
    Path folder;

    @BeforeEach
    @AfterEach
    void forgetWhatWasTriedHere() {
        Seam.prepare(null, null, null);
    }

    private String answerTo(String words) throws IOException {
        Path file = folder.resolve("a,b=c.command"); // a path is not looked into
        Files.write(file, words.getBytes(StandardCharsets.UTF_8));
        PoolshimAgent.agentmain("command=" + file, null);
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"status", "evict\nme@here", "", "command of another version"})
    void command_isAnsweredInItsFile(String words) throws IOException {
        assertEquals("1\nPoolshim is not active in this JVM\npoolshim has answered\n", answerTo(words));
    }

    @Test
    void attach_saysWhyItFails() throws IOException {
        String answer = answerTo("attach\npool.max-size=3"); // there is no agent's jar here, and no JVM to talk to
        assertTrue(answer.startsWith("1\n") && answer.endsWith("\npoolshim has answered\n"), answer);
        assertTrue(answerTo("attach\nmode=off").startsWith("1\npoolshim.mode=off is among the settings given"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"status", "off", "pool"})
    void command_isAnsweredWithWhyTheAgentIsNotHere(String command) throws IOException {
        PoolshimAgent.premain("mode=off", null);
        assertTrue(answerTo(command)
                .startsWith("1\nPoolshim is off in this JVM, by its agent argument mode=off; 'attach'"));
        System.setProperty("poolshim.mode", "off");
        try {
            assertTrue(answerTo(command).startsWith("1\n" + Launch.OFF_FOR_GOOD));
            assertTrue(answerTo("attach\n").startsWith("1\n" + Launch.OFF_FOR_GOOD));
        } finally {
            System.clearProperty("poolshim.mode");
        }
        Seam.notInstalled(new IllegalStateException("nothing works"));
        assertTrue(answerTo(command).startsWith("1\nnot active, the application runs unpooled: "));
        assertTrue(answerTo(command).contains("nothing works"));
    }

    @Test
    void nobodyWaits_noFileIsMade() {
        PrintStream stderr = System.err;
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        Path gone = folder.resolve("gone");
        System.setErr(new PrintStream(written, true));
        try {
            PoolshimAgent.agentmain("command=" + gone, null);
        } finally {
            System.setErr(stderr);
        }
        assertFalse(Files.exists(gone));
        String line = new String(written.toByteArray(), StandardCharsets.UTF_8);
        assertTrue(line.startsWith("[poolshim] cannot take a command from another JVM: "), line);
    }
}
