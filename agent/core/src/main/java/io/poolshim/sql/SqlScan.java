package io.poolshim.sql;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads one text of SQL word by word and looks for what is not known to be harmless. A name before a parenthesis is a
 * call, unless a word before it says otherwise.
 */
class SqlScan {
    static final Set<String> HARMLESS = readNames("harmless-functions.txt");

    /** After these a name with a parenthesis is a table with its columns, an alias, an index method. */
    private static final Set<String> NO_CALL_AFTER =
            setOf("into", "table", "exists", "references", "as", "with", "recursive", "copy", "view", "type");

    /** What statements begin with that leave nothing behind that others could wait for. */
    private static final Set<String> PLAIN = setOf(
            ";",
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

    /** What tells whether a session has, or once had, temporary objects; the driver's getSchemas() asks so, too. */
    private static final Set<String> LOOKS_FOR_TEMPORARY =
            setOf("temp_buffers", "current_schemas", "pg_my_temp_schema", "pg_is_other_temp_schema");

    /** What TEMP and TEMPORARY follow where they make something. */
    private static final Set<String> BEFORE_TEMPORARY = setOf("create", "local", "global", "replace", "into");

    /** What CREATE, ALTER and DROP may make and change without anything new behind tables, views and functions. */
    private static final Set<String> HIDES_NOTHING =
            setOf("temp", "temporary", "local", "global", "role", "user", "group", "database", "system", "tablespace");

    private static final Pattern SETTING_BY_FUNCTION = Pattern.compile("\\s*\\(\\s*'([^'\\\\]*)'(::text)?\\s*,");

    /** Turned off, later texts would read otherwise than here. */
    private static final String STRINGS = "standard_conforming_strings";

    private final String sql;
    private final boolean customSettings;
    private final @Nullable Catalogue catalogue;
    private final SqlTokens tokens;
    private final String[] last = {"", "", "", ""}; // words and symbols before, the latest first
    private final List<String> statement = new ArrayList<>(); // its first words, names as the server knows them
    private final Set<String> functions = new LinkedHashSet<>();
    private int flagsOfCalls;

    /**
     * Of a text that an application sends.
     *
     * @param customSettings whether they may be reset to what a new session does not have
     * @param catalogue what the names in it mean; null if that is not known
     */
    SqlScan(String sql, boolean customSettings, @Nullable Catalogue catalogue) {
        this.sql = sql;
        this.customSettings = customSettings;
        this.catalogue = catalogue;
        this.tokens = new SqlTokens(sql);
    }

    SqlVerdict verdict() {
        int flags = 0;
        Concern concern = null;
        for (String token = tokens.next(); token != null; token = tokens.next()) {
            flags |= flagsAt(token);
            System.arraycopy(last, 0, last, 1, last.length - 1);
            last[0] = token;
            if (token.equals(";")) {
                concern = with(concern);
                statement.clear();
            } else if (statement.size() < Concern.WORDS) {
                statement.add(tokens.name(token));
            }
        }
        return SqlVerdict.of(flags, functions, with(concern), catalogue);
    }

    private @Nullable Concern with(@Nullable Concern before) {
        Concern own = Concern.of(statement);
        return own == null ? before : own.and(before);
    }

    private int flagsAt(String token) {
        return (isOpaqueAt(token) ? SqlVerdict.OPAQUE : 0)
                | (isSharedAt(token) ? SqlVerdict.SHARED : 0)
                | (isTemporaryAt(token) ? SqlVerdict.TEMPORARY : 0)
                | (looksForTemporaryAt(token) ? SqlVerdict.LOOKS_FOR_TEMPORARY : 0)
                | (changesCatalogueAt(token) ? SqlVerdict.CHANGES_CATALOGUE : 0)
                | (catalogue == null ? 0 : catalogue.flagsOfWord(token))
                | flagsOfCalls;
    }

    private boolean isTemporaryAt(String token) {
        return token.startsWith("pg_temp")
                || (token.equals("temp") || token.equals("temporary")) && BEFORE_TEMPORARY.contains(last[0]);
    }

    private boolean looksForTemporaryAt(String token) {
        if (!token.equals("set_config")) {
            return LOOKS_FOR_TEMPORARY.contains(token);
        }
        String setting = settingByFunction();
        return setting == null || setting.equalsIgnoreCase("temp_buffers");
    }

    private boolean isSharedAt(String token) {
        return statement.isEmpty() ? !PLAIN.contains(token) : token.contains("advisory");
    }

    /** Temporary tables have no triggers as a rule, and those who make one for each request do so all the time. */
    private boolean changesCatalogueAt(String token) {
        if (statement.size() != 1) {
            return false;
        }
        switch (statement.get(0)) {
            case "create":
            case "alter":
                return !HIDES_NOTHING.contains(token);
            case "drop":
                return !HIDES_NOTHING.contains(token) && !token.equals("table");
            default:
                return false;
        }
    }

    boolean isOpaqueAt(String token) {
        if (token.indexOf('.') > 0) {
            return !customSettings && isSetAt(0); // SET "a.b"
        }
        switch (token) {
            case "(":
                if (SqlTokens.isName(last[0])) {
                    call();
                }
                return false;
            case ".":
                return !customSettings && isSetAt(1); // SET a.b
            case "seed":
                return last[0].equals("set") || isScope(last[0]);
            case SqlTokens.LITERAL:
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
                return token.startsWith("dblink") || isSpelled(token);
        }
    }

    /** A name spelled by code points could be any. */
    private boolean isSpelled(String token) {
        return token.indexOf('\\') >= 0 && last[0].equals("&");
    }

    /** Only a name that stands there tells that it is no customised one; the seed no reset restores. */
    private boolean isUnknownSettingByFunction() {
        String setting = settingByFunction();
        return setting == null || !SqlTokens.isName(setting) || setting.indexOf('.') >= 0
                ? !customSettings
                : setting.equalsIgnoreCase(STRINGS) || setting.equalsIgnoreCase("seed");
    }

    private @Nullable String settingByFunction() {
        Matcher call = SETTING_BY_FUNCTION.matcher(sql).region(tokens.at(), sql.length());
        return call.lookingAt() ? call.group(1) : null;
    }

    /** Whether so many words before this one there is a SET, SET LOCAL, SET SESSION or RESET. */
    private boolean isSetAt(int before) {
        String word = last[before];
        return word.equals("set") || word.equals("reset") || isScope(word) && last[before + 1].equals("set");
    }

    private void call() {
        boolean qualified = last[1].equals(".");
        if (NO_CALL_AFTER.contains(qualified ? last[3] : last[1]) || isWordBeforeParenthesis(last[0])) {
            return;
        }
        boolean own = !qualified || last[2].equals("pg_catalog");
        boolean builtIn = own && (HARMLESS.contains(last[0]) || last[0].equals("set_config"));
        if (builtIn && (qualified || catalogue == null || !catalogue.hasFunction(last[0]))) {
            builtInCalled(last[0]);
            return;
        }
        functions.add(last[0]);
        flagsOfCalls |= flagsOfCall(last[0]);
    }

    /** Whether a parenthesis after the word is none of a call, in the language of this text. */
    boolean isWordBeforeParenthesis(String word) {
        return false;
    }

    /** Of a function that is not known to be PostgreSQL's own. */
    int flagsOfCall(String name) {
        return catalogue == null ? SqlVerdict.OPAQUE : catalogue.flagsOfCall(name);
    }

    /** PostgreSQL's own, unless there is another of that name. */
    void builtInCalled(String name) {}

    /** The names that are called and are not known to be PostgreSQL's own. */
    final Set<String> functions() {
        return functions;
    }

    final String lastToken() {
        return last[0];
    }

    private static boolean isScope(String token) {
        return token.equals("local") || token.equals("session");
    }

    static Set<String> setOf(String... names) {
        return Collections.unmodifiableSet(new HashSet<>(Arrays.asList(names)));
    }

    static Set<String> readNames(String resource) {
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
