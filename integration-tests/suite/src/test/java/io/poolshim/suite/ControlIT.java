package io.poolshim.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.poolshim.testbed.Await;
import io.poolshim.testbed.Jdk;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What an operator does to an application under load, by its settings file and by MBeans: no request fails. */
class ControlIT {
    private static final String DATABASE = "control";
    private static final int THREADS = 4;
    private static final int MANY = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String AGENT = "io.poolshim:type=Agent";

    private Path file;
    private Remote remote;
    private String pool;

    static List<Jdk> jdks() {
        return Lab.currentUnlessFull("control");
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void pools_areControlledUnderLoad(Jdk jdk) throws Exception {
        file = Lab.workFolder("control").resolve("poolshim.properties");
        edit("poolshim.mode=pool");
        String database = Lab.freshDatabase(DATABASE);
        Map<String, String> settings =
                Map.of("config", file.toString(), "pool.overflow", "0", "pool.borrow-timeout", "10m");
        try (Remote started = Remote.pooled(jdk, Lab.server(), database, settings)) {
            remote = started;
            pool = "io.poolshim:type=Pool,name=\"" + Lab.USER + "@localhost:"
                    + Lab.server().port() + "/" + DATABASE + "\"";
            remote.ask("load", "load " + THREADS);
            requests(MANY); // the agent has started, and read its settings
            nobodyIsAskedForMBeans();
            until("there are MBeans", () -> mBeans().contains(DATABASE));
            killSwitch();
            resize();
            suspendAndResume();
            evict();
            mistake();
            assertTrue(remote.ask("load", "unload").startsWith("0 failed of "), remote::stderrSoFar);
            AgentRun run = remote.end().mustBeClean().mustHavePooled();
            assertTrue(run.report().passedThrough("off") > 0, run::toString);
            assertEquals(0, run.report().total("used"), run::toString);
        }
    }

    @Test
    void mBeans_areThereWithoutAnybodysDoingIfTheSettingsSaySo() {
        try (Remote asked = Remote.pooled(Lab.server(), Lab.freshDatabase("control_jmx"), Map.of("jmx", "on"))) {
            remote = asked;
            assertEquals("1", remote.ask("asking", "once SELECT 1"));
            until("there is an MBean server", () -> servers().equals("1"));
            until("there is the agent's MBean", () -> "pool".equals(attribute(AGENT, "Mode")));
            remote.end().mustBeClean();
        }
    }

    /** While the agent looks at other things twice, it has looked for an MBean server, too. */
    private void nobodyIsAskedForMBeans() throws Exception {
        for (int size = 11; size <= 13; size++) {
            String line = "poolshim.pool.max-size=" + size;
            edit(line);
            until("the file is read", () -> remote.stderrSoFar().contains(line));
        }
        edit("poolshim.mode=pool");
        assertEquals("0", servers());
    }

    private String servers() {
        return remote.ask("asking", "mbean servers");
    }

    /** Off, and back. */
    private void killSwitch() throws Exception {
        until("connections are reused", () -> reused() > MANY);
        String before = now();
        assertTrue(
                sessionsBefore(before) > 0,
                () -> "nothing is pooled: " + attribute(pool, "Open") + remote.stderrSoFar());
        long edited = System.nanoTime();
        edit("poolshim.mode=off");
        until("no session from before is left", () -> sessionsBefore(before) == 0);
        System.out.printf("kill switch: %d ms until the pool was empty%n", (System.nanoTime() - edited) / 1_000_000);
        long reused = reused();
        requests(MANY);
        assertEquals(reused, reused(), "calls pass through");
        assertEquals("off", attribute(AGENT, "Mode"));
        assertTrue(attribute(AGENT, "PassedThrough").contains("off"), () -> attribute(AGENT, "PassedThrough"));

        edit("poolshim.mode=pool");
        until("connections are reused again", () -> reused() > reused + MANY);
    }

    private void resize() throws Exception {
        assertEquals("1", call(AGENT, "resize * 1"));
        until("one session is left", () -> sessions() <= 1);
        requests(MANY);
        assertTrue(sessions() <= 1, "one is enough");
        call(pool, "resize " + THREADS);
        until("there are more", () -> sessions() >= 2);
        edit("poolshim.mode=pool\npoolshim.pool.max-size=2");
        until("the file is obeyed", () -> "2".equals(attribute(pool, "MaxSize")));
        until("two are left", () -> sessions() <= 2);
        edit("poolshim.mode=pool");
        until("the default holds again", () -> "10".equals(attribute(pool, "MaxSize")));
    }

    private void suspendAndResume() {
        call(pool, "suspend");
        until("all wait", () -> String.valueOf(THREADS).equals(attribute(pool, "Pending")));
        long before = done();
        assertEquals("0", attribute(pool, "Used"));
        assertEquals("true", attribute(pool, "Suspended"));
        assertEquals(before, done());
        call(AGENT, "resume *");
        requests(MANY);
    }

    private void evict() throws Exception {
        String before = now();
        call(pool, "evict");
        until("no session from before is left", () -> sessionsBefore(before) == 0);
        requests(MANY);
    }

    private void mistake() throws Exception {
        edit("poolshim.mode=offf");
        until("it is told", () -> remote.stderrSoFar().contains("offf"));
        assertTrue(remote.stderrSoFar().contains("the settings stay as they are: "), remote::stderrSoFar);
        assertEquals("pool", attribute(AGENT, "Mode"));
        assertFalse(call(AGENT, "changeMode * offf").matches("[0-9]+"));
        long reused = reused();
        until("connections are reused", () -> reused() > reused + MANY);
    }

    /** As careful people and Kubernetes do it: the file is another one from one moment to the next. */
    private void edit(String settings) throws Exception {
        Path fresh = file.resolveSibling("fresh");
        Files.writeString(fresh, settings);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void until(String what, BooleanSupplier condition) {
        Await.until(what, PATIENCE, condition);
    }

    private void requests(int more) {
        long before = done();
        until("requests are done", () -> done() >= before + more);
    }

    private long done() {
        return Long.parseLong(remote.ask("asking", "requests"));
    }

    private long reused() {
        String counted = attribute(pool, "Reused");
        return counted.matches("[0-9]+") ? Long.parseLong(counted) : 0; // no pool, no MBean
    }

    private String mBeans() {
        return remote.ask("asking", "mbean list io.poolshim:type=Pool,*");
    }

    private String attribute(String bean, String name) {
        return remote.ask("asking", "mbean get " + bean + " " + name);
    }

    private String call(String bean, String operation) {
        return remote.ask("asking", "mbean call " + bean + " " + operation);
    }

    private static String now() throws SQLException {
        return text("SELECT clock_timestamp()");
    }

    private static long sessions() {
        return count("");
    }

    private static long sessionsBefore(String time) {
        return count(" AND backend_start < '" + time + "'");
    }

    private static long count(String condition) {
        try {
            return Long.parseLong(text("SELECT count(*) FROM pg_stat_activity WHERE datname = '" + DATABASE
                    + "' AND backend_type = 'client backend'" + condition));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text(String sql) throws SQLException {
        try (var admin = Lab.server().admin();
                var statement = admin.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
