package io.poolshim.sql;

import java.util.HashSet;
import java.util.Set;

/**
 * Reads the body of a function in SQL or PL/pgSQL. More is opaque there than in a text that an application sends: SQL put
 * together while it runs, and whatever changes the catalogue.
 */
final class FunctionScan extends SqlScan {
    /** After these words of PL/pgSQL a parenthesis is none of a call. */
    private static final Set<String> WORDS = SqlWords.setOf(
            "if",
            "elsif",
            "elseif",
            "while",
            "return",
            "perform",
            "raise",
            "assert",
            "query",
            "cursor",
            "else",
            "loop",
            "case",
            "next",
            "exit",
            "continue",
            "begin",
            "to",
            "is",
            "for",
            "notice",
            "constant",
            "default");

    private final Set<String> names = new HashSet<>();

    FunctionScan(String body, boolean customSettings) {
        super(body, customSettings, null);
    }

    @Override
    boolean isOpaqueAt(String token) {
        names.add(token);
        String before = lastToken();
        switch (token) {
            case "execute":
            case "alter":
            case "grant":
            case "revoke":
                return true;
            default:
                return before.equals("create") && !isTemporary(token)
                        || before.equals("drop") && !token.equals("table")
                        || super.isOpaqueAt(token);
        }
    }

    private static boolean isTemporary(String token) {
        return token.equals("temp") || token.equals("temporary") || token.equals("local");
    }

    @Override
    boolean isWordBeforeParenthesis(String word) {
        return WORDS.contains(word);
    }

    /** That is for the catalogue to judge. */
    @Override
    int flagsOfCall(String name) {
        return 0;
    }

    @Override
    void builtInCalled(String name) {
        if (SqlWords.HARMLESS.contains(name)) {
            functions().add(name);
        }
    }

    /** All words of the body: names of tables may be among them. */
    Set<String> names() {
        return names;
    }
}
