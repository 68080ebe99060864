package io.poolshim.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsFileTest {
    @TempDir
    Path directory;

    private final Properties system = new Properties();
    private final Map<String, String> environment = new HashMap<>();

    private Path write(String... lines) throws IOException {
        Path file = directory.resolve("poolshim.properties");
        return Files.write(file, Arrays.asList(lines), StandardCharsets.UTF_8);
    }

    private Config read(String arguments) {
        return Config.read(system, environment, arguments);
    }

    private String refusal(Path file) {
        system.setProperty("poolshim.config", file.toString());
        return assertThrows(ConfigException.class, () -> read(null)).getMessage();
    }

    @Test
    void file_winsOverArgumentsAndLosesToTheEnvironment() throws IOException {
        Path file =
                write("poolshim.pool.max-size = 3", "poolshim.pool.overflow=4", "# a comment", "poolshim.exclude=a,b");
        Config config = read("config=" + file + ",pool.max-size=9,pool.keep-from=5");
        assertEquals(3, config.get(Settings.MAX_SIZE));
        assertEquals(Source.FILE, config.source(Settings.MAX_SIZE));
        assertEquals(Source.ARGUMENT, config.source(Settings.KEEP_FROM));
        assertEquals(Source.DEFAULT, config.source(Settings.MIN_IDLE));
        assertEquals(Arrays.asList("a", "b"), config.list(Settings.EXCLUDE));
        assertEquals(file, config.file());
        environment.put("POOLSHIM_POOL_MAX_SIZE", "2");
        system.setProperty("poolshim.pool.overflow", "1");
        Config other = read("config=" + file);
        assertEquals(2, other.get(Settings.MAX_SIZE));
        assertEquals(Source.ENVIRONMENT, other.source(Settings.MAX_SIZE));
        assertEquals(1, other.get(Settings.OVERFLOW));
        assertEquals(Source.SYSTEM_PROPERTY, other.source(Settings.OVERFLOW));
    }

    @Test
    void file_isNamedByAnySource() throws IOException {
        Path file = write("poolshim.pool.max-size=3");
        environment.put("POOLSHIM_CONFIG", file.toString());
        assertEquals(3, read(null).get(Settings.MAX_SIZE));
        Path other = Files.write(directory.resolve("other"), Collections.singletonList("poolshim.pool.max-size=4"));
        system.setProperty("poolshim.config", other.toString());
        assertEquals(4, read(null).get(Settings.MAX_SIZE));
        system.setProperty("poolshim.config", " ");
        assertEquals(10, read(null).get(Settings.MAX_SIZE), "blank is none");
    }

    @Test
    void file_isReadInUtf8WithAMarkAndEscapes() throws IOException {
        Path file = write("\uFEFFpoolshim.report=/tmp/r\u00e9port", "poolshim.log-file=C:\\\\logs\\\\a\\u0062.log");
        Config config = read("config=" + file);
        assertEquals("/tmp/r\u00e9port", config.get(Settings.REPORT));
        assertEquals("C:\\logs\\ab.log", config.get(Settings.LOG_FILE));
    }

    @Test
    void file_thatCannotBeReadIsRefusedWithWhatToDo() throws IOException {
        Path missing = directory.resolve("missing");
        assertEquals(
                "the settings file " + missing
                        + " cannot be read: there is no such file; correct the file or the name in"
                        + " poolshim.config, or leave that out",
                refusal(missing));
        assertTrue(refusal(directory).contains("it is no ordinary file"));
        assertTrue(refusal(write("poolshim.report=\\uXYZ")).contains("four hexadecimal digits"));
        assertTrue(refusal(write(new String(new char[1_000_001]))).contains("more than 1000000 bytes"));
        system.setProperty("poolshim.config", "a\0b");
        String message = assertThrows(ConfigException.class, () -> read(null)).getMessage();
        assertTrue(message.contains("the settings file a?b cannot be read: no name of a file"), message);
    }

    @Test
    void readAgain_seesTheFileChangedAndNothingElse() throws IOException {
        write("poolshim.mode=pool");
        system.setProperty("poolshim.pool.max-size", "5");
        Config first = read("config=" + write("poolshim.mode=pool"));
        system.setProperty("poolshim.pool.max-size", "6");
        write("poolshim.mode=off", "poolshim.pool.max-size=7");
        Config again = first.readAgain();
        assertEquals("pool", first.get(Settings.MODE));
        assertEquals("off", again.get(Settings.MODE));
        assertEquals(5, again.get(Settings.MAX_SIZE));
        write("poolshim.mode=none");
        assertThrows(ConfigException.class, first::readAgain);
    }

    @Test
    void file_ofWrongValuesIsRefusedWithAllOfThem() throws IOException {
        Path file = write("poolshim.pool.max-size=many", "poolshim.pool.limit=medium");
        assertEquals(
                "poolshim.pool.max-size=many (file " + file
                        + ") is not permitted; give a number from 1 to 10000 (default"
                        + " 10). poolshim.pool.limit=medium (file " + file
                        + ") is not permitted; give one of soft, hard (default soft)",
                refusal(file));
    }

    @Test
    void overridden_areSettingsThatAreGivenElsewhere() throws IOException {
        Path file = write(
                "poolshim.config=x", "poolshim.mode=off", "poolshim.pool.max-size=3", "poolshim.mod=off", "other=1");
        system.setProperty("poolshim.config", file.toString());
        system.setProperty("poolshim.mod", "off");
        assertEquals(Collections.emptyList(), read("mode=pool").overridden());
        environment.put("POOLSHIM_POOL_MAX_SIZE", "4");
        system.setProperty("poolshim.mode", "pool");
        assertEquals(
                Arrays.asList("poolshim.mode", "poolshim.pool.max-size"),
                read(null).overridden());
    }

    @Test
    void file_cannotNameAnotherOne() throws IOException {
        Path file = write("poolshim.config=/etc/another", "poolshim.pool.max-size=3");
        Config config = read("config=" + file);
        assertEquals(3, config.get(Settings.MAX_SIZE));
        assertEquals(
                Collections.singletonList(
                        "poolshim.config in the settings file is ignored: a file cannot name another one"),
                config.unknownTold());
    }

    @Test
    void unknown_namesInAFile() throws IOException {
        Path file = write("pool.max-size=3", "poolshim.pool.max-sise=3", "MIIEvQIBADANBgkqhkiG9w0B=", "db.driver=x");
        Config config = read("config=" + file);
        assertEquals(
                Arrays.asList(
                        "unknown setting pool.max-size is ignored; did you mean poolshim.pool.max-size?",
                        "unknown setting poolshim.pool.max-sise is ignored; did you mean poolshim.pool.max-size?",
                        "2 names in the settings file are ignored: they do not begin with poolshim."),
                config.unknownTold());
    }
}
