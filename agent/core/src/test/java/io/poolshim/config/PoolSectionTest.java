package io.poolshim.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PoolSectionTest {
    private static final String ORDERS = "jdbc:postgresql://db1/orders";

    private final Properties system = new Properties();
    private final Map<String, String> environment = new HashMap<>();

    private void set(String name, String value) {
        system.setProperty("poolshim." + name, value);
    }

    private Config read(String arguments) {
        return Config.read(system, environment, arguments);
    }

    private String refusal() {
        return assertThrows(ConfigException.class, () -> read(null)).getMessage();
    }

    @Test
    void of_givesTheSectionsValuesBeforeThoseOfAllPools() {
        set("pool.max-size", "20");
        set("pool.overflow", "3");
        Config config = read("pool.orders.url=jdbc:postgresql:*/orders,pool.orders.max-size=5"
                + ",pool.orders.reauthenticate-after=7s");
        Config orders = config.of(ORDERS, "me");
        assertEquals(5, orders.get(Settings.MAX_SIZE));
        assertEquals(Source.ARGUMENT, orders.source(Settings.MAX_SIZE));
        assertEquals(3, orders.get(Settings.OVERFLOW));
        assertEquals(7000, orders.millis(Settings.REAUTHENTICATE_AFTER));
        assertSame(config, config.of("jdbc:postgresql://db1/other", "me"));
        assertEquals(20, config.get(Settings.MAX_SIZE));
        assertEquals(Collections.emptyList(), config.unknown());
    }

    @Test
    void of_takesTheMostSpecificSection() {
        set("pool.a.url", "jdbc:postgresql:*");
        set("pool.a.max-size", "1");
        set("pool.b.url", "jdbc:postgresql://db1/*");
        set("pool.b.max-size", "2");
        set("pool.c.url", "jdbc:postgresql://db1/*");
        set("pool.c.max-size", "3");
        set("pool.d.url", "jdbc:postgresql://db1/*");
        set("pool.d.user", "batch");
        set("pool.d.max-size", "4");
        Config config = read(null);
        assertEquals(1, config.of("jdbc:postgresql://db2/orders", "batch").get(Settings.MAX_SIZE));
        assertEquals(2, config.of(ORDERS, "me").get(Settings.MAX_SIZE));
        assertEquals(4, config.of(ORDERS, "batch").get(Settings.MAX_SIZE));
        assertEquals(10, config.of("jdbc:h2:mem:a", null).get(Settings.MAX_SIZE));
    }

    @Test
    void section_isGivenByVariables() {
        environment.put("POOLSHIM_POOL_BIG_ORDERS_URL", "*orders");
        environment.put("POOLSHIM_POOL_BIG_ORDERS_MAX_SIZE", "50");
        environment.put("POOLSHIM_POOL_BIG_ORDERS_SESSION_LOCK_TIMEOUT", "5s");
        Config config = read(null);
        assertEquals("big-orders", config.sections().get(0).name());
        assertEquals(50, config.of(ORDERS, null).get(Settings.MAX_SIZE));
        assertEquals(
                Collections.singletonMap("lock_timeout", "5s"),
                config.of(ORDERS, null).sessionSettings());
        assertEquals(Collections.emptyList(), config.unknown());
    }

    @Test
    void sessionSettings_areThoseOfAllPoolsAndOfTheSection() {
        set("pool.session.TimeZone", "UTC");
        set("pool.session.statement_timeout", "30s");
        set("pool.session.app.tenant", "none");
        environment.put("POOLSHIM_POOL_SESSION_TIMEZONE", "CET");
        set("pool.orders.url", "*orders");
        set("pool.orders.session.Statement_Timeout", "5s");
        set("pool.orders.session.app.tenant", " ");
        Config config = read("pool.session.statement_timeout=1s,pool.session.lock_timeout=2s");
        assertEquals(
                "{app.tenant=none, lock_timeout=2s, statement_timeout=30s, TimeZone=UTC}",
                config.sessionSettings().toString());
        assertEquals(
                "{lock_timeout=2s, Statement_Timeout=5s, TimeZone=UTC}",
                config.of(ORDERS, null).sessionSettings().toString());
        assertEquals(Collections.emptyList(), config.unknown());
    }

    @Test
    void wrongValue_isRefusedWithTheSectionsName() {
        set("pool.orders.url", "*");
        set("pool.orders.max-size", "0");
        assertEquals(
                "poolshim.pool.orders.max-size=0 (system property) is not permitted; give a number from 1 to 10000 (default"
                        + " 10)",
                refusal());
    }

    @Test
    void relations_areRefusedOnceWithWhatToDo() {
        set("pool.min-idle", "20");
        set("pool.a.url", "*");
        assertEquals(
                "poolshim.pool.min-idle=20 (system property) is more than poolshim.pool.max-size=10 (default); lower it, or"
                        + " raise the other",
                refusal());
        set("pool.max-size", "20");
        set("pool.a.max-size", "19");
        assertTrue(refusal().contains("is more than poolshim.pool.a.max-size=19"), refusal());
        set("pool.a.max-size", "20");
        read(null);
        set("pool.keepalive", "30m");
        assertTrue(refusal().contains("poolshim.pool.keepalive=30m (system property) is not less than"), refusal());
        set("pool.keepalive", "29m");
        read(null);
        set("pool.overflow-wait", "31s");
        assertTrue(refusal().contains("is more than poolshim.pool.borrow-timeout=30s"), refusal());
        system.remove("poolshim.pool.overflow-wait");
        set("pool.borrow-timeout", "1ms"); // below the default of overflow-wait
        read(null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"max-size", "session", "limit"})
    void section_cannotBeCalledLikeASetting(String name) {
        set("pool." + name + ".url", "*");
        assertTrue(refusal().contains("a section cannot be called " + name), refusal());
    }

    @Test
    void warming_needsAUrlOfTheSection() {
        set("pool.a.url", "*/orders");
        set("pool.a.user", "me");
        set("pool.a.warm-password", "geheim,1");
        assertTrue(refusal().contains("are of no use without poolshim.pool.a.warm-url"), refusal());
        set("pool.a.warm-url", ORDERS + "?password=geheim");
        set("pool.a.warm-user", "me");
        assertTrue(refusal().contains("poolshim.pool.a.warm-url and warm-user are not what"), refusal());
        assertFalse(refusal().contains("geheim"));
        set("pool.a.warm-url", ORDERS);
        assertEquals("geheim,1", read(null).of(ORDERS, "me").get(PoolRows.WARM_PASSWORD));
        set("pool.a.warm-user", "you");
        refusal();
    }

    @Test
    void unknown_inASection() {
        set("pool.orders.url", "*");
        set("pool.orders.maxsize", "5");
        set("pool.ordres.max-size", "5");
        set("pool.orders.session.reset", "never");
        set("pool.orders.session.custom-settings", "reset");
        environment.put("POOLSHIM_POOL_ORDERS_OVERFLOWS", "5");
        assertEquals(
                Arrays.asList(
                        "unknown setting poolshim.pool.orders.maxsize is ignored; did you mean poolshim.pool.orders.max-size?",
                        "unknown setting poolshim.pool.orders.session.custom-settings is ignored; did you mean"
                                + " poolshim.session.custom-settings?",
                        "unknown setting poolshim.pool.orders.session.reset is ignored; did you mean"
                                + " poolshim.session.reset?",
                        "unknown setting poolshim.pool.ordres.max-size is ignored; no poolshim.pool.ordres.url says which"
                                + " pools it is for; did you mean poolshim.pool.orders.max-size?",
                        "unknown variable POOLSHIM_POOL_ORDERS_OVERFLOWS is ignored; did you mean"
                                + " POOLSHIM_POOL_ORDERS_OVERFLOW?"),
                read(null).unknownTold());
    }
}
