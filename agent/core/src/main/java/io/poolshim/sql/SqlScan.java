package io.poolshim.sql;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads one text of SQL word by word and looks for what is not known to be harmless. A name before a parenthesis is a
 * call, unless a word before it says otherwise.
 */
class SqlScan {
    /** Words of literals that mean another time each time they are read. */
    private static final Pattern TIMELY =
            Pattern.compile("now|today|tomorrow|yesterday|[:\\\\]", Pattern.CASE_INSENSITIVE);

    private static final Pattern SETTING_BY_FUNCTION = Pattern.compile("\\s*\\(\\s*'([^'\\\\]*)'(::text)?\\s*,");

    /** Turned off, later texts would read otherwise than here. */
    private static final String STRINGS = "standard_conforming_strings";

    private static final String READ_ONLY = "transaction_read_only"; // and default_…

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
                | (readsOnlyAt(token) ? SqlVerdict.READS_ONLY : 0)
                | (setsTimeoutAt(token) ? SqlVerdict.TIMES : 0)
                | touchesAt(token)
                | (catalogue == null ? 0 : catalogue.flagsOfWord(token))
                | flagsOfCalls;
    }

    private int touchesAt(String token) {
        if (token.equals(SqlTokens.LITERAL)) {
            boolean goesOn = last[0].equals(SqlTokens.LITERAL); // two of them in a row are one
            return goesOn || TIMELY.matcher(tokens.text()).find() ? SqlVerdict.FIXES : 0;
        }
        boolean first = statement.isEmpty() && !SqlWords.CLEAN.contains(token);
        boolean ofTheSystem = token.startsWith("pg_"); // pg_prepared_statements shows some, pg_settings sets some
        return (first || ofTheSystem || SqlWords.OF_PREPARED.contains(token) ? SqlVerdict.TOUCHES : 0)
                | (token.startsWith("reg") ? SqlVerdict.FIXES : 0); // regclass and its like look a name up
    }

    private boolean isTemporaryAt(String token) {
        return token.startsWith("pg_temp")
                || (token.equals("temp") || token.equals("temporary")) && SqlWords.BEFORE_TEMPORARY.contains(last[0]);
    }

    private boolean looksForTemporaryAt(String token) {
        if (!token.equals("set_config")) {
            return SqlWords.LOOKS_FOR_TEMPORARY.contains(token);
        }
        String setting = settingByFunction();
        return setting == null || setting.equalsIgnoreCase("temp_buffers");
    }

    private boolean readsOnlyAt(String token) {
        if (token.equals("set_config")) {
            String setting = settingByFunction();
            return setting == null || setting.toLowerCase(Locale.ROOT).endsWith(READ_ONLY);
        }
        return token.equals("only") && last[0].equals("read") || token.endsWith(READ_ONLY);
    }

    private boolean setsTimeoutAt(String token) {
        if (token.equals("set_config")) {
            String setting = settingByFunction();
            return setting == null || SqlWords.isTimeout(setting.toLowerCase(Locale.ROOT));
        }
        String first = statement.isEmpty() ? "" : statement.get(0);
        return first.equals("set") && SqlWords.isTimeout(token)
                || first.equals("update") && token.equals("pg_settings");
    }

    private boolean isSharedAt(String token) {
        return statement.isEmpty() ? !SqlWords.PLAIN.contains(token) : token.contains("advisory");
    }

    /** Temporary tables have no triggers as a rule, and those who make one for each request do so all the time. */
    private boolean changesCatalogueAt(String token) {
        if (statement.size() != 1) {
            return false;
        }
        switch (statement.get(0)) {
            case "create":
            case "alter":
                return !SqlWords.HIDES_NOTHING.contains(token);
            case "drop":
                return !SqlWords.HIDES_NOTHING.contains(token) && !token.equals("table");
            default:
                return false;
        }
    }

    boolean isOpaqueAt(String token) {
        if (token.indexOf('.') > 0) {
            return !customSettings && isSetAt(0); // SET "a.b"
        }
        if (isSetAt(0) && SqlTokens.hasCapital(token)) {
            return true; // SET "Seed" is SET seed
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
        if (SqlWords.NO_CALL_AFTER.contains(qualified ? last[3] : last[1]) || isWordBeforeParenthesis(last[0])) {
            return;
        }
        boolean own = !qualified || last[2].equals("pg_catalog");
        boolean builtIn = own && (SqlWords.HARMLESS.contains(last[0]) || last[0].equals("set_config"));
        if (builtIn && (qualified || catalogue == null || !catalogue.hasFunction(last[0]))) {
            builtInCalled(last[0]);
            flagsOfCalls |= flagsOfBuiltIn(last[0]);
            return;
        }
        functions.add(last[0]);
        flagsOfCalls |= flagsOfCall(last[0]);
    }

    /** Whether a parenthesis after the word is none of a call, in the language of this text. */
    boolean isWordBeforeParenthesis(String word) {
        return false;
    }

    private static int flagsOfBuiltIn(String name) {
        if (SqlWords.OF_SEQUENCES.contains(name)) {
            return SqlVerdict.SEQUENCES;
        }
        for (String beginning : SqlWords.TOUCHING) {
            if (name.startsWith(beginning)) {
                return SqlVerdict.TOUCHES;
            }
        }
        return 0;
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
}
