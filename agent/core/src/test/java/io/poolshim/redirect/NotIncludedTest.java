package io.poolshim.redirect;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.poolshim.jdbc.JdbcUrl;
import org.junit.jupiter.api.Test;

class NotIncludedTest {
    private static String text(String url) {
        return NotIncluded.text(JdbcUrl.scheme(url));
    }

    @Test
    void text_namesWhatWouldIncludeThem() {
        assertTrue(
                text("jdbc:h2:mem:x").startsWith("jdbc:h2: URLs pass through; -Dpoolshim.include=jdbc:h2:* includes"));
    }

    @Test
    void text_namesNoGlobThatCannotMatch() {
        String told = text("wrp:jdbc:postgresql://host/db");
        assertFalse(told.contains("?"), told);
        assertTrue(told.contains("-Dpoolshim.include= with their beginning and * includes them"), told);
    }
}
