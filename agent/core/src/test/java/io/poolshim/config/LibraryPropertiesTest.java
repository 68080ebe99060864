package io.poolshim.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LibraryPropertiesTest {
    private static final String HIKARI = "com.zaxxer.hikari.aliveBypassWindowMs";
    private static final String SLF4J = "slf4j.provider";

    @AfterEach
    void clear() {
        System.clearProperty(HIKARI);
        System.clearProperty(SLF4J);
        System.clearProperty("com.zaxxer.hikari.blockUntilFilled");
        System.clearProperty("hikaricp.configurationFile");
    }

    @Test
    void getProperty_hidesWhatTheApplicationSetsForItsOwnCopies() {
        System.setProperty("hikaricp.configurationFile", "/etc/application/hikari.properties");
        System.setProperty(SLF4J, "application.Provider");
        assertNull(LibraryProperties.getProperty("hikaricp.configurationFile"));
        assertNull(LibraryProperties.getProperty(SLF4J));
        assertEquals("fallback", LibraryProperties.getProperty(SLF4J, "fallback"));
    }

    @Test
    void getProperty_showsThePlatformsOwn() {
        assertEquals(System.getProperty("java.version"), LibraryProperties.getProperty("java.version"));
        assertEquals("x", LibraryProperties.getProperty("no.such.property", "x"));
    }

    @Test
    void prometheus_findsAndLeavesNothing() {
        assertTrue(LibraryProperties.getProperties().isEmpty());
        assertTrue(LibraryProperties.getenv().isEmpty());
        assertNull(LibraryProperties.getenv("PATH"));
        assertNull(LibraryProperties.setProperty("sun.net.httpserver.maxReqTime", "60"));
        assertNull(System.getProperty("sun.net.httpserver.maxReqTime"));
    }

    @Test
    void numbersAndFlags_areTheAgentsOwn() {
        System.setProperty(HIKARI, "1");
        System.setProperty("com.zaxxer.hikari.blockUntilFilled", "true");
        assertEquals(Long.MAX_VALUE, LibraryProperties.getLong(HIKARI, 500));
        assertEquals(5_000, LibraryProperties.getLong("com.zaxxer.hikari.housekeeping.periodMs", 30_000));
        assertEquals(42, LibraryProperties.getLong("another", 42));
        assertEquals(7, LibraryProperties.getInteger("another", 7));
        assertFalse(LibraryProperties.getBoolean("com.zaxxer.hikari.blockUntilFilled"));
    }
}
