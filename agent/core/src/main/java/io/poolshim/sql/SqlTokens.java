package io.poolshim.sql;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The words and symbols of one text of SQL, past literals and comments, in lower case as the server reads them. */
final class SqlTokens {
    static final String LITERAL = "literal";

    private final String sql;
    private int at;
    private int start; // of the token that was read last
    private @Nullable String quoted; // the last name in quotes as the server knows it
    private @Nullable String normalized; // the same as a token
    private boolean commented; // so far
    private boolean open; // at the end: a literal or a name goes on

    SqlTokens(String sql) {
        this.sql = sql;
    }

    /** How far the text has been read. */
    int at() {
        return at;
    }

    /** The text of the token that was read last. */
    String text() {
        return sql.substring(start, Math.min(at, sql.length()));
    }

    /** The name as the server knows it, of the token that was read last. */
    @Nullable String name(String token) {
        return token.equals(normalized) ? quoted : token;
    }

    /** The token for a name as the server knows it. */
    static String token(String name) {
        // "Lower" is not lower, and "3d" is a name, too; which other letters the server folds depends on its encoding
        return isName(name) && !hasCapital(name) ? name.toLowerCase(Locale.ROOT) : "_" + name;
    }

    /** Only names that are put in quotes have any. */
    static boolean hasCapital(String name) {
        return name.chars().anyMatch(c -> c >= 'A' && c <= 'Z');
    }

    static boolean isName(String token) {
        return !token.isEmpty() && (Character.isLetter(token.charAt(0)) || token.charAt(0) == '_');
    }

    /** The text with a question mark for each literal and without comments. */
    static String withoutLiterals(String sql) {
        SqlTokens tokens = new SqlTokens(sql);
        StringBuilder text = new StringBuilder(sql.length());
        while (true) {
            int before = tokens.at;
            tokens.skipBlanksAndComments();
            int start = tokens.at;
            String token = tokens.next();
            if (token == null) {
                return text.toString();
            }
            text.append(start > before && text.length() > 0 ? " " : "");
            text.append(token.equals(LITERAL) ? "?" : sql.substring(start, Math.min(tokens.at, sql.length())));
        }
    }

    /** Whether there is no comment in the text, and one at its end would be one. */
    static boolean takesComment(String sql) {
        SqlTokens tokens = new SqlTokens(sql);
        while (!tokens.commented && tokens.at < sql.length()) {
            tokens.skip();
        }
        return !tokens.commented && !tokens.open;
    }

    /** Past the next word or symbol; what it is does not matter. */
    private void skip() {
        skipBlanksAndComments();
        char c = peek(at);
        boolean mayBePrefix = (peek(at + 1) == '\'' || peek(at + 1) == '&') && "eEuU".indexOf(c) >= 0;
        if (isNamePart(c) && c != '$' && !mayBePrefix) {
            skipName();
        } else {
            next();
        }
    }

    /** The next word or symbol; {@link #LITERAL} for any string; null at the end. */
    @Nullable String next() {
        skipBlanksAndComments();
        if (at >= sql.length()) {
            return null;
        }
        start = at;
        char c = sql.charAt(at);
        if (c == '\'') {
            return literal(false);
        }
        if ((c == 'e' || c == 'E') && peek(at + 1) == '\'') {
            at++;
            return literal(true);
        }
        if ((c == 'u' || c == 'U') && peek(at + 1) == '&' && peek(at + 2) == '\'') {
            at += 2;
            return literal(false);
        }
        if (c == '$') {
            return dollar();
        }
        if (c == '"') {
            return quotedName();
        }
        return Character.isLetterOrDigit(c) || c == '_' ? name() : symbol(c);
    }

    private String symbol(char c) {
        at++;
        return String.valueOf(c);
    }

    private String name() {
        int start = at;
        skipName();
        return sql.substring(start, at).toLowerCase(Locale.ROOT);
    }

    private void skipName() {
        while (at < sql.length() && isNamePart(sql.charAt(at))) {
            at++;
        }
    }

    private static boolean isNamePart(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '$';
    }

    private String quotedName() {
        int end = at + 1;
        while (end < sql.length() && (sql.charAt(end) != '"' || peek(end + 1) == '"')) {
            end += sql.charAt(end) == '"' ? 2 : 1;
        }
        open |= end >= sql.length();
        String name = sql.substring(at + 1, Math.min(end, sql.length()));
        at = end + 1;
        quoted = name.replace("\"\"", "\"");
        normalized = token(quoted);
        return normalized;
    }

    private String literal(boolean escapes) {
        at++;
        while (at < sql.length()) {
            char c = sql.charAt(at++);
            if (escapes && c == '\\') {
                at++;
            } else if (c == '\'') {
                if (peek(at) != '\'') {
                    return LITERAL;
                }
                at++;
            }
        }
        open = true;
        return LITERAL;
    }

    /** A dollar-quoted string, or a parameter such as {@code $1}. */
    private String dollar() {
        int end = at + 1;
        while (end < sql.length() && (Character.isLetterOrDigit(sql.charAt(end)) || sql.charAt(end) == '_')) {
            end++;
        }
        boolean quote = peek(end) == '$' && !Character.isDigit(peek(at + 1));
        if (!quote) {
            at = end;
            return "?";
        }
        String tag = sql.substring(at, end + 1);
        int close = sql.indexOf(tag, end + 1);
        open |= close < 0;
        at = close < 0 ? sql.length() : close + tag.length();
        return LITERAL;
    }

    private char peek(int index) {
        return index < sql.length() ? sql.charAt(index) : '\0';
    }

    private void skipBlanksAndComments() {
        while (at < sql.length()) {
            if (Character.isWhitespace(sql.charAt(at))) {
                at++;
            } else if (sql.startsWith("--", at)) {
                commented = true;
                while (at < sql.length() && peek(at) != '\n' && peek(at) != '\r') {
                    at++;
                }
            } else if (sql.startsWith("/*", at)) {
                commented = true;
                skipBlockComment();
            } else {
                return;
            }
        }
    }

    private void skipBlockComment() {
        int depth = 0; // they nest
        do {
            if (sql.startsWith("/*", at)) {
                depth++;
                at += 2;
            } else if (sql.startsWith("*/", at)) {
                depth--;
                at += 2;
            } else {
                at++;
            }
        } while (depth > 0 && at < sql.length());
    }
}
