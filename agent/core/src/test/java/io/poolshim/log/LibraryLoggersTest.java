package io.poolshim.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ConnectException;
import java.net.UnknownHostException;
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

    private static void failToExport(String what, Throwable thrown) {
        LibraryLoggers.getLogger("io.opentelemetry.exporter.Test")
                .log(Level.WARNING, "Failed to export " + what + ". The request could not be executed.", thrown);
    }

    @Test
    void exportThatIsRefused_namesAddressAndSettings() {
        failToExport("tests", new ConnectException("Failed to connect to localhost/127.0.0.1:4318"));
        assertTrue(written().contains("Nothing answers at localhost/127.0.0.1:4318"), written());
        assertTrue(written().contains("otel.exporter.otlp.endpoint"), written());
        assertTrue(written().contains("otel.traces.exporter=none"), written());
        assertTrue(written().contains("poolshim.telemetry=off"), written());
    }

    @Test
    void exportThatFails_quotesNoMessage() {
        failToExport("quotations", new ConnectException("Failed to connect to http://me:s3cret@host"));
        failToExport("names", new UnknownHostException("me:s3cret@host"));
        failToExport("others", new IOException("s3cret"));
        assertFalse(written().contains("s3cret"), written());
        assertTrue(written().contains("Nothing answers (java.net.ConnectException)"), written());
        assertTrue(written().contains("The host is not known (java.net.UnknownHostException)"), written());
        assertEquals(3, lines().length);
    }
}
