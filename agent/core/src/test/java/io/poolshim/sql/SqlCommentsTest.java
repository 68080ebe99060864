package io.poolshim.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.poolshim.log.Log;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Comments as the specification of sqlcommenter has them; its own examples among them. */
class SqlCommentsTest {
    private static final String TRACE = "00-5bd66ef5095369c7b0d1f8f4bd33716a-c532cb4098ac3dd2-01";
    private final SqlComments comments = new SqlComments(Collections.singletonMap("application", "a"), () -> null);

    private static String comment(Map<String, String> pairs) {
        String text = new SqlComments(pairs, () -> null).append("SELECT", false);
        assertTrue(text.startsWith("SELECT /*") && text.endsWith("*/"), text);
        return text.substring("SELECT /*".length(), text.length() - "*/".length());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "DROP TABLE FOO | 'DROP%20TABLE%20FOO'",
                "/param first | '%2Fparam%20first'",
                "/param*d | '%2Fparam*d'",
                "1234 | '1234'",
                "FOO 'BAR | 'FOO%20\\'BAR'",
                "congo=t61rcWkgMzE,rojo=00f067aa0ba902b7 | 'congo%3Dt61rcWkgMzE%2Crojo%3D00f067aa0ba902b7'",
                "*/ DROP /* | '*%2F%20DROP%20%2F*'",
                "a+b%20c | 'a%2Bb%2520c'",
                "Bücher | 'B%C3%BCcher'"
            })
    void values_areEncodedEscapedAndQuoted(String value, String encoded) {
        assertEquals("k=" + encoded, comment(Collections.singletonMap("k", value)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"route parameter | route%20parameter", "name'' | name\\'\\'"})
    void keys_areEncodedAndEscaped(String key, String encoded) {
        assertEquals(encoded + "='v'", comment(Collections.singletonMap(key, "v")));
    }

    @Test
    void pairs_areSorted() {
        Map<String, String> pairs = new HashMap<>();
        pairs.put("route", "/r");
        pairs.put("application", "a");
        pairs.put("db_driver", "d");
        assertEquals("application='a',db_driver='d',route='%2Fr'", comment(pairs));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "SELECT 1 | SELECT 1@",
                "SELECT 1; | SELECT 1@;",
                "` SELECT 1 ; ;\n` | ` SELECT 1@ ; ;\n`",
                "SELECT 1; SELECT 2 | SELECT 1; SELECT 2@",
                "`SELECT 1,\n2\n` | `SELECT 1,\n2@\n`",
                "SELECT ';' | SELECT ';'@",
                "SELECT '--' | SELECT '--'@",
                "SELECT '/*', '*/' | SELECT '/*', '*/'@",
                "SELECT 'it''s -- no comment' | SELECT 'it''s -- no comment'@",
                "SELECT E'it\\'s -- no comment' | SELECT E'it\\'s -- no comment'@",
                "SELECT \"a -- name\" | SELECT \"a -- name\"@",
                "SELECT \"a \"\" /* name\" | SELECT \"a \"\" /* name\"@",
                "SELECT $$--$$ | SELECT $$--$$@",
                "SELECT $q$ /* $$ $q$; | SELECT $q$ /* $$ $q$@;",
                "SELECT $1, a$b, $2 | SELECT $1, a$b, $2@",
                "SELECT 1 - -1 / 2 * 3 | SELECT 1 - -1 / 2 * 3@",
                "SELECT j -> 'a' | SELECT j -> 'a'@"
            })
    void comment_standsAtTheEndBeforeSemicolons(String sql, String commented) {
        assertEquals(commented.replace("@", " /*application='a'*/"), comments.append(sql, true));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1 -- mine",
                "SELECT 1 --",
                "SELECT 1 -- mine;",
                "-- mine\nSELECT 1",
                "SELECT /* mine */ 1",
                "SELECT 1 /* mine */;",
                "/*+ SeqScan(t) */ SELECT 1",
                "SELECT 1 /* no end",
                "SELECT '--', 1 -- mine",
                "SELECT $$--$$ /* mine */"
            })
    void textWithAComment_isLeftAsItIs(String sql) {
        assertEquals(sql, comments.append(sql, true));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "  ", ";", " ; \n;", "SELECT 'a", "SELECT 'a''", "SELECT E'a\\'", "SELECT \"a", "SELECT $$a"
            })
    void textThatSaysNothingOrHasNoEnd_isLeftAsItIs(String sql) {
        assertEquals(sql, comments.append(sql, true));
    }

    @Test
    void traceparent_isToldOfOneExecutionOnly() {
        AtomicInteger asked = new AtomicInteger();
        SqlComments full = new SqlComments(Collections.singletonMap("application", "a"), () -> {
            asked.incrementAndGet();
            return TRACE;
        });
        assertEquals("SELECT 1 /*application='a',traceparent='" + TRACE + "'*/;", full.append("SELECT 1;", true));
        assertEquals("SELECT 1 /*application='a'*/;", full.append("SELECT 1;", false));
        assertEquals(1, asked.get());
    }

    @Test
    void traceparentThatIsNotThere_isNotTold() {
        assertEquals("SELECT 1 /*application='a'*/", comments.append("SELECT 1", true));
    }

    @Test
    void failure_isCountedAndLeavesTheTextAsItIs() {
        SqlComments failing = new SqlComments(Collections.singletonMap("application", "a"), () -> {
            throw new IllegalStateException("no span");
        });
        long before = Log.swallowedCount();
        assertEquals("SELECT 1", failing.append("SELECT 1", true));
        assertEquals(before + 1, Log.swallowedCount());
    }
}
