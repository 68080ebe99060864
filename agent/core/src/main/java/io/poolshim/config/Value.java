package io.poolshim.config;

import org.jspecify.annotations.Nullable;

/** The effective value of one setting, and by which name and where it was given. */
public final class Value {
    private final String name;
    private final String text;
    private final Source source;
    private final @Nullable Object parsed;

    Value(String name, String text, Source source, @Nullable Object parsed) {
        this.name = name;
        this.text = text;
        this.source = source;
        this.parsed = parsed;
    }

    /** The full name; for one pool's own value that of its section, {@code poolshim.pool.orders.max-size}. */
    public String name() {
        return name;
    }

    /** As it was given, or the default; empty for none. May be a secret, see {@link Secrets}. */
    String text() {
        return text;
    }

    /** The text as it may be shown. */
    public String shown() {
        return Secrets.shown(name, text);
    }

    /** Whether {@link #shown} is all of it, so that it can be given again. */
    public boolean isShownWhole() {
        return shown().equals(text);
    }

    public Source source() {
        return source;
    }

    /** Null for none. */
    @Nullable Object parsed() {
        return parsed;
    }
}
