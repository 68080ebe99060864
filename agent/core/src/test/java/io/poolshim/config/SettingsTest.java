package io.poolshim.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Field;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The table of settings, row by row. */
class SettingsTest {
    @Test
    void all_hasEveryRowOnce() throws IllegalAccessException {
        int rows = 0;
        for (Field field : Settings.class.getFields()) {
            if (field.getType() == Setting.class) {
                rows++;
                assertTrue(Settings.ALL.contains(field.get(null)), field.getName());
            }
        }
        assertEquals(rows, Settings.ALL.size());
    }

    @Test
    void all_haveDifferentNames() {
        Set<String> names = new HashSet<>();
        for (Setting<?> setting : Settings.ALL) {
            assertTrue(names.add(setting.key()), setting.key());
            assertTrue(names.add(setting.environment()), setting.environment());
        }
    }

    @Test
    void all_defaultsAreThemselvesPermitted() {
        for (Setting<?> setting : Settings.ALL) {
            if (!setting.defaultText().isEmpty()) {
                setting.parse(setting.defaultText());
            }
        }
    }

    @Test
    void all_areDescribed() {
        for (Setting<?> setting : Settings.ALL) {
            assertTrue(setting.meaning().endsWith("."), setting.key());
            assertFalse(setting.permitted().isEmpty(), setting.key());
            assertTrue(setting.key().matches("[a-z]+([.-][a-z]+)*"), setting.key());
        }
    }
}
