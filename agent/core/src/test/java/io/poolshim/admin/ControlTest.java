package io.poolshim.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.poolshim.config.Config;
import io.poolshim.config.Difference;
import io.poolshim.jdbc.ConnectRequest;
import io.poolshim.pool.AgentThreads;
import io.poolshim.pool.ConnectionPool;
import io.poolshim.pool.PoolListener;
import io.poolshim.redirect.PassThrough;
import io.poolshim.registry.Drivers;
import io.poolshim.registry.PoolRegistry;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Properties;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** The ways to the pools: Control itself, MBeans and the settings file. */
class ControlTest {
    private static final String NAME = "me@host:5432/orders";

    private final ScheduledThreadPoolExecutor scheduler = AgentThreads.scheduler();
    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    private PoolRegistry registry = registry(config(new Properties()));
    private Control control = new Control(registry.controls());

    @AfterEach
    void end() {
        scheduler.shutdownNow();
    }

    private static Config config(Properties system) {
        return Config.read(system, Collections.emptyMap(), null);
    }

    private PoolRegistry registry(Config config) {
        return new PoolRegistry(config, scheduler, new PoolListener() {}, () -> {});
    }

    private ConnectionPool pool() {
        return registry.pool(
                Drivers.knowing(String.class, "user"),
                new ConnectRequest("jdbc:postgresql://host/orders?user=me", new Properties(), null));
    }

    private static String refusal(Executable wrong) {
        return assertThrows(IllegalArgumentException.class, wrong).getMessage();
    }

    @Test
    void control_takesANameOrAll() {
        ConnectionPool pool = pool();
        assertEquals(1, control.resize(NAME, 3));
        assertEquals(3, pool.maxSize());
        for (String all : new String[] {"*", " * "}) {
            assertEquals(1, control.suspend(all));
            assertTrue(pool.isSuspended());
            assertEquals(1, control.resume(all));
            assertFalse(pool.isSuspended());
        }
        assertEquals(1, control.evict(NAME));
        assertEquals(1, control.mode("*", " Off "));
        assertEquals("off", control.mode());
        assertEquals("off", pool.mode().text());
    }

    @Test
    void control_saysWhatIsPermitted() {
        assertTrue(refusal(() -> control.evict("nowhere")).contains("there is none yet"));
        pool();
        assertTrue(refusal(() -> control.evict("nowhere")).endsWith("one of " + NAME));
        for (String none : new String[] {null, "", " "}) { // a variable of a script that was not set, say
            assertTrue(refusal(() -> control.evict(none)).startsWith("there is no pool ''; give * for all"));
            refusal(() -> control.suspend(none));
            refusal(() -> control.resume(none));
            refusal(() -> control.resize(none, 3));
            refusal(() -> control.mode(none, "off"));
        }
        assertTrue(refusal(() -> control.resize(NAME, 0)).contains("a number from 1 to 10000"));
        assertTrue(refusal(() -> control.resize("*", 10_001)).contains("a number from 1 to 10000"));
        assertTrue(refusal(() -> control.mode("*", "on")).contains("pool, observe, off"));
    }

    @Test
    void control_knowsAPoolThatIsGone() {
        ConnectionPool pool = pool();
        assertTrue(pool.retireIfUnused(-1));
        assertEquals(Collections.singleton(NAME), control.pools());
        control.mode(NAME, "off");
        assertEquals("off", pool().mode().text());
    }

    @Test
    void mBeans_comeAndGoWithTheirPools() throws Exception {
        MBeans beans =
                new MBeans(registry, control, new AgentBean(control, new PassThrough(), () -> "the report"), false);
        ObjectName agent = new ObjectName("io.poolshim:type=Agent");
        ObjectName bean = new ObjectName("io.poolshim:type=Pool,name=\"" + NAME + "\"");
        try {
            beans.run();
            assertTrue(server.isRegistered(agent));
            assertFalse(server.isRegistered(bean));
            assertEquals("the report", server.invoke(agent, "report", null, null));
            ConnectionPool pool = pool();
            beans.run();
            assertEquals(10, server.getAttribute(bean, "MaxSize"));
            assertEquals("pool", server.getAttribute(bean, "Mode"));
            server.invoke(bean, "resize", new Object[] {4}, new String[] {"int"});
            assertEquals(4, server.getAttribute(bean, "MaxSize"));
            server.invoke(bean, "suspend", null, null);
            assertEquals(true, server.getAttribute(bean, "Suspended"));
            Object[] offForAll = {"*", "off"};
            String[] texts = {"java.lang.String", "java.lang.String"};
            assertEquals(1, server.invoke(agent, "changeMode", offForAll, texts));
            assertEquals("off", server.getAttribute(bean, "Mode"));
            assertEquals(
                    server.getMBeanInfo(bean).getAttributes().length,
                    server.getAttributes(bean, names(bean)).size(),
                    "each can be read");
            assertTrue(pool.retireIfUnused(-1));
            beans.run();
            assertFalse(server.isRegistered(bean));
        } finally {
            server.unregisterMBean(agent);
        }
    }

    private String[] names(ObjectName bean) throws Exception {
        return java.util.Arrays.stream(server.getMBeanInfo(bean).getAttributes())
                .map(javax.management.MBeanAttributeInfo::getName)
                .toArray(String[]::new);
    }

    @Test
    void settingsFile_isObeyedWhenItSaysTheSameTwice(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("poolshim.properties");
        write(file, "poolshim.pool.max-size=5");
        SettingsWatch watch = watch(file);
        ConnectionPool pool = pool();
        watch.run();
        watch.run();
        assertEquals(5, pool.maxSize());

        write(file, "poolshim.pool.max-size=6\npoolshim.mode=off");
        watch.run();
        assertEquals(5, pool.maxSize(), "it may not be complete yet");
        watch.run();
        assertEquals(6, pool.maxSize());
        assertTrue(registry.controls().isOff());

        write(file, "poolshim.pool.max-size=none\npoolshim.mode=pool");
        watch.run();
        watch.run();
        assertTrue(registry.controls().isOff(), "what is wrong changes nothing");

        Files.delete(file);
        watch.run();
        watch.run();
        assertEquals(6, pool.maxSize());

        write(file, "poolshim.mode=pool\npoolshim.report=/tmp/never");
        watch.run();
        watch.run();
        assertFalse(registry.controls().isOff());
        assertEquals(10, pool.maxSize());
    }

    @Test
    void settingsFile_thatChangesNothingIsToldWhy(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("poolshim.properties");
        write(file, "poolshim.mod=off");
        Properties system = new Properties();
        system.setProperty("poolshim.config", file.toString());
        Config misspelt = config(system);
        assertEquals("nothing changes", SettingsWatch.told(new Difference(misspelt, misspelt), misspelt));
        write(file, "poolshim.mode=off");
        system.setProperty("poolshim.mode", "pool");
        Config loses = config(system);
        assertEquals(
                "nothing changes (system properties and environment variables win over it: poolshim.mode)",
                SettingsWatch.told(new Difference(loses, loses), loses));
    }

    private SettingsWatch watch(Path file) {
        Properties system = new Properties();
        system.setProperty("poolshim.config", file.toString());
        Config config = config(system);
        registry = registry(config);
        control = new Control(registry.controls());
        return new SettingsWatch(file, config, registry.controls());
    }

    private static void write(Path file, String settings) throws Exception {
        Files.write(file, settings.getBytes(StandardCharsets.UTF_8));
    }
}
