package io.poolshim.sql;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The words and symbols of one text of SQL, past literals and comments, in lower case as the server reads them. */
final class SqlTokens {
    static final String LITERAL = "literal";

    private final String sql;
    private int at;
    private int start; // of the token that was read last
    private boolean literal; // what was read last
    private boolean escapes; // of the literal that was read last: whether a backslash means something in it
    private boolean open; // what was read last has no end
    private @Nullable String quoted; // the last name in quotes as the server knows it
    private @Nullable String normalized; // the same as a token
    private boolean commented; // so far

    SqlTokens(String sql) {
        this.sql = sql;
    }

    /** How far the text has been read. */
    int at() {
        return at;
    }

    /** Where the token that was read last begins. */
    int start() {
        return start;
    }

    /** Whether the token that was read last is a string; a column may be called {@link #LITERAL}, too. */
    boolean isLiteral() {
        return literal;
    }

    /** Whether a backslash in the string that was read last takes the next character's meaning. */
    boolean hasEscapes() {
        return escapes;
    }

    /** Whether the quotation that was read last does not end. */
    boolean isOpen() {
        return open;
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
        return !token.isEmpty() && isNameStart(token.charAt(0));
    }

    /** To the server every byte of a character beyond ASCII is a letter, that of a blank or a dash, too. */
    private static boolean isNameStart(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c >= 0x80;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c >= '\t' && c <= '\r';
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
        boolean escapedBefore = literal && escapes;
        int end = at;
        skipBlanksAndComments();
        literal = false;
        open = false;
        if (at >= sql.length()) {
            return null;
        }
        start = at;
        char c = sql.charAt(at);
        if (c == '\'') {
            return literal(escapedBefore && goesOn(end));
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
        if (isDigit(c) || c == '.' && isDigit(peek(at + 1))) {
            return number();
        }
        return isNameStart(c) ? name() : symbol(c);
    }

    /** Whether a string that begins here belongs to the one that ended there: only blanks with a new line are between. */
    private boolean goesOn(int end) {
        String between = sql.substring(end, at);
        return (between.indexOf('\n') >= 0 || between.indexOf('\r') >= 0)
                && between.replaceAll("--[^\n\r]*", "").trim().isEmpty();
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
        return isNameStart(c) || isDigit(c) || c == '$';
    }

    /** With what may stand behind it without a blank: an exponent, or a name. */
    private String number() {
        int start = at;
        boolean whole = peek(at) == '0' && "xXoObB".indexOf(peek(at + 1)) >= 0;
        boolean point = whole;
        for (char c = peek(at); at < sql.length(); c = peek(at)) {
            boolean sign = (c == '+' || c == '-') && !whole && "eE".indexOf(sql.charAt(at - 1)) >= 0;
            if (c == '.' && !point && peek(at + 1) != '.') {
                point = true;
            } else if (!(isNamePart(c) && c != '$' || sign && isDigit(peek(at + 1)))) {
                break;
            }
            at++;
        }
        return sql.substring(start, at).toLowerCase(Locale.ROOT);
    }

    private String quotedName() {
        int end = at + 1;
        while (end < sql.length() && (sql.charAt(end) != '"' || peek(end + 1) == '"')) {
            end += sql.charAt(end) == '"' ? 2 : 1;
        }
        String name = sql.substring(at + 1, Math.min(end, sql.length()));
        open = end >= sql.length();
        at = end + 1;
        quoted = name.replace("\"\"", "\"");
        normalized = token(quoted);
        return normalized;
    }

    private String literal(boolean withEscapes) {
        literal = true;
        escapes = withEscapes;
        open = true;
        at++;
        while (open && at < sql.length()) {
            char c = sql.charAt(at++);
            if (escapes && c == '\\') {
                at++;
            } else if (c == '\'') {
                open = peek(at) == '\'';
                at += open ? 1 : 0;
            }
        }
        return LITERAL;
    }

    /** A dollar-quoted string, or a parameter such as {@code $1}. */
    private String dollar() {
        boolean parameter = isDigit(peek(at + 1));
        int end = at + 1;
        while (end < sql.length() && (isDigit(peek(end)) || !parameter && isNameStart(peek(end)))) {
            end++;
        }
        if (parameter || peek(end) != '$') {
            at = end;
            return "?";
        }
        String tag = sql.substring(at, end + 1);
        int close = sql.indexOf(tag, end + 1);
        literal = true;
        escapes = false;
        open = close < 0;
        at = open ? sql.length() : close + tag.length();
        return LITERAL;
    }

    private char peek(int index) {
        return index < sql.length() ? sql.charAt(index) : '\0';
    }

    private void skipBlanksAndComments() {
        while (at < sql.length()) {
            if (isBlank(sql.charAt(at))) {
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
