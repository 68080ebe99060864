package io.poolshim.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.poolshim.jdbc.ConnectRequest;
import io.poolshim.wrap.PooledDriver;
import java.lang.reflect.Field;
import java.util.Properties;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KeyBuilderTest {
    private static final String URL = "jdbc:postgresql://host/db";

    private final KeyBuilder keys = new KeyBuilder();
    private final PooledDriver driver = Drivers.knowing(String.class, "user", "password", "ssl", "socketFactory");
    private final TimeZone zone = TimeZone.getDefault();
    private final String userName = System.getProperty("user.name");

    @AfterEach
    void restore() {
        TimeZone.setDefault(zone);
        System.setProperty("user.name", userName);
    }

    private PoolKey key(String url, String... pairs) {
        return keys.key(driver, request(url, pairs));
    }

    private static ConnectRequest request(String url, String... pairs) {
        return new ConnectRequest(url, properties(pairs), KeyBuilderTest.class);
    }

    private static Properties properties(String... pairs) {
        Properties info = new Properties();
        for (int i = 0; i < pairs.length; i += 2) {
            info.setProperty(pairs[i], pairs[i + 1]);
        }
        return info;
    }

    @Test
    void key_isTheSameForTheSameLogin() {
        PoolKey first = key(URL, "user", "u", "password", "p");
        PoolKey second = key(URL, "password", "p", "user", "u");
        assertEquals(first, second);
        assertEquals(first.hashCode(), second.hashCode());
        assertNotEquals(first, "something else");
    }

    @Test
    void key_differsByAllThatIdentifiesALogin() {
        PoolKey plain = key(URL, "user", "u", "password", "p");
        assertNotEquals(plain, key(URL, "user", "u", "password", "p2"));
        assertNotEquals(plain, key(URL, "user", "u2", "password", "p"));
        assertNotEquals(plain, key(URL, "user", "u"));
        assertNotEquals(plain, key(URL + "2", "user", "u", "password", "p"));
        assertNotEquals(plain, key(URL, "user", "u", "password", "p", "ssl", "true"));
        assertNotEquals(key(URL, "user", "ab", "password", "c"), key(URL, "user", "a", "password", "bc"));
    }

    @Test
    void key_differsByDriver() {
        PooledDriver other = Drivers.knowing(Integer.class, "user", "password");
        ConnectRequest request = request(URL, "user", "u");
        assertNotEquals(keys.key(driver, request), keys.key(other, request));
    }

    @Test
    void key_ignoresWhatTheDriverDoesNotKnow() {
        assertEquals(key(URL, "user", "u"), key(URL, "user", "u", "java.version", "8", "application.thread", "17"));
    }

    @Test
    void key_countsEverythingAsSoonAsAClassIsNamed() {
        String[] withClass = {"user", "u", "socketFactory", "a.Factory", "tenant", "1"};
        String[] another = {"user", "u", "socketFactory", "a.Factory", "tenant", "2"};
        assertNotEquals(key(URL, withClass), key(URL, another));
        String inUrl = URL + "?socketFactory=a.Factory";
        assertNotEquals(key(inUrl, "user", "u", "tenant", "1"), key(inUrl, "user", "u", "tenant", "2"));
        String type = URL + "?datatype.x=a.Type";
        assertNotEquals(key(type, "user", "u", "tenant", "1"), key(type, "user", "u", "tenant", "2"));
    }

    @Test
    void key_countsDefaultsOfProperties() {
        Properties withDefaults = new Properties(properties("password", "p"));
        withDefaults.setProperty("user", "u");
        PoolKey key = keys.key(driver, new ConnectRequest(URL, withDefaults, null));
        assertEquals(key(URL, "user", "u", "password", "p"), key);
        assertNotEquals(key(URL, "user", "u"), key);
    }

    @Test
    void key_differsByTimeZone() {
        TimeZone.setDefault(TimeZone.getTimeZone("Europe/Berlin"));
        PoolKey berlin = key(URL, "user", "u");
        TimeZone.setDefault(TimeZone.getTimeZone("Asia/Tokyo"));
        assertNotEquals(berlin, key(URL, "user", "u"));
    }

    @Test
    void key_countsTheSystemsUserIfNoneIsGiven() {
        PoolKey before = key(URL);
        PoolKey named = key(URL, "user", "u");
        System.setProperty("user.name", "another");
        assertNotEquals(before, key(URL));
        assertEquals(named, key(URL, "user", "u"));
        assertEquals(key(URL), keys.key(driver, new ConnectRequest(URL, null, null)));
    }

    @Test
    @SuppressWarnings("ObjectToString") // until it has one
    void key_holdsNoText() throws IllegalAccessException {
        PoolKey key = key(URL + "?password=s3cret", "user", "u", "password", "s3cret");
        assertFalse(key.toString().contains("s3cret"));
        for (Field field : PoolKey.class.getDeclaredFields()) {
            field.setAccessible(true);
            boolean plain = field.getType() == long.class || field.getType() == PooledDriver.class;
            assertTrue(plain || field.isSynthetic(), field + " = " + field.get(key));
        }
    }

    @Test
    void key_cannotBeGuessedFromAnotherJvm() {
        ConnectRequest request = request(URL, "user", "u", "password", "p");
        assertNotEquals(keys.key(driver, request), new KeyBuilder().key(driver, request));
    }
}
