package io.poolshim.sql;

import io.poolshim.log.Log;
import java.io.UnsupportedEncodingException;
import java.net.URLEncoder;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells the database who asks, in a comment at the end of a text, as google.github.io/sqlcommenter/spec has it. A text with a
 * comment of its own is left as it is, and so is one with a string that has no end: what is wrong with it stays the same.
 */
public final class SqlComments {
    private final Map<String, String> fixed = new TreeMap<>();
    private final String comment;
    private final Supplier<@Nullable String> traceparent;

    /**
     * Comments for one JVM.
     *
     * @param fixed keys and values that never change
     * @param traceparent that of the running statement, as W3C's header has it; may give null
     */
    public SqlComments(Map<String, String> fixed, Supplier<@Nullable String> traceparent) {
        this.fixed.putAll(fixed);
        this.comment = comment(this.fixed);
        this.traceparent = traceparent;
    }

    /**
     * The text with its comment.
     *
     * @param once whether it is for one execution; the traceparent in a text that stays prepared would soon be another's
     */
    public String append(String sql, boolean once) {
        try {
            int end = end(sql);
            if (end == 0 || !SqlTokens.takesComment(sql)) {
                return sql;
            }
            String trace = once ? traceparent.get() : null;
            return sql.substring(0, end) + ' ' + (trace == null ? comment : with(trace)) + sql.substring(end);
        } catch (RuntimeException | LinkageError e) {
            Log.swallowed("commenting a statement", e);
            return sql;
        }
    }

    /** Before what ends the text: blanks and semicolons. */
    private static int end(String sql) {
        int end = sql.length();
        while (end > 0 && (sql.charAt(end - 1) == ';' || Character.isWhitespace(sql.charAt(end - 1)))) {
            end--;
        }
        return end;
    }

    private String with(String trace) {
        Map<String, String> all = new TreeMap<>(fixed);
        all.put("traceparent", trace);
        return comment(all);
    }

    private static String comment(Map<String, String> sorted) {
        StringJoiner pairs = new StringJoiner(",", "/*", "*/");
        sorted.forEach((key, value) -> pairs.add(encode(key) + "='" + encode(value) + "'"));
        return pairs.toString();
    }

    /** A slash never stays one, so that nothing ends the comment. */
    private static String encode(String text) {
        try {
            return URLEncoder.encode(text, "UTF-8").replace("+", "%20").replace("%27", "\\'");
        } catch (UnsupportedEncodingException e) {
            throw new IllegalStateException(e); // every Java platform has it
        }
    }
}
