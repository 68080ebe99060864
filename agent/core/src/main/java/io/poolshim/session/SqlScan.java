package io.poolshim.session;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads one text of SQL word by word, past literals and comments, and looks for what is not known to be harmless. A
 * name before a parenthesis is a call, unless a word before it says otherwise.
 */
final class SqlScan {
    private static final Set<String> HARMLESS = readNames("harmless-functions.txt");

    /** After these a name with a parenthesis is a table with its columns, an alias, an index method. */
    private static final Set<String> NO_CALL_AFTER =
            setOf("into", "table", "exists", "references", "as", "with", "recursive", "copy", "view", "type");

    /** What statements begin with that leave nothing behind that others could wait for. */
    private static final Set<String> PLAIN = setOf(
            "select",
            "insert",
            "update",
            "delete",
            "merge",
            "values",
            "with",
            "(",
            "explain",
            "show",
            "set",
            "reset",
            "begin",
            "start",
            "commit",
            "end",
            "rollback",
            "savepoint",
            "release");

    private static final Pattern SETTING_BY_FUNCTION = Pattern.compile("\\s*\\(\\s*'(\\w+)'\\s*,");

    /** Turned off, later texts would read otherwise than here. */
    private static final String STRINGS = "standard_conforming_strings";

    private final String sql;
    private final boolean customSettings;
    private int at;
    private @Nullable String quoted; // the last name in quotes as the server knows it
    private @Nullable String normalized; // the same as a token
    private final String[] last = {"", "", "", ""}; // words and symbols before, the latest first

    /** {@code customSettings}: whether they may be reset to what a new session does not have. */
    SqlScan(String sql, boolean customSettings) {
        this.sql = sql;
        this.customSettings = customSettings;
    }

    SqlVerdict verdict() {
        boolean opaque = false;
        boolean plain = true;
        Concern concern = null;
        List<String> statement = new ArrayList<>();
        for (String token = next(); token != null; token = next()) {
            opaque = opaque || isOpaqueAt(token);
            plain = plain && isPlainAt(token, statement.isEmpty());
            System.arraycopy(last, 0, last, 1, last.length - 1);
            last[0] = token;
            if (token.equals(";")) {
                concern = with(concern, statement);
                statement.clear();
            } else if (statement.size() < Concern.WORDS) {
                statement.add(token.equals(normalized) ? quoted : token);
            }
        }
        return SqlVerdict.of(opaque, plain, with(concern, statement));
    }

    private static @Nullable Concern with(@Nullable Concern before, List<String> statement) {
        Concern own = Concern.of(statement);
        return own == null ? before : own.and(before);
    }

    /** The text with a question mark for each literal and without comments, as telemetry may show it. */
    static String withoutLiterals(String sql) {
        SqlScan scan = new SqlScan(sql, false);
        StringBuilder text = new StringBuilder(sql.length());
        while (true) {
            int before = scan.at;
            scan.skipBlanksAndComments();
            int start = scan.at;
            String token = scan.next();
            if (token == null) {
                return text.toString();
            }
            text.append(start > before && text.length() > 0 ? " " : "");
            text.append(token.equals("literal") ? "?" : sql.substring(start, Math.min(scan.at, sql.length())));
        }
    }

    private static boolean isPlainAt(String token, boolean first) {
        return (first ? PLAIN.contains(token) || token.equals(";") : !token.contains("advisory"))
                && !token.startsWith("temp");
    }

    private boolean isOpaqueAt(String token) {
        if (token.indexOf('.') > 0) {
            return !customSettings && isSetAt(0); // SET "a.b"
        }
        switch (token) {
            case "(":
                return isName(last[0]) && isUnknownCall();
            case ".":
                return !customSettings && isSetAt(1); // SET a.b
            case "seed":
                return last[0].equals("set") || isScope(last[0]);
            case "literal":
                return last[0].equals("load") || last[0].equals("do");
            case "language":
                return last[0].equals("do");
            case "table":
            case "schema":
                return last[0].equals("foreign");
            case "server":
            case "extension":
                return last[0].equals("create");
            case "set_config":
                return isUnknownSettingByFunction();
            case "setseed":
            case STRINGS:
                return true;
            default:
                return token.startsWith("dblink");
        }
    }

    /** Only a name that stands there tells that it is no customised one; the seed no reset restores. */
    private boolean isUnknownSettingByFunction() {
        Matcher call = SETTING_BY_FUNCTION.matcher(sql).region(at, sql.length());
        return call.lookingAt()
                ? call.group(1).equalsIgnoreCase(STRINGS) || call.group(1).equalsIgnoreCase("seed")
                : !customSettings;
    }

    /** Whether so many words before this one there is a SET, SET LOCAL, SET SESSION or RESET. */
    private boolean isSetAt(int before) {
        String word = last[before];
        return word.equals("set") || word.equals("reset") || isScope(word) && last[before + 1].equals("set");
    }

    private boolean isUnknownCall() {
        boolean qualified = last[1].equals(".");
        if (NO_CALL_AFTER.contains(qualified ? last[3] : last[1])) {
            return false;
        }
        boolean own = !qualified || last[2].equals("pg_catalog");
        return !own || !HARMLESS.contains(last[0]) && !last[0].equals("set_config");
    }

    private static boolean isScope(String token) {
        return token.equals("local") || token.equals("session");
    }

    private static boolean isName(String token) {
        return !token.isEmpty() && (Character.isLetter(token.charAt(0)) || token.charAt(0) == '_');
    }

    /** The next word or symbol; "literal" for any string; null at the end. */
    private @Nullable String next() {
        skipBlanksAndComments();
        if (at >= sql.length()) {
            return null;
        }
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
        while (at < sql.length() && isNamePart(sql.charAt(at))) {
            at++;
        }
        return sql.substring(start, at).toLowerCase(Locale.ROOT);
    }

    private static boolean isNamePart(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '$';
    }

    private String quotedName() {
        int end = at + 1;
        while (end < sql.length() && (sql.charAt(end) != '"' || peek(end + 1) == '"')) {
            end += sql.charAt(end) == '"' ? 2 : 1;
        }
        String name = sql.substring(at + 1, Math.min(end, sql.length()));
        at = end + 1;
        boolean plain = isName(name) && name.equals(name.toLowerCase(Locale.ROOT));
        quoted = name.replace("\"\"", "\"");
        normalized = plain ? name : "_" + name; // "Lower" is not lower, and "3d" is a name, too
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
                    break;
                }
                at++;
            }
        }
        return "literal";
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
        at = close < 0 ? sql.length() : close + tag.length();
        return "literal";
    }

    private char peek(int index) {
        return index < sql.length() ? sql.charAt(index) : '\0';
    }

    private void skipBlanksAndComments() {
        while (at < sql.length()) {
            if (Character.isWhitespace(sql.charAt(at))) {
                at++;
            } else if (sql.startsWith("--", at)) {
                while (at < sql.length() && peek(at) != '\n' && peek(at) != '\r') {
                    at++;
                }
            } else if (sql.startsWith("/*", at)) {
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

    private static Set<String> setOf(String... names) {
        return Collections.unmodifiableSet(new HashSet<>(Arrays.asList(names)));
    }

    private static Set<String> readNames(String resource) {
        Set<String> names = new HashSet<>();
        try (InputStream in = SqlScan.class.getResourceAsStream(resource)) {
            BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (!line.startsWith("#")) {
                    names.add(line);
                }
            }
        } catch (IOException | NullPointerException e) {
            return names; // nothing is harmless then
        }
        return names;
    }
}
