package io.poolshim.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class ConfigTest {
    private final Properties system = new Properties();
    private final Map<String, String> environment = new HashMap<>();

    private Config read(String arguments) {
        return Config.read(system, environment, arguments);
    }

    @Test
    void read_withoutAnythingGivesDefaults() {
        Config config = read(null);
        assertEquals(10, config.get(Settings.MAX_SIZE));
        assertEquals(250, config.millis(Settings.OVERFLOW_WAIT));
        assertEquals(30 * 60_000, config.millis(Settings.MAX_LIFETIME));
        assertTrue(config.is(Settings.LIMIT, "soft"));
        assertEquals(null, config.get(Settings.REPORT));
        assertEquals(Collections.emptyList(), config.list(Settings.EXCLUDE));
        assertEquals(Collections.emptyList(), config.unknown());
    }

    @Test
    void read_prefersSystemPropertiesToEnvironmentToArguments() {
        assertEquals(3, read("pool.max-size=3").get(Settings.MAX_SIZE));
        environment.put("POOLSHIM_POOL_MAX_SIZE", "2");
        assertEquals(2, read("pool.max-size=3").get(Settings.MAX_SIZE));
        system.setProperty("poolshim.pool.max-size", "1");
        assertEquals(1, read("pool.max-size=3").get(Settings.MAX_SIZE));
    }

    @Test
    void read_takesDefaultsOfPropertiesAndBlankForNothing() {
        Properties inherited = new Properties(system);
        system.setProperty("poolshim.pool.max-size", "7");
        inherited.setProperty("poolshim.pool.overflow", " ");
        Config config = Config.read(inherited, environment, "");
        assertEquals(7, config.get(Settings.MAX_SIZE));
        assertEquals(10, config.get(Settings.OVERFLOW));
    }

    @Test
    void read_understandsSeveralArgumentsAndListsInThem() {
        Config config = read("mode=OFF, include=jdbc:a:*;jdbc:b:* ,pool.idle-timeout=1m,report=/tmp/a=b.json");
        assertTrue(config.is(Settings.MODE, "off"));
        assertEquals(Arrays.asList("jdbc:a:*", "jdbc:b:*"), config.list(Settings.INCLUDE));
        assertEquals(60_000, config.millis(Settings.IDLE_TIMEOUT));
        assertEquals("/tmp/a=b.json", config.get(Settings.REPORT));
    }

    @Test
    void read_splitsListsAtCommas() {
        system.setProperty("poolshim.exclude", " jdbc:a:* , jdbc:b:*,jdbc:c:? ");
        assertEquals(
                Arrays.asList("jdbc:a:*", "jdbc:b:*", "jdbc:c:?"), read(null).list(Settings.EXCLUDE));
    }

    @Test
    void read_refusesAnArgumentWithoutValue() {
        ConfigException thrown = assertThrows(ConfigException.class, () -> read("mode"));
        assertTrue(thrown.getMessage().contains("'mode'"), thrown.getMessage());
        assertThrows(ConfigException.class, () -> read("=off"));
    }

    @Test
    void read_refusesAWrongValueWhereverItComesFrom() {
        environment.put("POOLSHIM_POOL_LIMIT", "medium");
        ConfigException thrown = assertThrows(ConfigException.class, () -> read(null));
        assertTrue(thrown.getMessage().startsWith("poolshim.pool.limit=medium "), thrown.getMessage());
        assertThrows(ConfigException.class, () -> Config.read(system, Collections.emptyMap(), "pool.max-size=many"));
    }

    @Test
    void unknown_namesWhatNoSettingHas() {
        system.setProperty("poolshim.pool.maxsize", "5");
        system.setProperty("poolshimmer", "5");
        system.setProperty("other", "5");
        Config config = read("pool.min-size=1");
        assertEquals(Arrays.asList("poolshim.pool.maxsize", "poolshim.pool.min-size"), config.unknown());
        assertFalse(config.unknown().contains("poolshimmer"));
    }

    @Test
    void unknownTold_namesTheNearest() {
        system.setProperty("poolshim.pool.maxsize", "5");
        system.setProperty("poolshim.max-size", "5");
        system.setProperty("poolshim.what-is-this", "5");
        system.setProperty("poolshim.pool.a\nb", "5");
        assertEquals(
                Arrays.asList(
                        "unknown setting poolshim.max-size is ignored; did you mean poolshim.pool.max-size?",
                        "unknown setting poolshim.pool.a?b is ignored",
                        "unknown setting poolshim.pool.maxsize is ignored; did you mean poolshim.pool.max-size?",
                        "unknown setting poolshim.what-is-this is ignored"),
                read(null).unknownTold());
    }

    @Test
    void unknownTold_leavesVariablesOfOthersAlone() {
        for (String name : new String[] {"JDKS", "HOME", "PORT", "SERVICE_HOST", "PORT_8080_TCP", "VERSION"}) {
            environment.put("POOLSHIM_" + name, "x");
        }
        assertEquals(Collections.emptyList(), read(null).unknownTold());
        environment.put("POOLSHIM_MAX_SIZE", "5");
        environment.put("POOLSHIM_POOL_WHATEVER_IT_IS", "5");
        environment.put("POOLSHIM_TELEMETRIE", "off");
        assertEquals(
                Arrays.asList(
                        "unknown variable POOLSHIM_MAX_SIZE is ignored; did you mean POOLSHIM_POOL_MAX_SIZE?",
                        "unknown variable POOLSHIM_POOL_WHATEVER_IT_IS is ignored",
                        "unknown variable POOLSHIM_TELEMETRIE is ignored; did you mean POOLSHIM_TELEMETRY?"),
                read(null).unknownTold());
    }

    @Test
    void unknownTold_endsSomewhere() {
        for (int i = 0; i < 100; i++) {
            system.setProperty("poolshim.unknown." + i, "x");
        }
        assertEquals(21, read(null).unknownTold().size());
        assertEquals(
                "80 more unknown settings are ignored", read(null).unknownTold().get(20));
    }

    @Test
    void read_tellsAllThatIsWrongButNotForEver() {
        int i = 0;
        for (Setting<?> setting : Settings.ALL) {
            if (!setting.defaultText().isEmpty() && i++ < 12) {
                system.setProperty(setting.property(), "x\ny");
            }
        }
        String message = assertThrows(ConfigException.class, () -> read(null)).getMessage();
        assertTrue(message.endsWith(". There are 2 more"), message);
        assertTrue(message.contains("poolshim.mode=x?y (system property) is not permitted"), message);
    }

    @Test
    void read_tellsMisspeltNamesBesideWhatIsWrong() {
        system.setProperty("poolshim.mod", "off");
        String message = assertThrows(ConfigException.class, () -> read("pool.overflow=-1"))
                .getMessage();
        assertTrue(message.startsWith("poolshim.pool.overflow=-1 (agent argument) is not permitted; "), message);
        assertTrue(
                message.endsWith(". Also: unknown setting poolshim.mod is ignored; did you mean poolshim.mode?"),
                message);
    }

    /** Those elsewhere are told where the agent runs. */
    @Test
    void unknownArguments_areThoseAlone() {
        system.setProperty("poolshim.mod", "off");
        environment.put("POOLSHIM_MAX_SIZE", "5");
        assertEquals(Collections.emptyList(), read("pool.max-size=3").unknownArguments());
        assertEquals(
                Collections.singletonList(
                        "unknown setting poolshim.pool.max-sise is ignored; did you mean poolshim.pool.max-size?"),
                read("pool.max-sise=3").unknownArguments());
    }

    @Test
    void unknownTold_saysWhatNamesOfPoolsAreMadeOf() {
        system.setProperty("poolshim.pool.Orders.url", "*");
        system.setProperty("poolshim.pool.my_orders.max-size", "3");
        String only = " is ignored; names of pools have only a-z, 0-9 and -; did you mean poolshim.pool.";
        assertEquals(
                Arrays.asList(
                        "unknown setting poolshim.pool.Orders.url" + only + "orders.url?",
                        "unknown setting poolshim.pool.my_orders.max-size" + only + "my-orders.max-size?"),
                read(null).unknownTold());
    }

    @Test
    void arguments_mayHaveThePrefixAndSemicolons() {
        Config config = read("poolshim.pool.max-size=3,report=/tmp/a;b");
        assertEquals(3, config.get(Settings.MAX_SIZE));
        assertEquals("/tmp/a;b", config.get(Settings.REPORT));
        assertEquals(Collections.emptyList(), config.unknown());
    }

    /** The rest of a password may look like an argument. */
    @Test
    void arguments_doNotTellTheRestOfASecret() {
        for (String rest : new String[] {"geheim", "geheim=1", "=geheim", "poolshim.geheim=x"}) {
            ConfigException thrown =
                    assertThrows(ConfigException.class, () -> read("pool.a.url=*,pool.a.warm-password=x," + rest));
            assertEquals(
                    "what follows the agent argument pool.a.warm-password is no setting; a value with a comma in it is to be"
                            + " given in another way",
                    thrown.getMessage());
        }
        String between = "pool.a.url=*,pool.a.warm-url=jdbc:x,pool.a.warm-password=x,pool.a.max-size=3";
        assertEquals(3, read(between).of("jdbc:x", null).get(Settings.MAX_SIZE));
        ConfigException thrown = assertThrows(ConfigException.class, () -> read("x?password=geheim,password:geheim"));
        assertFalse(thrown.getMessage().contains("?password=geheim"), thrown.getMessage());
    }
}
