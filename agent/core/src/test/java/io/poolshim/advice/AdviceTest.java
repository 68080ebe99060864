package io.poolshim.advice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.poolshim.config.Config;
import io.poolshim.jdbc.ConnectRequest;
import io.poolshim.jdbc.Login;
import io.poolshim.log.JsonWriter;
import io.poolshim.observe.DriverNames;
import io.poolshim.observe.LoanUse;
import io.poolshim.observe.Uses;
import io.poolshim.pool.AgentThreads;
import io.poolshim.pool.ConnectionPool;
import io.poolshim.pool.Neighbourhood;
import io.poolshim.pool.PoolListener;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AdviceTest {
    private static final long MILLI = 1_000_000;
    private static final Config OBSERVE = Config.read(new Properties(), Collections.emptyMap(), "mode=observe");

    private final ScheduledThreadPoolExecutor scheduler = AgentThreads.scheduler();
    private final Uses uses = new Uses(caller -> caller == null ? "a place" : caller.getSimpleName());
    private final DriverNames names = new DriverNames();
    private final ConnectionPool shop = pool("app", "shop");
    private final ConnectionPool audit = pool("auditor", "audit");

    private ConnectionPool pool(String user, String database) {
        return poolBy(user, "jdbc:postgresql://db:5432/" + database);
    }

    private ConnectionPool poolBy(String user, String url) {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        return new ConnectionPool(
                Login.of(new ConnectRequest(url, properties, null), "jdbc:postgresql:", 0),
                OBSERVE,
                scheduler,
                new PoolListener() {},
                new Neighbourhood(100, () -> {}));
    }

    @AfterEach
    void end() {
        scheduler.shutdownNow();
    }

    private LoanUse ask(ConnectionPool pool) {
        return uses.asked(pool, null, false);
    }

    /** So many at the same time, each with a login of 10 and a hold of 5 milliseconds. */
    private void overlap(ConnectionPool pool, int many, String... statements) {
        List<LoanUse> loans = new ArrayList<>();
        for (int i = 0; i < many; i++) {
            LoanUse loan = ask(pool);
            loan.opened(10 * MILLI);
            for (String sql : statements) {
                loan.sends(sql);
            }
            loans.add(loan);
        }
        loans.forEach(loan -> loan.ended(5 * MILLI));
    }

    private PoolAdvice advice(ConnectionPool pool) {
        return new PoolAdvice(PoolFacts.observed(uses.of(pool)));
    }

    private List<PoolAdvice> all(ConnectionPool... pools) {
        List<PoolAdvice> all = new ArrayList<>();
        for (ConnectionPool pool : pools) {
            all.add(advice(pool));
        }
        return all;
    }

    private String text(ConnectionPool... pools) {
        List<PoolAdvice> all = all(pools);
        return new AdviceText(all, new SettingLines(all, OBSERVE), names, Collections.emptyMap()).text();
    }

    @Test
    void size_isWhatAllButOneInAThousandNeed() {
        for (int i = 0; i < 1_000; i++) {
            overlap(shop, 4);
        }
        overlap(shop, 8); // four of 4008 find more than three
        PoolAdvice advice = advice(shop);
        assertEquals(4, advice.maxSize);
        assertEquals(4, advice.overflow);
        assertEquals(PoolAdvice.Worth.YES, advice.worth);
        assertTrue(text(shop).contains("-Dpoolshim.mode=pool -Dpoolshim.pool.max-size=4 -Dpoolshim.pool.overflow=4"));
    }

    @Test
    void size_staysBelowWhatTheServerGave() {
        for (int i = 0; i < 10; i++) {
            overlap(shop, 17);
        }
        LoanUse refused = ask(shop);
        refused.refused(new SQLException("too many", "53300"));
        refused.ended(0);
        PoolAdvice advice = advice(shop);
        assertEquals(12, advice.maxSize);
        assertEquals(4, advice.overflow);
        assertTrue(text(shop).contains("the most it gave was 17"), text(shop));
    }

    @Test
    void fewConnections_tellNothing() {
        overlap(shop, 3);
        assertEquals(PoolAdvice.Worth.UNKNOWN, advice(shop).worth);
        assertTrue(text(shop).contains("settings: none to be advised"), text(shop));
    }

    @Test
    void sessionsThatNoResetRestores_makePoolingBringLittle() {
        for (int i = 0; i < 30; i++) {
            overlap(shop, 1, "SET app.tenant = 'secret'");
        }
        assertEquals(PoolAdvice.Worth.LITTLE, advice(shop).worth);
        String text = text(shop);
        assertTrue(text.contains("pooling would bring little: nearly every session"), text);
        assertTrue(text.contains("custom-settings=reset"), text);
        assertFalse(text.contains("secret"), text);
    }

    @Test
    void longHolds_makePoolingBringLittle() {
        for (int i = 0; i < 30; i++) {
            LoanUse loan = ask(shop);
            loan.opened(MILLI);
            loan.ended(20_000 * MILLI);
        }
        assertTrue(advice(shop).why.contains("held for much longer"), advice(shop).why);
        assertTrue(text(shop).contains("held for up to 20 s"), text(shop));
    }

    @Test
    void aLoginThatComesOnce_isExcluded() {
        for (int i = 0; i < 30; i++) {
            overlap(shop, 2);
        }
        overlap(audit, 1);
        String text = text(shop, audit);
        assertTrue(text.contains("-Dpoolshim.exclude='jdbc:postgresql://db:5432/audit*'"), text);
        assertTrue(text.contains("\npoolshim.exclude=jdbc:postgresql://db:5432/audit*\n"), text);
    }

    @Test
    void aLoginThatComesOnce_isNotExcludedWithOthersOfALongerName() {
        ConnectionPool audits = pool("auditor", "audits");
        for (int i = 0; i < 30; i++) {
            overlap(audits, 2);
        }
        overlap(audit, 1);
        assertFalse(text(audits, audit).contains("exclude"), text(audits, audit));
    }

    @Test
    void cleanSessions_mayBeLeftUnreset() {
        for (int i = 0; i < 30; i++) {
            overlap(shop, 2, "SELECT 1");
        }
        assertTrue(text(shop).contains("perhaps also: -Dpoolshim.session.reset=proven"), text(shop));
        overlap(shop, 1, "LISTEN news");
        assertFalse(text(shop).contains("proven"), text(shop));
    }

    @Test
    void json_isOneObject() {
        overlap(shop, 2);
        names.note("com.example.Loader", Collections.singletonMap("org.postgresql.PGConnection", setOf("getCopyAPI")));
        JsonWriter json = new JsonWriter();
        List<PoolAdvice> all = all(shop);
        new AdviceJson(all, new SettingLines(all, OBSERVE), names).appendTo(json);
        assertTrue(json.toString().startsWith("{\"pools\":[{\"name\":\"app@db:5432/shop\""), json::toString);
        assertTrue(json.toString().contains("\"worth\":\"unknown\""), json::toString);
        assertTrue(
                json.toString()
                        .endsWith("\"driverNames\":[{\"class\":\"com.example.Loader\","
                                + "\"names\":{\"org.postgresql.PGConnection\":[\"getCopyAPI\"]}}]}"),
                json::toString);
    }

    private static Set<String> setOf(String name) {
        return Collections.singleton(name);
    }

    @Test
    void classesThatNameTheDrivers_areTold() {
        names.note("com.example.Loader", Collections.singletonMap("org.postgresql.PGConnection", setOf("getCopyAPI")));
        overlap(shop, 2);
        assertTrue(
                text(shop).contains("\n  com.example.Loader: org.postgresql.PGConnection (getCopyAPI)\n"), text(shop));
        assertTrue(text().contains("com.example.Loader"), "also if no connection was seen");
    }

    @Test
    void ofManyClasses_someAreTold() {
        for (int i = 0; i < 600; i++) {
            names.note("com.example.C" + i, Collections.singletonMap("org.postgresql.PGConnection", setOf("a")));
        }
        assertEquals(500, names.all().size());
        assertEquals(100, names.more());
        assertTrue(text(shop).contains("\n  560 more\n"), text(shop));
    }
}
