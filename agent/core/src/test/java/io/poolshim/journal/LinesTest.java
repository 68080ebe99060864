package io.poolshim.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.poolshim.log.JsonReader;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LinesTest {
    private final AtomicInteger asked = new AtomicInteger();
    private final Lines lines = new Lines(sql -> {
        asked.incrementAndGet();
        return sql.replaceAll("'.*'", "?");
    });

    private String text(Entry entry) {
        return new String(lines.of(entry), StandardCharsets.UTF_8);
    }

    private Map<String, Object> fields(Entry entry) {
        return JsonReader.object(text(entry));
    }

    private static Entry statement(String sql) {
        return new Entry("statement", Entry.SLOW)
                .statement(sql, 0)
                .took(1_234_567)
                .outcome(null);
    }

    private static String repeated(String part, int times) {
        return String.join("", Collections.nCopies(times, part));
    }

    @Test
    void line_isOneObjectOnOneLine() {
        String line = text(statement("SELECT 'a'\nFROM \u2028 b"));
        assertTrue(line.matches("\\{[^\\n\\u2028]*\\}\\n"), line);
    }

    @Test
    void time_isInUtcWithMillis() {
        String time = (String) fields(statement("x")).get("time");
        assertTrue(time.matches("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3}Z"), time);
    }

    @Test
    void statement_isShownWithoutLiteralsAndItsDurationInMilliseconds() {
        String line = text(statement("SELECT 'secret'"));
        assertTrue(line.contains("\"statement\":\"SELECT ?\""), line);
        assertTrue(line.contains("\"duration_ms\":1.235,"), line);
        assertTrue(line.contains("\"logs\":[\"slow-query\"],\"outcome\":\"ok\""), line);
    }

    @Test
    void statement_isLookedAtOnce() {
        text(statement("SELECT 'a'"));
        text(statement("SELECT 'a'"));
        assertEquals(1, asked.get());
        for (int i = 0; i < 2000; i++) {
            text(statement("SELECT 'a' FROM t" + i));
        }
        text(statement("SELECT 'a'"));
        assertEquals(2002, asked.get(), "it was forgotten meanwhile");
    }

    @Test
    void statement_thatCannotBeShownIsLeftOut() {
        Lines broken = new Lines(sql -> {
            throw new IllegalStateException(sql);
        });
        String line = new String(broken.of(statement("SELECT 'secret'")), StandardCharsets.UTF_8);
        assertFalse(line.contains("secret"), line);
        assertTrue(line.contains("\"event\":\"statement\""), line);
    }

    @Test
    void failure_isToldWithoutItsMessage() {
        SQLException thrown = new SQLException("Key (name)=(secret) already exists.", "23505", 7);
        Map<String, Object> fields = fields(new Entry("statement", Entry.ERROR | Entry.AUDIT).outcome(thrown));
        assertEquals("error", fields.get("outcome"));
        assertEquals("java.sql.SQLException", fields.get("error_type"));
        assertEquals("23505", fields.get("sqlstate"));
        assertEquals(7.0, fields.get("vendor_code"));
        assertEquals(Arrays.asList("error", "audit"), fields.get("logs"));
        assertFalse(fields.toString().contains("secret"));
    }

    @Test
    void line_isBoundedWhateverIsInIt() {
        String endless = repeated("\0\u2028\ud83d", 100_000);
        Entry entry = statement(endless).outcome(new SQLException("x", endless, 1));
        entry.pool = endless;
        entry.user = endless;
        entry.thread = endless;
        entry.place = endless;
        entry.traceId = endless;
        entry.doing = endless;
        entry.errorType = endless;
        assertTrue(lines.of(entry).length <= Lines.LONGEST);
        fields(entry);
    }

    @Test
    void longStatement_isCut() {
        String shown = (String) fields(statement(repeated("SELECT 1;", 2000))).get("statement");
        assertEquals(8001, shown.length());
        assertTrue(shown.endsWith("…"), shown);
    }

    @Test
    void swallowedError_tellsWhatWasDoneAndWhere() {
        IllegalStateException error = new IllegalStateException("secret");
        error.setStackTrace(new StackTraceElement[] {new StackTraceElement("io.poolshim.A", "b", "A.java", 3)});
        Map<String, Object> fields = fields(new Entry("swallowed", Entry.ERROR)
                .ofAgent("doing something", error)
                .outcome(error));
        assertEquals("doing something", fields.get("doing"));
        assertEquals("io.poolshim.A.b:3", fields.get("call_site"));
        assertFalse(fields.toString().contains("secret"));
    }

    @Test
    void dropped_tellsHowMany() {
        Map<String, Object> fields = JsonReader.object(new String(lines.ofDropped(42), StandardCharsets.UTF_8));
        assertEquals("dropped", fields.get("event"));
        assertEquals(42.0, fields.get("count"));
    }
}
