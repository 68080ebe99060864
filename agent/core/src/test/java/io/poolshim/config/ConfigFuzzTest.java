package io.poolshim.config;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is given as settings, they are read or refused, and no secret is told. */
class ConfigFuzzTest {
    private static final long SEED = Long.getLong("poolshim.fuzz.seed", 20_240_601);
    private static final int ROUNDS = 10_000;
    private static final String SECRET = "gEhEiM-4711";

    private static final String[] VALUES = {
        "0",
        "1",
        "10",
        "100000",
        "-1",
        "99999999999",
        "30s",
        "0ms",
        "5m",
        "1h",
        "7d",
        "off",
        "pool",
        "hard",
        "auto",
        "never",
        "*",
        "?",
        "jdbc:postgresql://db/*",
        "jdbc:postgresql://me:" + SECRET + "@db/x",
        "jdbc:x:?password=" + SECRET,
        "jdbc:postgresql://db/a?user=b&password=" + SECRET + "&ssl=true",
        "10MB",
        "1kB",
        "C:\\temp\\u",
        "\\E",
        "\\Q",
        "[(",
        "",
        " ",
        "%p",
        "/tmp/x",
        "a,b,c",
        ",",
        ";",
        "=",
        "\u00e4\u4e2d\ud83d\ude00",
        "\ud83d",
        "\0",
        "a\nb",
        "\u2028",
        "#",
        "!",
        "\\",
        "\\uZZ"
    };

    private static final String[] NAMES = {"orders", "a", "max-size", "session", "x_y", "Big", "-", "", "orders.x"};

    @TempDir
    Path directory;

    private final Random random = new Random(SEED);
    private final List<String> keys = keys();

    private static List<String> keys() {
        List<String> keys = new ArrayList<>();
        for (Setting<?> setting : Settings.ALL) {
            if (setting != Settings.CONFIG) {
                keys.add(setting.key());
            }
        }
        for (String name : NAMES) {
            PoolNames.ROWS.keySet().forEach(suffix -> keys.add("pool." + name + "." + suffix));
            keys.add("pool." + name + ".session.lock_timeout");
        }
        keys.add("pool.session.TimeZone");
        keys.add("pool.session.a.b");
        keys.add("pool.orders.session.reset");
        return keys;
    }

    private <T> T any(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    private String value() {
        String value = VALUES[random.nextInt(VALUES.length)];
        return random.nextInt(4) == 0 ? value + (char) random.nextInt(0x300) : value;
    }

    /** A key, or something near one. */
    private String key() {
        StringBuilder key = new StringBuilder(any(keys));
        for (int i = random.nextInt(8) - 5; i > 0 && key.length() > 0; i--) {
            int at = random.nextInt(key.length());
            switch (random.nextInt(3)) {
                case 0:
                    key.deleteCharAt(at);
                    break;
                case 1:
                    key.insert(at, (char) random.nextInt(0x250));
                    break;
                default:
                    key.setCharAt(at, "._-=,x\\\n".charAt(random.nextInt(8)));
            }
        }
        return key.toString();
    }

    private static String valueOf(String key, String value) {
        return Secrets.isSecret(key) ? SECRET : value;
    }

    private Properties system() {
        Properties system = new Properties();
        for (int i = random.nextInt(4); i > 0; i--) {
            String key = key();
            system.setProperty("poolshim." + key, valueOf(key, value()));
        }
        return system;
    }

    private Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            String name = Texts.environmentName(key());
            environment.put(name, valueOf(name, value()));
        }
        return environment;
    }

    private String arguments(Path file) {
        StringBuilder arguments = new StringBuilder(random.nextInt(2) == 0 ? "config=" + file : "mode=pool");
        for (int i = random.nextInt(4); i > 0; i--) {
            String key = key();
            arguments.append(',').append(key).append(random.nextInt(20) == 0 ? "" : "=" + valueOf(key, value()));
        }
        return arguments.toString();
    }

    private void write(Path file) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--) {
            String key = key();
            text.append(random.nextInt(10) == 0 ? "" : "poolshim.").append(key).append(" = ");
            text.append(valueOf(key, value())).append(random.nextInt(30) == 0 ? "" : "\n");
        }
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        boolean known = text.indexOf(SECRET) < 0; // what is before a secret tells that it is one
        if (known && bytes.length > 0 && random.nextInt(10) == 0) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        Files.write(file, bytes);
    }

    @Test
    void read_neverFailsButByConfigExceptionAndTellsNoSecret() throws IOException {
        Path file = directory.resolve("settings");
        int read = 0;
        int refused = 0;
        for (int round = 0; round < ROUNDS; round++) {
            if (round % 4 == 0) { // writing takes longer than all the rest
                write(file);
            }
            Properties system = system();
            Map<String, String> environment = environment();
            String arguments = arguments(file);
            String told = "";
            try {
                told = told(Config.read(system, environment, arguments));
                read++;
            } catch (ConfigException e) {
                told = e.getMessage();
                refused++;
            }
            if (told.contains(SECRET)) {
                fail("round with " + told(system, environment, arguments) + ": " + told);
            }
            assertTrue(told.chars().noneMatch(c -> c != '\n' && Character.isISOControl(c)), told);
        }
        assertTrue(read > 1000 && refused > 1000, read + " read, " + refused + " refused");
    }

    private static String told(Properties system, Map<String, String> environment, String arguments) {
        return system + " " + environment + " " + arguments;
    }

    /** All that is ever shown, and what a pool asks for. */
    private static String told(Config config) {
        StringBuilder told = new StringBuilder(String.join("\n", config.unknownTold()));
        config.all()
                .forEach(
                        value -> told.append(value.name()).append(value.shown()).append('\n'));
        for (PoolSection section : config.sections()) {
            section.config()
                    .all()
                    .forEach(value ->
                            told.append(value.name()).append(value.shown()).append('\n'));
        }
        Config pool = config.of("jdbc:postgresql://db/orders", "me");
        pool.sessionSettings().keySet().forEach(told::append);
        assertTrue(pool.get(Settings.MAX_SIZE) >= pool.get(Settings.MIN_IDLE));
        return told.toString();
    }
}
