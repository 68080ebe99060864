package io.poolshim.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class OptionsTest {
    @Test
    void help_namesTheDefaultsAndTheLargestPool() throws IOException {
        Options defaults = Options.defaults();
        assertTrue(Options.help().contains("(" + defaults.seconds() + ")"));
        assertTrue(Options.help().contains("(" + defaults.users() + ")"));
        assertTrue(Options.help().contains("(" + defaults.seed() + ")"));
        assertTrue(Options.help().contains("1 to " + Options.LARGEST_POOL + " (" + defaults.pool() + ")"));
        assertTrue(Options.help().contains(defaults.warmUp().toSeconds() + " s"));
    }

    @Test
    void poolAndOverflow_stayBelowWhatTheServerHas() {
        for (int pool = 1; pool <= Options.LARGEST_POOL; pool++) {
            Options options = Options.parse("--pool", Integer.toString(pool));
            assertTrue(options.overflow() > 0);
            assertTrue(options.pool() + options.overflow() < Options.USABLE_CONNECTIONS);
        }
    }

    @Test
    void overflow_isSixForTheDefaultPool() {
        assertEquals(6, Options.defaults().overflow());
    }

    @Test
    void ui_takesNoNumberAndLeavesTheOthersAsTheyAre() throws IOException {
        assertFalse(Options.defaults().ui());
        Options options = Options.parse("--users", "7", "--ui", "--pool", "3");
        assertTrue(options.ui());
        assertEquals(7, options.users());
        assertEquals(3, options.pool());
        assertTrue(Options.parse("--ui", "--help").wantsHelp());
        assertTrue(Options.help().contains("--ui "));
        assertTrue(Options.help().contains("port " + Zipkin.PORT));
    }

    @Test
    void observe_takesNoNumber() throws IOException {
        assertFalse(Options.defaults().observe());
        Options options = Options.parse("--observe", "--users", "7");
        assertTrue(options.observe());
        assertEquals(7, options.users());
        assertTrue(Options.help().contains("--observe "));
    }

    @Test
    void nonsense_isRefused() {
        assertThrows(IllegalArgumentException.class, () -> Options.parse("--pool", "16"));
        assertThrows(IllegalArgumentException.class, () -> Options.parse("--users", "many"));
        assertThrows(IllegalArgumentException.class, () -> Options.parse("--seconds"));
        assertThrows(IllegalArgumentException.class, () -> Options.parse("--ui", "1"));
        assertThrows(IllegalArgumentException.class, () -> Options.parse("--verbose", "1"));
    }
}
