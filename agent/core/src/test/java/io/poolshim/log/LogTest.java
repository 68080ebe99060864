package io.poolshim.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LogTest {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final PrintStream stderr = System.err;

    @BeforeEach
    void capture() {
        System.setErr(new PrintStream(written, true));
    }

    private String written() {
        return new String(written.toByteArray(), StandardCharsets.UTF_8);
    }

    @AfterEach
    void restore() {
        System.setErr(stderr);
        Log.setLevel("info");
        Log.onSwallowed((doing, error) -> {});
    }

    private String[] lines() {
        String text = written();
        return text.isEmpty() ? new String[0] : text.split("\\R");
    }

    @Test
    void lines_standAloneWithTheAgentsName() {
        Log.warn("something is odd");
        Log.info("something is so");
        Log.debug("nobody wants to know");
        assertEquals("[poolshim] something is odd", lines()[0]);
        assertEquals("[poolshim] something is so", lines()[1]);
        assertEquals(2, lines().length);
    }

    @Test
    void setLevel_silencesWhatIsLessSevere() {
        Log.setLevel("error");
        Log.warn("x");
        assertEquals(0, lines().length);
        Log.setLevel("Debug");
        assertTrue(Log.isDebug());
        Log.debug("x");
        assertEquals(1, lines().length);
    }

    @Test
    void once_saysALineOnceWhateverItsNumbers() {
        Log.once(Log.Level.WARN, "LogTest: 17 of 3 failed");
        Log.once(Log.Level.WARN, "LogTest: 18 of 4 failed");
        Log.once(Log.Level.WARN, "LogTest: all failed");
        assertEquals(2, lines().length);
    }

    @Test
    void swallowed_countsEachAndSaysEachCauseOnceWithoutItsMessage() {
        long before = Log.swallowedCount();
        for (int i = 0; i < 3; i++) {
            Log.swallowed("testing", new IllegalStateException("password=s3cret " + i));
        }
        Log.swallowed("testing elsewhere", new Error("s3cret"));
        assertEquals(before + 4, Log.swallowedCount());
        assertEquals(2, lines().length);
        assertTrue(lines()[0].contains("swallowed while testing: java.lang.IllegalStateException at "), lines()[0]);
        assertFalse(written().contains("s3cret"));
    }

    @Test
    void swallowed_showsStacksWithoutMessagesAtDebug() {
        Log.setLevel("debug");
        Exception cause = new Exception("s3cret");
        IllegalStateException error = new IllegalStateException("s3cret", cause);
        cause.initCause(error);
        Log.swallowed("testing for debugging", error);
        assertTrue(written().contains("[poolshim] thrown: java.lang.IllegalStateException"), written());
        assertTrue(written().contains("[poolshim] caused by: java.lang.Exception"), written());
        assertTrue(written().contains("    at " + LogTest.class.getName()), written());
        assertFalse(written().contains("s3cret"), written());
    }

    @Test
    void swallowed_survivesAnErrorWithoutStack() {
        Log.swallowed("testing without a stack", new Error("x", null, false, false) {
            private static final long serialVersionUID = 1L;
        });
        assertTrue(lines()[0].contains("an unknown place"), lines()[0]);
    }

    @Test
    void onSwallowed_isToldOfEach() {
        StringBuilder told = new StringBuilder();
        Log.onSwallowed((doing, error) ->
                told.append(doing).append(' ').append(error.getMessage()).append(';'));
        Log.swallowed("testing a listener", new Error("one"));
        Log.swallowed("testing a listener", new Error("two"));
        assertEquals("testing a listener one;testing a listener two;", told.toString());
    }

    @Test
    void onSwallowed_mayFail() {
        long before = Log.swallowedCount();
        Log.onSwallowed((doing, error) -> {
            throw new IllegalStateException();
        });
        Log.swallowed("testing a broken listener", new Error("one"));
        assertEquals(before + 2, Log.swallowedCount());
    }
}
