package io.poolshim.config;

/** Where the value of a setting comes from; the first one that names it wins, in this order. */
public enum Source {
    SYSTEM_PROPERTY("system property"),
    ENVIRONMENT("environment"),
    FILE("file"),
    ARGUMENT("agent argument"),
    DEFAULT("default");

    private final String words;

    Source(String words) {
        this.words = words;
    }

    /** For a reader. */
    public String words() {
        return words;
    }
}
