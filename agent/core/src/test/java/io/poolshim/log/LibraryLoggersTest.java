package io.poolshim.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LibraryLoggersTest {
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
    }

    private String[] lines() {
        return written().split("\\R");
    }

    @Test
    void getLogger_writesWarningsOnceToTheLogAndIsUnknownToTheApplication() {
        Logger logger = LibraryLoggers.getLogger("io.opentelemetry.LogTest");
        logger.log(Level.WARNING, "LogTest: cannot export to {0}", "http://me:s3cret@host");
        logger.log(Level.WARNING, "LogTest: cannot export to {0}", "http://me:s3cret@host");
        logger.info("not wanted");
        assertEquals(1, lines().length);
        assertFalse(written().contains("s3cret"));
        assertEquals(null, LogManager.getLogManager().getLogger("io.opentelemetry.LogTest"));
    }

    @Test
    void getLogger_letsTheConsoleExporterWrite() {
        LibraryLoggers.getLogger("io.opentelemetry.exporter.logging.Test").info("a span");
        LibraryLoggers.getLogger("io.opentelemetry.exporter.logging.Test").info("a span");
        assertEquals(2, lines().length);
        assertEquals("[poolshim] a span", lines()[0]);
    }
}
