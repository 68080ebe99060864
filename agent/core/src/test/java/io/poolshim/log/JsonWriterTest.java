package io.poolshim.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonWriterTest {
    private static String written(String text) {
        return new JsonWriter().value(text).toString();
    }

    @Test
    void values_areSeparatedByCommas() {
        JsonWriter json = new JsonWriter().object();
        json.name("text").value("a").name("number").value(-1).name("truth").value(true);
        json.name("list").array().value("{").value("[").endArray();
        json.name("nothing").array().endArray().name("no").object().endObject();
        json.name("list of objects").array();
        json.object().name("a").value(1).endObject().object().endObject().endArray();
        assertEquals(
                "{\"text\":\"a\",\"number\":-1,\"truth\":true,\"list\":[\"{\",\"[\"],\"nothing\":[],\"no\":{},"
                        + "\"list of objects\":[{\"a\":1},{}]}",
                json.endObject().toString());
    }

    @Test
    void text_keepsWhatUtf8CanHave() {
        String text = "\u00fc\u20ac\ud83d\ude00 /'";
        assertEquals('"' + text + '"', written(text));
    }

    @Test
    void text_isEscapedWhereItWouldEndTheStringOrTheLine() {
        assertEquals("\"a\\\"b\\\\c\"", written("a\"b\\c"));
        assertEquals("\"\\n\\t\\u000d\\u0000\\u001f\"", written("\n\t\r\0\u001f"));
        assertEquals("\"\\u007f\\u0085\\u009f\\u2028\\u2029\"", written("\u007f\u0085\u009f\u2028\u2029"));
    }

    @Test
    void text_hasNoHalfCharacters() {
        assertEquals("\"\\ud83d\"", written("\ud83d"));
        assertEquals("\"\\ude00x\"", written("\ude00x"));
        assertEquals("\"\\ud83d\\ud83dx\"", written("\ud83d\ud83dx"));
        assertEquals("\"\\ude00\ud83d\ude00\\ude00\"", written("\ude00\ud83d\ude00\ude00"));
    }

    @ParameterizedTest
    @CsvSource({"0,0.000", "7,0.007", "1000,1.000", "1234567,1234.567", "9223372036854775807,9223372036854775.807"})
    void thousandths_haveThreeDecimals(long number, String written) {
        assertEquals(written, new JsonWriter().thousandths(number).toString());
    }

    @Test
    void escapes_readBackAsWhatTheyWere() {
        String odd = "\"\\\n\t\0\u2028\ud800\u00e9";
        String json = new JsonWriter().object().name("x").value(odd).endObject().toString();
        assertEquals(odd, JsonReader.object(json).get("x"));
    }
}
