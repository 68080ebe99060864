package io.poolshim.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Properties;
import org.junit.jupiter.api.Test;

/** Whatever it cannot compare quickly must count as different. */
class PlainPropertiesTest {
    private static Properties properties(String... pairs) {
        Properties properties = new Properties();
        for (int i = 0; i < pairs.length; i += 2) {
            properties.setProperty(pairs[i], pairs[i + 1]);
        }
        return properties;
    }

    private static PlainProperties plain(String... pairs) {
        return new PlainProperties(properties(pairs));
    }

    @Test
    void isWhatIsIn_comparesNamesAndValues() {
        PlainProperties plain = plain("user", "me", "password", "secret");
        assertTrue(plain.isWhatIsIn(properties("password", "secret", "user", "me")));
        assertFalse(plain.isWhatIsIn(properties("password", "other", "user", "me")));
        assertFalse(plain.isWhatIsIn(properties("user", "me")));
        assertFalse(plain.isWhatIsIn(properties("user", "me", "password", "secret", "ssl", "true")));
    }

    @Test
    void isWhatIsMadeOf_takesNothingButUserAndPassword() {
        assertTrue(plain("user", "me", "password", "secret").isWhatIsMadeOf("me", "secret"));
        assertFalse(plain("user", "me", "password", "secret").isWhatIsMadeOf("me", "other"));
        assertFalse(plain("user", "me", "password", "secret").isWhatIsMadeOf("secret", "me"));
        assertFalse(plain("user", "me").isWhatIsMadeOf("me", "secret"));
        assertFalse(plain("user", "me", "passwort", "secret").isWhatIsMadeOf("me", "secret"));
        assertFalse(plain("user", "me", "password", "secret", "ssl", "true").isWhatIsMadeOf("me", "secret"));
    }

    @Test
    void equals_looksAtWhatIsInThem() {
        assertEquals(plain("a", "1", "b", "2"), plain("b", "2", "a", "1"));
        assertNotEquals(plain("a", "1"), plain("a", "2"));
        assertNotEquals(plain("a", "1"), plain("b", "1"));
    }
}
