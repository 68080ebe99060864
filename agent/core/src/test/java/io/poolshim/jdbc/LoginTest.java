package io.poolshim.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoginTest {
    private static final String PREFIX = "jdbc:postgresql:";
    private static final String URL = "jdbc:postgresql://host/db";

    private final Properties info = new Properties();

    private Login login(String url) {
        return Login.of(new ConnectRequest(url, info, null), PREFIX, 0);
    }

    private String name(String url) {
        return login(url).toString();
    }

    @ParameterizedTest
    @CsvSource({
        "jdbc:postgresql://host/db, the driver's default",
        "jdbc:postgresql:db?ssl=true, ssl=true",
        "jdbc:postgresql://host/db?sslmode=verify-full&ssl=true&user=u, ssl=true sslmode=verify-full",
        "jdbc:postgresql://host/db?sslmode=a%20secret, sslmode=?",
    })
    void tls_isWhatTheRequestSays(String url, String tls) {
        assertEquals(tls, login(url).tls());
    }

    @ParameterizedTest
    @CsvSource({
        "jdbc:postgresql://host:5433/db?ssl=true, me@host:5433/db",
        "jdbc:postgresql://host/db, me@host:5432/db",
        "jdbc:postgresql://host/, me@host:5432/me",
        "jdbc:postgresql://host, me@host:5432/me",
        "'jdbc:postgresql://a:1,b:2/db', 'me@a:1,b:2/db'",
        "jdbc:postgresql:db, me@localhost:5432/db",
        "jdbc:postgresql:a@b?password=s3cret, me@localhost:5432/?", // it may be a password at the wrong place
        "jdbc:postgresql://h:1/orders;user=app;password=s3cret, me@h:1/?",
        "jdbc:postgresql://h:1/orders&password=s3cret, me@h:1/?",
        "jdbc:postgresql://you:p@s3cret@host/db, me@?", // where the password ends is anybody's guess
        "jdbc:postgresql://host:s3cret/db, me@?/db", // no port
        "jdbc:postgresql://you:1234/s3cret@host/db, me@?",
        "jdbc:postgresql://you/s3cret?x@host/db, me@?",
        "jdbc:postgresql://host/db%20password%3D%s3cret, me@host:5432/?",
        "jdbc:postgresql://host/db?password=p@ss, me@host:5432/db",
        "jdbc:postgresql://[::1]/db, me@[::1]:5432/db"
    })
    void toString_saysWhoAndWhere(String url, String name) {
        info.setProperty("user", "me");
        info.setProperty("password", "s3cret");
        assertEquals(name, name(url));
    }

    @ParameterizedTest
    @CsvSource({
        "jdbc:postgresql://host:5433/my%20db?password=s3cret, jdbc:postgresql://host:5433/my%20db",
        "'jdbc:postgresql://a:1,b:2/db', 'jdbc:postgresql://a:1,b:2/db'",
        "jdbc:postgresql:db, jdbc:postgresql:db",
        "jdbc:postgresql://host, jdbc:postgresql://host",
        "jdbc:postgresql:a@b?password=s3cret, ''",
        "jdbc:postgresql://h:1/orders;password=s3cret, ''",
        "jdbc:postgresql://you:p@s3cret@host/db, ''",
        "jdbc:postgresql://host/db%20password%3D%s3cret, ''",
        "jdbc:postgresql://host/db%0Aname, ''"
    })
    void url_hasNoParametersAndIsNotShownIfInDoubt(String url, String shown) {
        assertEquals(shown, login(url).url());
    }

    @Test
    void url_ofAnUnknownFormIsWhatIsShownOfIt() {
        assertEquals("jdbc:h2:mem:a", unread("jdbc:h2:mem:a;PASSWORD=s3cret").url());
        assertEquals("", unread("jdbc:oracle:thin:me/s3cret@host").url());
    }

    private Login unread(String url) {
        return Login.unread(new ConnectRequest(url, info, null), 0);
    }

    @Test
    void toString_staysOnOneLine() {
        info.setProperty("user", "me");
        String name = name("jdbc:postgresql://host/a\nb\t\u0001c");
        assertFalse(name.matches("(?s).*\\p{Cntrl}.*"), name);
        assertTrue(name.startsWith("me@host:5432/a"), name);
    }

    @Test
    void toString_takesTheUserFromTheUrlOrTheSystem() {
        assertEquals(System.getProperty("user.name") + "@host:5432/db", name(URL));
        info.setProperty("user", "me");
        assertEquals("you@host:5432/db", name(URL + "?password=x&user=you"));
        assertEquals("y o@host:5432/db", name(URL + "?user=y%20o"));
    }

    @Test
    void isTo_knowsTheDatabaseByItsRealName() {
        assertTrue(login("jdbc:postgresql://host/or%20ders?ssl=true").isTo("or ders"));
        assertTrue(login("jdbc:postgresql:orders").isTo("orders"));
        info.setProperty("user", "me");
        assertTrue(login("jdbc:postgresql://host/").isTo("me"));
        assertFalse(login(URL).isTo("other"));
    }

    @Test
    void sharesServerWith_ifOneOfSeveralIsTheSame() {
        assertTrue(login(URL).sharesServerWith(login("jdbc:postgresql://other:1,host/x")));
        assertTrue(login("jdbc:postgresql:a").sharesServerWith(login("jdbc:postgresql:///b")));
        assertFalse(login(URL).sharesServerWith(login("jdbc:postgresql://host:5433/db")));
        assertTrue(login("jdbc:postgresql://[::1]/a").sharesServerWith(login("jdbc:postgresql://[::1]:5432/a")));
    }

    @Test
    void hasOtherSecretThan_onlyAnotherPasswordOfTheSameUser() {
        info.setProperty("user", "me");
        ConnectRequest request = new ConnectRequest(URL, info, null);
        Login old = Login.of(request, PREFIX, 1);
        Login changed = Login.of(request, PREFIX, 2);
        assertTrue(old.hasOtherSecretThan(changed));
        assertFalse(old.hasOtherSecretThan(Login.of(request, PREFIX, 1)));
        info.setProperty("user", "you");
        assertFalse(old.hasOtherSecretThan(Login.of(request, PREFIX, 2)));
    }
}
