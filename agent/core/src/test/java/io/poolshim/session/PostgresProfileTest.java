package io.poolshim.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.poolshim.jdbc.ConnectRequest;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a login to PostgreSQL is given besides its request. */
class PostgresProfileTest {
    private static final String URL = "jdbc:postgresql://db/orders";

    private static Map<String, String> opening(String name, String url, Properties info) {
        return new PostgresProfile(name).openingProperties(new ConnectRequest(url, info, null), String.class);
    }

    private static Properties info(String... pair) {
        Properties info = new Properties();
        if (pair.length > 0) {
            info.setProperty(pair[0], pair[1]);
        }
        return info;
    }

    @Test
    void name_isGivenAtLogin() {
        assertEquals("shop", opening("shop", URL, info()).get("ApplicationName"));
        assertEquals("9.0", opening("shop", URL, info()).get("assumeMinServerVersion"));
    }

    @Test
    void noName_isGivenUnlessAskedFor() {
        assertEquals(Collections.singletonMap("assumeMinServerVersion", "9.0"), opening(null, URL, info()));
    }

    @Test
    void nameOfTheApplicationItself_wins() {
        assertEquals(null, opening("shop", URL, info("ApplicationName", "own")).get("ApplicationName"));
        assertEquals(null, opening("shop", URL + "?ApplicationName=own", info()).get("ApplicationName"));
    }

    /** With a lower one the driver would set the name after the login, and a reset would lose it. */
    @ParameterizedTest
    @ValueSource(strings = {"8.4", "9.4"})
    void minimumOfTheApplicationItself_isLeftWithoutAName(String minimum) {
        assertEquals(Collections.emptyMap(), opening("shop", URL, info("assumeMinServerVersion", minimum)));
    }

    @ParameterizedTest
    @CsvSource({
        "Bücher, B?cher",
        "'a\tb', a?b",
        "0123456789012345678901234567890123456789012345678901234567890123456789, "
                + "012345678901234567890123456789012345678901234567890123456789012"
    })
    void name_isWhatTheServerWouldMakeOfIt(String name, String given) {
        assertEquals(given, opening(name, URL, info()).get("ApplicationName"));
    }

    @Test
    void driversOwnDefaults_areLeftToGiveAName(@TempDir Path folder) throws Exception {
        Path defaults = folder.resolve("org/postgresql/driverconfig.properties");
        Files.createDirectories(defaults.getParent());
        Files.write(defaults, Collections.singletonList("ApplicationName=own"));
        ConnectRequest request = new ConnectRequest(URL, info(), null);
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {folder.toUri().toURL(), here()}, null)) {
            Class<?> driversOwn = loader.loadClass(PostgresProfileTest.class.getName());
            assertEquals(
                    Collections.singletonMap("assumeMinServerVersion", "9.0"),
                    new PostgresProfile("shop").openingProperties(request, driversOwn));
        }
    }

    private static URL here() throws IOException {
        return PostgresProfileTest.class.getProtectionDomain().getCodeSource().getLocation();
    }
}
