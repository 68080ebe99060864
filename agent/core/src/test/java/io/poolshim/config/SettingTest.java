package io.poolshim.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingTest {
    private final Setting<Duration> duration = Setting.duration("a.b-c", "5s", "2s", true, "For tests.");
    private final Setting<Integer> number = Setting.number("n", 5, 1, 9, "For tests.");

    @Test
    void names_deriveFromTheKey() {
        assertEquals("a.b-c", duration.key());
        assertEquals("poolshim.a.b-c", duration.property());
        assertEquals("POOLSHIM_A_B_C", duration.environment());
    }

    @ParameterizedTest
    @CsvSource({"2000ms,2000", "30s,30000", "5m,300000", "1h,3600000", "0s,0", "0ms,0", "' 7s ',7000"})
    void parse_durations(String text, long millis) {
        assertEquals(millis, duration.parse(text).toMillis());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1s",
                "1999ms",
                "30",
                "30 s",
                "s",
                "-5s",
                "1.5s",
                "5d",
                "5S",
                "9223372036854775807s",
                "9223372036854775807h",
                "99999999999999999999s"
            })
    void parse_refusesOtherDurationsAndNamesSettingRangeAndDefault(String text) {
        ConfigException thrown = assertThrows(ConfigException.class, () -> duration.parse(text));
        assertEquals(
                "poolshim.a.b-c=" + text
                        + " is not permitted; give a duration (ms, s, m, h) from 2s, or 0s for off (default 5s)",
                thrown.getMessage());
    }

    @Test
    void parse_refusesZeroWhereItIsNotOff() {
        Setting<Duration> notOff = Setting.duration("d", "5s", "1ms", false, "For tests.");
        assertThrows(ConfigException.class, () -> notOff.parse("0s"));
        assertEquals("a duration (ms, s, m, h) from 1ms", notOff.permitted());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "10", "-1", "5.0", "five", "", "99999999999"})
    void parse_refusesOtherNumbers(String text) {
        ConfigException thrown = assertThrows(ConfigException.class, () -> number.parse(text));
        assertEquals(
                "poolshim.n=" + text + " is not permitted; give a number from 1 to 9 (default 5)", thrown.getMessage());
    }

    @Test
    void parse_takesBothEndsOfTheRange() {
        assertEquals(1, number.parse("1"));
        assertEquals(9, number.parse(" 9 "));
        assertEquals(
                "a number from 3",
                Setting.number("m", 3, 3, Integer.MAX_VALUE, "").permitted());
    }

    @Test
    void parse_choicesIgnoreCase() {
        Setting<String> choice = Setting.choice("c", "For tests.", "soft", "hard");
        assertEquals("hard", choice.parse("HARD"));
        assertEquals("soft", choice.defaultText());
        ConfigException thrown = assertThrows(ConfigException.class, () -> choice.parse("medium"));
        assertTrue(thrown.getMessage().contains("one of soft, hard (default soft)"), thrown.getMessage());
    }

    @ParameterizedTest
    @CsvSource({"200kB,200000", "3MB,3000000", "3,3000000", "100kB,100000"})
    void parse_sizes(String text, long bytes) {
        assertEquals(bytes, Setting.size("s", "1MB", "100kB", "For tests.").parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"99kB", "0", "MB", "1 MB", "1GB", "-1", "1.5MB", "9223372036854775807MB"})
    void parse_refusesOtherSizes(String text) {
        ConfigException thrown = assertThrows(
                ConfigException.class,
                () -> Setting.size("s", "1MB", "100kB", "For tests.").parse(text));
        assertTrue(
                thrown.getMessage().contains("a size (kB, MB; a plain number is MB) from 100kB"), thrown.getMessage());
    }

    @Test
    void parse_durationsThatAreNotGivenByDefault() {
        Setting<Duration> optional = Setting.optionalDuration("o", "", "For tests.");
        assertEquals("", optional.defaultText());
        assertEquals(Duration.ZERO, optional.parse("0s"));
        assertEquals(Duration.ofMillis(1), optional.parse("1ms"));
        assertThrows(ConfigException.class, () -> optional.parse("off"));
        assertThrows(ConfigException.class, () -> optional.parse("9223372036854775807s"));
    }
}
