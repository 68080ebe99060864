package io.poolshim.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JdbcUrlTest {
    /** Each has the password s3cret, or parts of one that begin with s3cret. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://host/db?user=me&password=s3cret",
                "jdbc:postgresql://host/db?password=s3cret&ssl=true",
                "jdbc:postgresql://host/db?password=p@s3cret",
                "jdbc:postgresql://host/db?password=p//@s3cret",
                "jdbc:postgresql:db?password=p@s3cret:x",
                "jdbc:postgresql://me:s3cret@host/db",
                "jdbc:postgresql://me:s3cret?x@host/db",
                "jdbc:postgresql://me:s3cret;x@host/db",
                "jdbc:postgresql://me:s3cret/x@host/db",
                "jdbc:postgresql://me:x@s3cret@host/db",
                "jdbc:mysql://me:s3cret@host/db?x=y",
                "jdbc:mysql://address=(host=h)(password=s3cret)/db",
                "jdbc:mysql://(host=h,password=s3cret)/db",
                "jdbc:oracle:thin:scott/s3cret@host:1521:sid",
                "jdbc:oracle:thin:scott/s3cret@//host:1521/service",
                "jdbc:oracle:thin:scott/s3cret//x@host",
                "jdbc:sqlserver://host;user=me;password=s3cret",
                "jdbc:db2://host:50000/db:user=me;password=s3cret;",
                "jdbc:db2://host:50000/db:password=s3cret;",
                "jdbc:teradata://host/DATABASE=db,PASSWORD=s3cret",
                "jdbc:derby:db;password=s3cret",
                "jdbc:h2:mem:x;PASSWORD=s3cret"
            })
    void redact_showsNoPassword(String url) {
        assertFalse(JdbcUrl.redact(url).contains("s3cret"), JdbcUrl.redact(url));
        assertTrue(JdbcUrl.redact(url).startsWith(url.substring(0, url.indexOf(':', 5))), JdbcUrl.redact(url));
    }

    @ParameterizedTest
    @CsvSource({
        "jdbc:postgresql://host:5433/db?ssl=true,jdbc:postgresql://host:5433/db",
        "'jdbc:postgresql:db','jdbc:postgresql:db'",
        "jdbc:postgresql://[::1]:5432/db,jdbc:postgresql://[::1]:5432/db",
        "jdbc:sqlserver://host:1433;databaseName=x,jdbc:sqlserver://host:1433"
    })
    void redact_showsWhereItLeads(String url, String shown) {
        assertEquals(shown, JdbcUrl.redact(url));
    }

    @Test
    void redact_survivesAnything() {
        assertEquals("null", JdbcUrl.redact(null));
        assertEquals("", JdbcUrl.redact(""));
        assertFalse(JdbcUrl.redact("s3cret@").contains("s3cret"));
        assertFalse(JdbcUrl.redact("me:s3cret@host").contains("s3cret"));
    }

    @Test
    void scheme_isWhatAGlobNeeds() {
        assertEquals("jdbc:mysql:", JdbcUrl.scheme("jdbc:mysql://host/db?password=x"));
        assertEquals("jdbc:oracle:", JdbcUrl.scheme("jdbc:oracle:thin:scott/tiger@host"));
        assertFalse(JdbcUrl.scheme("nonsense?password=x").contains("x"));
    }

    @Test
    void parameter_isFoundAsAWholeName() {
        String url = "jdbc:postgresql://h/d?sslpassword=a&password=b&options=-c%20x&user=&loginTimeout=5";
        assertEquals("b", JdbcUrl.parameter(url, "password"));
        assertEquals("a", JdbcUrl.parameter(url, "sslpassword"));
        assertEquals("", JdbcUrl.parameter(url, "user"));
        assertEquals("5", JdbcUrl.parameter(url, "loginTimeout"));
        assertEquals("-c x", JdbcUrl.parameter(url, "options"));
        assertNull(JdbcUrl.parameter(url, "word"));
        assertNull(JdbcUrl.parameter("user=me", "user"));
    }

    @Test
    void globs_matchTheWholeText() {
        List<Pattern> patterns = JdbcUrl.globs(Arrays.asList("jdbc:postgresql://db?/*", "*.Test$1", "\\Q[a]\\E"));
        assertTrue(JdbcUrl.matchesAny(patterns, "jdbc:postgresql://db1/orders?x=y\nz"));
        assertFalse(JdbcUrl.matchesAny(patterns, "jdbc:postgresql://db/orders"));
        assertFalse(JdbcUrl.matchesAny(patterns, "x jdbc:postgresql://db1/orders"));
        assertTrue(JdbcUrl.matchesAny(patterns, "a.Test$1"));
        assertFalse(JdbcUrl.matchesAny(patterns, "aXTest$1"), "a dot is a dot");
        assertFalse(JdbcUrl.matchesAny(JdbcUrl.globs(Collections.emptyList()), "anything"));
    }
}
