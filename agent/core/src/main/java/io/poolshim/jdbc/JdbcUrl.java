package io.poolshim.jdbc;

import java.io.UnsupportedEncodingException;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** JDBC URLs as text: what may be shown of them, and which match a glob. */
public final class JdbcUrl {
    /** What {@link #scheme} gives for a URL of any other form. */
    public static final String NO_SCHEME = "?:";

    private JdbcUrl() {}

    /** The URL without anything that may be a parameter or a credential; safe to log. */
    public static String redact(String url) {
        if (url == null) {
            return "null";
        }
        if (url.indexOf('@') >= 0) {
            return scheme(url) + "…"; // where the password begins and ends is anybody's guess
        }
        String shown = url.split("[?; (,]", 2)[0];
        int equals = shown.indexOf('=');
        if (equals >= 0) { // a parameter behind some other separator
            int separator = Math.max(shown.lastIndexOf('/', equals), shown.lastIndexOf(':', equals));
            shown = shown.substring(0, separator + 1);
        }
        return shown;
    }

    /** {@code jdbc:mysql:} of {@code jdbc:mysql://host/db}. */
    public static String scheme(String url) {
        int first = url.indexOf(':');
        int second = first < 0 ? -1 : url.indexOf(':', first + 1);
        String scheme = second < 0 ? "" : url.substring(0, second + 1);
        return scheme.matches("jdbc:[a-z0-9+.-]+:") ? scheme : NO_SCHEME; // else it may be anything, a password too
    }

    /** The value of a parameter after {@code ?} or {@code &}; null if it is not there. */
    public static @Nullable String parameter(String url, String name) {
        for (int at = url.indexOf(name + "="); at > 0; at = url.indexOf(name + "=", at + 1)) {
            char before = url.charAt(at - 1);
            if (before == '?' || before == '&') {
                int start = at + name.length() + 1;
                int end = url.indexOf('&', start);
                return decode(url.substring(start, end < 0 ? url.length() : end));
            }
        }
        return null;
    }

    /** The text that percent signs stand for; the text itself if they stand for nothing. */
    public static String decode(String part) {
        if (part.indexOf('%') < 0 && part.indexOf('+') < 0) {
            return part;
        }
        try {
            return URLDecoder.decode(part, "UTF-8");
        } catch (UnsupportedEncodingException | IllegalArgumentException e) {
            return part; // the driver will say what it thinks of it
        }
    }

    /** Patterns for globs in which {@code *} stands for any characters and {@code ?} for one. */
    public static List<Pattern> globs(List<String> globs) {
        List<Pattern> patterns = new ArrayList<>();
        for (String glob : globs) {
            patterns.add(Pattern.compile(
                    Pattern.quote(glob).replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q"), Pattern.DOTALL));
        }
        return patterns;
    }

    /** Whether one of the patterns matches the whole text. */
    public static boolean matchesAny(List<Pattern> patterns, String text) {
        for (Pattern pattern : patterns) {
            if (pattern.matcher(text).matches()) {
                return true;
            }
        }
        return false;
    }
}
