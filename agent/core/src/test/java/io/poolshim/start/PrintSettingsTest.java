package io.poolshim.start;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.poolshim.config.Config;
import io.poolshim.config.PoolRows;
import io.poolshim.config.Settings;
import io.poolshim.config.Source;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrintSettingsTest {
    @TempDir
    Path directory;

    private final Properties system = new Properties();

    private Config read(String arguments) {
        return Config.read(system, Collections.singletonMap("POOLSHIM_POOL_OVERFLOW", "3"), arguments);
    }

    private Config example() throws IOException {
        Path file = directory.resolve("settings");
        Files.write(
                file,
                Arrays.asList(
                        "poolshim.log-file = C:\\\\logs\\\\a.log",
                        "poolshim.pool.orders.url = jdbc:postgresql:*/orders*",
                        "poolshim.pool.orders.max-size = 7",
                        "poolshim.pool.orders.warm-url = jdbc:postgresql://db/orders?password=geheim",
                        "poolshim.pool.orders.warm-password = geheim",
                        "poolshim.pool.orders.session.lock_timeout = 5s"),
                StandardCharsets.UTF_8);
        system.setProperty("poolshim.exclude", "jdbc:oracle:thin:scott/geheim@host,jdbc:h2:*");
        system.setProperty("poolshim.pool.maxsize", "4");
        return read("config=" + file + ",pool.session.TimeZone=UTC,mode=pool");
    }

    @Test
    void text_namesEachSettingUnderItsSource() throws IOException {
        Config config = example();
        String text = PrintSettings.text(config);
        String[] parts = text.split("\n\n");
        assertEquals(
                "# The settings of Poolshim that are in effect.\n# unknown setting poolshim.pool.maxsize is ignored; did you"
                        + " mean poolshim.pool.max-size?",
                parts[0]);
        assertEquals("# system property\n# poolshim.exclude = jdbc:oracle:…,jdbc:h2:*", parts[1]);
        assertEquals("# environment\npoolshim.pool.overflow = 3", parts[2]);
        assertEquals(
                "# file " + config.file() + "\n"
                        + "poolshim.log-file = C:\\\\logs\\\\a.log\n"
                        + "poolshim.pool.orders.url = jdbc:postgresql:*/orders*\n"
                        + "# poolshim.pool.orders.warm-url = jdbc:postgresql://db/orders?password=****\n"
                        + "# poolshim.pool.orders.warm-password = ****\n"
                        + "poolshim.pool.orders.max-size = 7\n"
                        + "poolshim.pool.orders.session.lock_timeout = 5s",
                ordered(parts[3]));
        assertTrue(parts[4].startsWith("# agent argument\n"), parts[4]);
        assertTrue(parts[4].contains("\n# poolshim.config = "), parts[4]);
        assertTrue(parts[4].contains("\npoolshim.pool.session.TimeZone = UTC"), parts[4]);
        assertTrue(parts[5].startsWith("# default\n"), parts[5]);
        assertTrue(parts[5].contains("\npoolshim.pool.max-size = 10\n"), parts[5]);
        assertFalse(text.contains("geheim"), text);
        assertFalse(text.contains("poolshim.it."), text);
    }

    /** The rows that a section alone has come first. */
    private static String ordered(String part) {
        String[] lines = part.split("\n");
        Arrays.sort(lines, 2, lines.length, (one, other) -> rank(one) - rank(other));
        return String.join("\n", lines);
    }

    private static int rank(String line) {
        String[] order = {"orders.url", "warm-url", "warm-password", "max-size", "lock_timeout"};
        for (int i = 0; i < order.length; i++) {
            if (line.contains(order[i] + " =")) {
                return i;
            }
        }
        return order.length;
    }

    @Test
    void text_isAFileThatSaysTheSame() throws IOException {
        Config config = example();
        Path file = Files.write(
                directory.resolve("again"), PrintSettings.text(config).getBytes(StandardCharsets.UTF_8));
        Config again = Config.read(new Properties(), Collections.emptyMap(), "config=" + file);
        assertEquals(Collections.emptyList(), again.unknown());
        assertEquals("C:\\logs\\a.log", again.get(Settings.LOG_FILE));
        assertEquals(3, again.get(Settings.OVERFLOW));
        assertEquals(Source.FILE, again.source(Settings.MAX_SIZE));
        assertEquals(config.sessionSettings(), again.sessionSettings());
        Config orders = again.of("jdbc:postgresql://db/orders", "me");
        assertEquals(7, orders.get(Settings.MAX_SIZE));
        assertEquals(null, orders.get(PoolRows.WARM_PASSWORD));
        assertEquals("{lock_timeout=5s, TimeZone=UTC}", orders.sessionSettings().toString());
    }

    @Test
    void given_areThoseThatAreNoDefaults() throws IOException {
        String lines = String.join("\n", PrintSettings.given(example()));
        assertTrue(lines.contains("setting poolshim.pool.overflow=3 (environment)"), lines);
        assertTrue(lines.contains("setting poolshim.pool.orders.warm-password=**** (file "), lines);
        assertFalse(lines.contains("geheim"), lines);
        assertFalse(lines.contains("poolshim.pool.max-size="), lines);
    }

    @Test
    void print_saysWhyEverythingWouldPass() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertFalse(PrintSettings.print("pool.max-size=0,pool.limit=medium", new PrintStream(out)));
        String text = text(out);
        assertTrue(
                text.startsWith("# The application would run unpooled: poolshim.pool.max-size=0 (agent argument)"),
                text);
        assertTrue(text.contains("poolshim.pool.limit=medium"), text);
        assertTrue(PrintSettings.print("pool.max-size=3", new PrintStream(out)));
        assertTrue(text(out).contains("# agent argument\npoolshim.pool.max-size = 3\n"), text(out));
    }

    private static String text(ByteArrayOutputStream out) {
        return new String(out.toByteArray(), StandardCharsets.UTF_8);
    }
}
