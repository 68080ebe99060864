package io.poolshim.config;

/** A setting that cannot be obeyed; the message says which one and what is permitted. */
public final class ConfigException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    public ConfigException(String message) {
        super(message);
    }
}
