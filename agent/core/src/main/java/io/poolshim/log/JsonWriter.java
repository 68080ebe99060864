package io.poolshim.log;

/** Writes JSON on one line; whoever writes puts the brackets in pairs, and a name before each value of an object. */
public final class JsonWriter {
    private static final String HEX = "0123456789abcdef";

    private final StringBuilder json = new StringBuilder();

    public JsonWriter object() {
        return open('{');
    }

    public JsonWriter endObject() {
        json.append('}');
        return this;
    }

    public JsonWriter array() {
        return open('[');
    }

    public JsonWriter endArray() {
        json.append(']');
        return this;
    }

    public JsonWriter name(String name) {
        value(name);
        json.append(':');
        return this;
    }

    public JsonWriter value(String text) {
        separate();
        json.append('"');
        for (int i = 0; i < text.length(); i++) {
            append(text, i);
        }
        json.append('"');
        return this;
    }

    public JsonWriter value(long number) {
        separate();
        json.append(number);
        return this;
    }

    public JsonWriter value(boolean truth) {
        separate();
        json.append(truth);
        return this;
    }

    /** A number with three decimals, in thousandths; not negative. */
    public JsonWriter thousandths(long number) {
        separate();
        String rest = String.valueOf(1000 + number % 1000);
        json.append(number / 1000).append('.').append(rest, 1, rest.length());
        return this;
    }

    /** A value that is JSON already. */
    public JsonWriter json(String text) {
        separate();
        json.append(text);
        return this;
    }

    private JsonWriter open(char bracket) {
        separate();
        json.append(bracket);
        return this;
    }

    /** What was written last tells whether something stands before; a bracket in a text has a quotation mark after it. */
    private void separate() {
        char last = json.length() == 0 ? '[' : json.charAt(json.length() - 1);
        if (last != '{' && last != '[' && last != ':') {
            json.append(',');
        }
    }

    private void append(String text, int at) {
        char c = text.charAt(at);
        if (c == '"' || c == '\\') {
            json.append('\\').append(c);
        } else if (c == '\n') {
            json.append("\\n");
        } else if (c == '\t') {
            json.append("\\t");
        } else if (Character.isISOControl(c) || c == '\u2028' || c == '\u2029' || isAlone(text, at)) {
            json.append("\\u");
            for (int shift = 12; shift >= 0; shift -= 4) {
                json.append(HEX.charAt(c >> shift & 15));
            }
        } else {
            json.append(c);
        }
    }

    /** Half of a character, which UTF-8 cannot have. */
    private static boolean isAlone(String text, int at) {
        char c = text.charAt(at);
        if (Character.isHighSurrogate(c)) {
            return at + 1 == text.length() || !Character.isLowSurrogate(text.charAt(at + 1));
        }
        return Character.isLowSurrogate(c) && (at == 0 || !Character.isHighSurrogate(text.charAt(at - 1)));
    }

    /** What was written so far. */
    @Override
    public String toString() {
        return json.toString();
    }
}
