package io.poolshim.log;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads JSON strictly, as far as the agent writes it. */
public final class JsonReader {
    private final String text;
    private int at;

    private JsonReader(String text) {
        this.text = text;
    }

    @SuppressWarnings("unchecked")
    public static Map<String, Object> object(String text) {
        JsonReader json = new JsonReader(text.trim());
        Object value = json.value();
        json.require(json.at == json.text.length(), "the end");
        return (Map<String, Object>) value;
    }

    private void require(boolean condition, String what) {
        if (!condition) {
            throw new AssertionError("expected " + what + " at " + at + " of " + text);
        }
    }

    private char next() {
        require(at < text.length(), "more");
        return text.charAt(at++);
    }

    private boolean skip(char c) {
        boolean there = at < text.length() && text.charAt(at) == c;
        at += there ? 1 : 0;
        return there;
    }

    private Object value() {
        if (skip('{')) {
            return members();
        }
        if (skip('[')) {
            return elements();
        }
        return skip('"') ? string() : literal();
    }

    private Object literal() {
        boolean truth = text.startsWith("true", at);
        if (truth || text.startsWith("false", at)) {
            at += truth ? 4 : 5;
            return truth;
        }
        return number();
    }

    private Map<String, Object> members() {
        Map<String, Object> members = new LinkedHashMap<>();
        if (skip('}')) {
            return members;
        }
        do {
            require(skip('"'), "a name");
            String name = string();
            require(skip(':'), "a colon");
            require(members.put(name, value()) == null, "each name once");
        } while (skip(','));
        require(skip('}'), "a brace");
        return members;
    }

    private List<Object> elements() {
        List<Object> elements = new ArrayList<>();
        if (skip(']')) {
            return elements;
        }
        do {
            elements.add(value());
        } while (skip(','));
        require(skip(']'), "a bracket");
        return elements;
    }

    private String string() {
        StringBuilder string = new StringBuilder();
        for (char c = next(); c != '"'; c = next()) {
            require(c >= ' ', "no control character");
            string.append(c == '\\' ? escaped(next()) : c);
        }
        return string.toString();
    }

    private char escaped(char c) {
        if (c == 'u') {
            at += 4;
            return (char) Integer.parseInt(text.substring(at - 4, at), 16);
        }
        if (c == 'n' || c == 't') {
            return c == 'n' ? '\n' : '\t';
        }
        require(c == '"' || c == '\\', "a known escape");
        return c;
    }

    private Double number() {
        int start = at;
        while (at < text.length() && "-0123456789.".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        String number = text.substring(start, at);
        require(number.matches("-?(0|[1-9][0-9]*)(\\.[0-9]+)?"), "a number");
        return Double.valueOf(number);
    }
}
