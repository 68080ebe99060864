package io.poolshim.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.poolshim.jdbc.ConnectRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoginRulesTest {
    private static final String URL = "jdbc:postgresql://host/db";

    @TempDir
    Path home;

    private final String realHome = System.getProperty("user.home");
    private final Properties info = new Properties();

    @BeforeEach
    void moveHome() {
        System.setProperty("user.home", home.toString());
    }

    @AfterEach
    void restore() {
        System.setProperty("user.home", realHome);
        System.clearProperty("org.postgresql.pgpassfile");
    }

    private String whyNot(String url) {
        return LoginRules.whyNot(new ConnectRequest(url, info, null));
    }

    @Test
    void whyNot_isNothingForAnOrdinaryLogin() {
        assertNull(whyNot(URL));
        info.setProperty("user", "me");
        info.setProperty("password", "x");
        info.setProperty("java.version", "8");
        assertNull(whyNot(URL + "?ssl=true"));
        assertNull(LoginRules.whyNot(new ConnectRequest(URL, null, null)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"authenticationPluginClassName", "service", "gsslib", "jaasLogin", "replication"})
    void whyNot_ifSomebodyElseDecidesWhoLogsIn(String name) {
        assertEquals("identity-elsewhere", whyNot(URL + "?ssl=true&" + name + "=x"));
        info.setProperty("password", "x");
        info.setProperty(name, "x");
        assertEquals("identity-elsewhere", whyNot(URL));
        Properties child = new Properties(info);
        assertEquals("identity-elsewhere", LoginRules.whyNot(new ConnectRequest(URL, child, null)), "as a default");
    }

    @Test
    void whyNot_ifAPropertyIsNoText() {
        info.put("password", new char[] {'x'});
        assertEquals("non-text-property", whyNot(URL));
        info.remove("password");
        info.put(new Object(), "x");
        assertEquals("non-text-property", whyNot(URL));
    }

    @Test
    void whyNot_ifThePasswordMayComeFromAFile() throws IOException {
        Files.createFile(home.resolve(".pgpass"));
        assertEquals("identity-elsewhere", whyNot(URL));
        assertNull(whyNot(URL + "?password=x"), "unless it is given");
        info.setProperty("password", "x");
        assertNull(whyNot(URL));
    }

    @Test
    void whyNot_ifAPasswordFileIsNamed() {
        System.setProperty("org.postgresql.pgpassfile", "/some/where");
        assertEquals("identity-elsewhere", whyNot(URL));
    }

    @Test
    void namesClass_byPropertyAndByUrl() {
        assertFalse(LoginRules.namesClass(URL + "?ssl=true", Collections.singleton("user")));
        assertTrue(LoginRules.namesClass(URL, Collections.singleton("sslfactory")));
        assertTrue(LoginRules.namesClass(URL, Collections.singleton("datatype.geometry")));
        assertTrue(LoginRules.namesClass(URL + "?a=b&socketFactory=x", Collections.emptySet()));
        assertTrue(LoginRules.namesClass(URL + "?datatype.geometry=x", Collections.emptySet()));
    }
}
