package io.poolshim.advice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.poolshim.config.Config;
import io.poolshim.config.Settings;
import io.poolshim.jdbc.ConnectRequest;
import io.poolshim.jdbc.Login;
import io.poolshim.observe.LoanUse;
import io.poolshim.observe.Uses;
import io.poolshim.pool.AgentThreads;
import io.poolshim.pool.ConnectionPool;
import io.poolshim.pool.Neighbourhood;
import io.poolshim.pool.PoolListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lines are read back: what they say is what each pool gets. */
class SettingLinesTest {
    private static final long MILLI = 1_000_000;
    private static final int OFTEN = 30;

    private final ScheduledThreadPoolExecutor scheduler = AgentThreads.scheduler();
    private final Uses uses = new Uses(caller -> "a place");
    private final Map<String, ConnectionPool> pools = new LinkedHashMap<>();
    private Config now = read("poolshim.mode", "observe");

    @TempDir
    Path folder;

    private static Config read(String... namesAndValues) {
        Properties properties = new Properties();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            properties.setProperty(namesAndValues[i], namesAndValues[i + 1]);
        }
        return Config.read(properties, Collections.emptyMap(), null);
    }

    @AfterEach
    void end() {
        scheduler.shutdownNow();
    }

    /** So many connections at once, often. */
    private void used(String user, String url, int many) {
        ConnectionPool pool = pool(user, url);
        pools.put(pool.name(), pool);
        for (int round = 0; round < OFTEN; round++) {
            List<LoanUse> loans = new ArrayList<>();
            for (int i = 0; i < many; i++) {
                LoanUse loan = uses.asked(pool, null, false);
                loan.opened(10 * MILLI);
                loans.add(loan);
            }
            loans.forEach(loan -> loan.ended(5 * MILLI));
        }
    }

    private ConnectionPool pool(String user, String url) {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        return new ConnectionPool(
                Login.of(new ConnectRequest(url, properties, null), "jdbc:postgresql:", 0),
                now,
                scheduler,
                new PoolListener() {},
                new Neighbourhood(100, () -> {}));
    }

    private SettingLines lines() {
        List<PoolAdvice> all = new ArrayList<>();
        pools.values().forEach(pool -> all.add(new PoolAdvice(PoolFacts.observed(uses.of(pool)))));
        return new SettingLines(all, now);
    }

    /** What the options of the JVM say. */
    private Config asOptions(String... more) {
        List<String> given = new ArrayList<>(Arrays.asList(more));
        for (String line : lines().lines()) {
            given.add(line.substring("-D".length(), line.indexOf('=')));
            given.add(line.substring(line.indexOf('=') + 1));
        }
        return read(given.toArray(new String[0]));
    }

    /** What the file says. */
    private Config asFile() throws IOException {
        Path file = folder.resolve("settings");
        Files.write(file, lines().ofFile(), StandardCharsets.UTF_8);
        return read("poolshim.config", file.toString());
    }

    private static int size(Config config, String url, String user) {
        assertEquals(Collections.emptyList(), config.unknownTold());
        return config.of(url, user).get(Settings.MAX_SIZE);
    }

    @Test
    void poolsAlike_getOneLine() {
        used("app", "jdbc:postgresql://db/shop", 4);
        used("app", "jdbc:postgresql://db/audit", 4);
        assertEquals(
                Arrays.asList("-Dpoolshim.mode=pool", "-Dpoolshim.pool.max-size=4", "-Dpoolshim.pool.overflow=2"),
                lines().lines());
    }

    @Test
    void poolsThatDiffer_getASectionEach() throws IOException {
        used("app", "jdbc:postgresql://db/shop", 7);
        used("auditor", "jdbc:postgresql://db/shop?ssl=true", 3);
        used("app", "jdbc:postgresql://db/shop2", 5);
        used("app", "jdbc:postgresql://other:6432/shop", 2);
        used("app", "jdbc:postgresql:plain", 6);
        for (Config config : Arrays.asList(asOptions(), asFile())) {
            assertTrue(config.is(Settings.MODE, "pool"));
            assertEquals(7, size(config, "jdbc:postgresql://db/shop", "app"));
            assertEquals(7, size(config, "jdbc:postgresql://db/shop?user=app&ssl=true", "app"));
            assertEquals(3, size(config, "jdbc:postgresql://db/shop?ssl=true", "auditor"));
            assertEquals(5, size(config, "jdbc:postgresql://db/shop2", "app"));
            assertEquals(2, size(config, "jdbc:postgresql://other:6432/shop", "app"));
            assertEquals(6, size(config, "jdbc:postgresql:plain", "app"));
            assertEquals(10, size(config, "jdbc:postgresql://elsewhere/else", "app"), "the default");
        }
    }

    @Test
    void sections_areNamedAfterDatabasesAndIfNeedBeUsersAndServers() {
        used("app", "jdbc:postgresql://db/Shop%20of%20Ours", 7);
        used("auditor", "jdbc:postgresql://db/Shop%20of%20Ours", 3);
        used("auditor", "jdbc:postgresql://db2/Shop%20of%20Ours", 4);
        used("auditor", "jdbc:postgresql://db2:6432/Shop%20of%20Ours", 5);
        used("app", "jdbc:postgresql://db/session", 6);
        List<String> names = new ArrayList<>();
        lines().lines().stream()
                .filter(line -> line.contains(".url="))
                .forEach(line -> names.add(line.replaceAll("-Dpoolshim\\.pool\\.|\\.url=.*", "")));
        assertEquals(
                Arrays.asList(
                        "shop-of-ours",
                        "shop-of-ours-auditor",
                        "db2-shop-of-ours-auditor",
                        "pool-db2-shop-of-ours-auditor-1",
                        "session-app"),
                names);
        assertEquals(5, asOptions().sections().size());
    }

    @Test
    void urlsOfOnePool_getASectionEach() throws IOException {
        used("app", "jdbc:postgresql://localhost:5432/shop", 7);
        used("app", "jdbc:postgresql:shop", 7);
        used("app", "jdbc:postgresql://db/audit", 2);
        Config config = asFile();
        assertEquals(7, size(config, "jdbc:postgresql://localhost:5432/shop", "app"));
        assertEquals(7, size(config, "jdbc:postgresql:shop", "app"));
        assertEquals(2, size(config, "jdbc:postgresql://db/audit", "app"));
    }

    @Test
    void whatAFileWouldReadOtherwise_isEscaped() throws IOException {
        used("app", "jdbc:postgresql://db/back\\slash#1!", 7);
        used("app\\x", "jdbc:postgresql://db/back\\slash#1!", 4);
        assertEquals(7, size(asFile(), "jdbc:postgresql://db/back\\slash#1!", "app"));
        assertEquals(4, size(asFile(), "jdbc:postgresql://db/back\\slash#1!", "app\\x"));
    }

    @Test
    void aPoolWhoseUrlIsNotShown_isOfAllPools() {
        used("app", "jdbc:postgresql://me:secret@db/shop", 7);
        used("app", "jdbc:postgresql://db/audit", 2);
        assertEquals(7, size(asOptions(), "jdbc:postgresql://me:secret@db/shop", "app"));
        assertEquals(2, size(asOptions(), "jdbc:postgresql://db/audit", "app"));
        assertFalse(lines().lines().toString().contains("secret"), lines().lines()::toString);
    }

    @Test
    void aSectionThatIsThere_getsTheSizeOfItsPools() {
        String[] given = {"poolshim.pool.shop.url", "jdbc:postgresql://db/shop*", "poolshim.pool.shop.max-size", "5"};
        now = read("poolshim.mode", "observe", given[0], given[1], given[2], given[3]);
        used("app", "jdbc:postgresql://db/shop", 7);
        used("app", "jdbc:postgresql://other/shop", 3);
        Config config = asOptions(given);
        assertEquals(1, config.sections().size());
        assertEquals(7, size(config, "jdbc:postgresql://db/shop", "app"));
        assertTrue(config.of("jdbc:postgresql://db/shop", "app").is(Settings.MODE, "pool"));
        assertEquals(3, size(config, "jdbc:postgresql://other/shop", "app"));
        used("app", "jdbc:postgresql://third/shop", 4);
        assertTrue(lines().lines().toString().contains("poolshim.pool.shop-app.url="), "its name is taken");
    }

    @Test
    void size_isNotBelowTheIdleConnectionsAskedFor() {
        now = read("poolshim.mode", "observe", "poolshim.pool.min-idle", "6");
        used("app", "jdbc:postgresql://db/shop", 2);
        assertEquals(6, size(asOptions("poolshim.pool.min-idle", "6"), "jdbc:postgresql://db/shop", "app"));
    }

    @Test
    void whatIsGivenNow_isKeptWhereALineStandsForIt() {
        String[] given = {"poolshim.exclude", "jdbc:postgresql://db/old*", "poolshim.max-connections", "7"};
        now = read("poolshim.mode", "observe", given[0], given[1], given[2], given[3]);
        used("app", "jdbc:postgresql://db/shop", 6);
        ConnectionPool once = pool("app", "jdbc:postgresql://a,b/audit");
        uses.asked(once, null, false).ended(0);
        pools.put(once.name(), once);
        Config config = asOptions();
        assertEquals(
                Arrays.asList("jdbc:postgresql://db/old*", "jdbc:postgresql://a?b/audit*"),
                config.list(Settings.EXCLUDE));
        assertEquals(8, config.get(Settings.MAX_CONNECTIONS));
    }
}
