package io.poolshim.config;

/** A text that was given for a setting, and where. */
final class Given {
    final String text;
    final Source source;

    Given(String text, Source source) {
        this.text = text;
        this.source = source;
    }

    boolean isBlank() {
        return text.trim().isEmpty();
    }
}
