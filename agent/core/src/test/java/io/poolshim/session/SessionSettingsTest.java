package io.poolshim.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.poolshim.config.Config;
import java.util.Collections;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** What a login and a session are told by the operator. */
class SessionSettingsTest {
    private static SessionSettings of(String... settings) {
        Properties properties = new Properties();
        for (int i = 0; i < settings.length; i += 2) {
            properties.setProperty("poolshim.pool." + settings[i], settings[i + 1]);
        }
        return SessionSettings.of(Config.read(properties, Collections.emptyMap(), null));
    }

    @Test
    void nothing_isGivenByDefault() {
        assertSame(SessionSettings.NONE, of());
        assertNull(SessionSettings.NONE.options("-c a=b"));
        assertTrue(SessionSettings.NONE.isEmpty());
    }

    @Test
    void options_areWhatTheServerReadsAsTheValues() {
        SessionSettings session = of("session.lock_timeout", "5s", "session.app.path", "a b\\c d");
        assertEquals("-c app.path=a\\ b\\\\c\\ d -c lock_timeout=5s", session.options(null));
        assertTrue(session.isEmpty(), "nothing is said after the login");
    }

    @Test
    void options_ofTheRequestComeLastAndSoWin() {
        assertEquals(
                "-c lock_timeout=5s -c lock_timeout=6s",
                of("session.lock_timeout", "5s").options("-c lock_timeout=6s"));
        assertEquals("-c lock_timeout=5s", of("session.lock_timeout", "5s").options(" "));
    }

    @Test
    void settingsOfTheDriver_areLeftToIt() {
        SessionSettings session = of("session.datestyle", "German", "session.application_name", "x");
        assertNull(session.options(null));
    }

    @Test
    void timeZone_isSaidAfterTheLogin() {
        SessionSettings session = of("session.TIMEZONE", "Asia/Tokyo");
        assertNull(session.options(null));
        assertEquals("Asia/Tokyo", session.timeZone());
        assertFalse(session.isEmpty());
        session.timeZoneIsRefused();
        assertNull(session.timeZone());
        assertTrue(session.isEmpty());
    }

    @Test
    void refusedSettings_areNotSaidAgain() {
        SessionSettings session = of("session.lock_timeout", "soon");
        assertFalse(session.areRefused("28P01"));
        assertEquals("-c lock_timeout=soon", session.options(null));
        assertTrue(session.areRefused("22023"));
        assertNull(session.options("-c own=1"));
    }

    @Test
    void queryTimeout_isInWholeSecondsAndNeverShorter() {
        assertEquals(2, of("query-timeout", "1001ms").queryTimeout());
        assertEquals(1, of("query-timeout", "1s").queryTimeout());
    }
}
