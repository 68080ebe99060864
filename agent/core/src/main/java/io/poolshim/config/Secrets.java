package io.poolshim.config;

import io.poolshim.jdbc.JdbcUrl;
import java.util.Locale;
import java.util.regex.Pattern;

/** What may be shown of the values and names that somebody has given: one line, no password, not too much. */
final class Secrets {
    private static final String HIDDEN = "****";
    private static final int LONGEST_SHOWN = 200;
    private static final Pattern PARAMETER =
            Pattern.compile("(?i)((?:password|passwd|pwd|secret|token|credential|key)[\\w.-]{0,30}\\s*=)[^&;,]*");

    private Secrets() {}

    /** Whether the value of this name is never shown. */
    static boolean isSecret(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.contains("password") || lower.contains("secret") || lower.contains("token");
    }

    /** A value as it may stand in a log. */
    static String shown(String name, String text) {
        if (isSecret(name)) {
            return text.isEmpty() ? "" : HIDDEN;
        }
        return inOneLine(PARAMETER.matcher(withoutLogins(text)).replaceAll("$1" + HIDDEN));
    }

    /** {@code user:password@} stands in URLs of many drivers, each in its own way. */
    private static String withoutLogins(String text) {
        if (text.indexOf('@') < 0 || !text.contains("jdbc:")) {
            return text;
        }
        String[] urls = text.split(",", -1);
        for (int i = 0; i < urls.length; i++) {
            urls[i] = urls[i].indexOf('@') < 0 ? urls[i] : JdbcUrl.redact(urls[i].trim());
        }
        return String.join(",", urls);
    }

    /** Without what would end the line or steer a terminal. */
    static String inOneLine(String text) {
        String cut = text.length() > LONGEST_SHOWN ? text.substring(0, LONGEST_SHOWN) + "…" : text;
        StringBuilder line = new StringBuilder(cut.length());
        for (int i = 0; i < cut.length(); i++) {
            char c = cut.charAt(i);
            boolean harmless = !Character.isISOControl(c) && c != '\u2028' && c != '\u2029';
            line.append(harmless ? c : '?');
        }
        return line.toString();
    }
}
