package io.poolshim.sql;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * What may be shown of a text of SQL: a question mark for each literal and number, no comments, names as they are. Broken
 * texts are where secrets come out: with a quotation mark too many, literals and what stands between them change places. So
 * wherever it is not certain that a quotation is one, nothing is shown from there on.
 */
final class ShownSql {
    private static final String HIDDEN = "?";
    private static final int LONGEST_PARAMETER = "$65535".length(); // the last one there can be
    private static final Set<String> LOGINS = new HashSet<>(Arrays.asList("role", "user", "group"));

    private final SqlTokens tokens;
    private final StringBuilder text;
    private final String[] last = {"", "", ""}; // the latest first
    private int words; // of the statement
    private String first = "";
    private String second = "";
    private boolean sets; // the statement has the word SET
    private boolean readsInput; // it is a COPY from the client
    private boolean hidesWord; // up to the next blank
    private boolean hidesStatement; // the rest of it
    private int end; // of the token before
    private boolean literalBefore;
    private int shownBefore = -1; // the first quotation, or with it: so much is certain

    private ShownSql(String sql) {
        this.tokens = new SqlTokens(sql);
        this.text = new StringBuilder(sql.length());
    }

    static String of(String sql) {
        return new ShownSql(sql).shown();
    }

    private String shown() {
        for (String token = tokens.next(); token != null; token = tokens.next()) {
            boolean apart = tokens.start() > end;
            if (isDoubtful(apart)) {
                break;
            }
            show(token, apart);
            if (isAmbiguous()) {
                break;
            }
            remember(token);
            if (token.equals(";") && endStatement()) {
                text.append(tokens.next() == null ? "" : " " + HIDDEN);
                break;
            }
        }
        return text.toString();
    }

    /** Whether what was read last says that the quotations so far were none. */
    private boolean isDoubtful(boolean apart) {
        if (tokens.isOpen()) {
            if (shownBefore >= 0) {
                text.setLength(shownBefore);
            } else {
                append(HIDDEN, apart);
            }
            return true;
        }
        return literalBefore && !apart && (tokens.isLiteral() || SqlTokens.isName(tokens.text()) || isNumber());
    }

    /** Whether what was read last would end elsewhere if standard_conforming_strings were off. */
    private boolean isAmbiguous() {
        return tokens.isLiteral()
                && !tokens.hasEscapes()
                && tokens.text().charAt(0) != '$'
                && tokens.text().contains("\\'");
    }

    private boolean isNumber() {
        char c = tokens.text().charAt(0);
        return c >= '0' && c <= '9' || c == '.' && tokens.text().length() > 1;
    }

    private void show(String token, boolean apart) {
        hidesWord = hidesWord && !apart && !isEnd(token) || isPassword(token);
        hidesStatement = hidesStatement && !token.equals(";");
        String raw = tokens.text();
        if (hidesWord || hidesStatement || tokens.isLiteral() || isNumber()) {
            append(HIDDEN, apart);
        } else if (raw.charAt(0) == '"' && raw.indexOf('\'') >= 0) {
            append("\"?\"", apart);
        } else {
            append(raw.charAt(0) == '$' && raw.length() > LONGEST_PARAMETER ? HIDDEN : raw, apart);
        }
        if (shownBefore < 0 && (tokens.isLiteral() || raw.charAt(0) == '"')) {
            shownBefore = text.length();
        }
    }

    private void append(String shown, boolean apart) {
        boolean hiddenTwice =
                (hidesWord || hidesStatement) && text.length() > 0 && text.charAt(text.length() - 1) == '?';
        if (!hiddenTwice) {
            text.append(apart && text.length() > 0 ? " " : "").append(shown);
        }
    }

    private static boolean isEnd(String token) {
        return token.equals(";") || token.equals(",") || token.equals(")");
    }

    /** What somebody wrote without quotation marks, or with double ones, where a password belongs. */
    private boolean isPassword(String token) {
        boolean login = (first.equals("create") || first.equals("alter")) && LOGINS.contains(second);
        return login && last[0].equals("password") && !token.equals("null") && !isEnd(token);
    }

    private void remember(String token) {
        end = tokens.at();
        literalBefore = tokens.isLiteral();
        words++;
        first = words == 1 ? token : first;
        second = words == 2 ? token : second;
        sets |= token.equals("set");
        readsInput |= first.equals("copy") && token.equals("stdin") && last[0].equals("from");
        boolean assigns =
                sets && (first.equals("set") || first.equals("alter")) && (token.equals("=") || token.equals("to"));
        hidesStatement |=
                assigns && SqlTokens.isName(last[0]) && last[1].equals("."); // a setting of the application's own
        System.arraycopy(last, 0, last, 1, last.length - 1);
        last[0] = token;
    }

    /** Whether what follows is data. */
    private boolean endStatement() {
        boolean data = readsInput;
        words = 0;
        first = "";
        second = "";
        sets = false;
        Arrays.fill(last, "");
        return data;
    }
}
