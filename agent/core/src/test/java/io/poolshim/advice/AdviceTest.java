package io.poolshim.advice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.poolshim.config.Config;
import io.poolshim.jdbc.Login;
import io.poolshim.log.JsonWriter;
import io.poolshim.observe.LoanUse;
import io.poolshim.observe.Uses;
import io.poolshim.pool.AgentThreads;
import io.poolshim.pool.ConnectionPool;
import io.poolshim.pool.Neighbourhood;
import io.poolshim.pool.PoolListener;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AdviceTest {
    private static final long MILLI = 1_000_000;

    private final ScheduledThreadPoolExecutor scheduler = AgentThreads.scheduler();
    private final Uses uses = new Uses(caller -> caller == null ? "a place" : caller.getSimpleName());
    private final ConnectionPool shop = pool("app", "shop");
    private final ConnectionPool audit = pool("auditor", "audit");

    private ConnectionPool pool(String user, String database) {
        return new ConnectionPool(
                new Login(user, Collections.singletonList("db:5432"), database, 0),
                Config.read(new Properties(), Collections.emptyMap(), "mode=observe"),
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

    private String text(ConnectionPool... pools) {
        List<PoolAdvice> all = new ArrayList<>();
        for (ConnectionPool pool : pools) {
            all.add(advice(pool));
        }
        return new AdviceText(all, Collections.emptyMap()).text();
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
        assertTrue(
                text.contains("-Dpoolshim.exclude='jdbc:postgresql://db:5432/audit*,jdbc:postgresql://db/audit*'"),
                text);
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
        JsonWriter json = new JsonWriter();
        new AdviceJson(Arrays.asList(advice(shop))).appendTo(json);
        assertTrue(json.toString().startsWith("{\"pools\":[{\"name\":\"app@db:5432/shop\""), json::toString);
        assertTrue(json.toString().endsWith("]}"), json::toString);
        assertTrue(json.toString().contains("\"worth\":\"unknown\""), json::toString);
    }
}
