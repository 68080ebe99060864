package io.poolshim.config;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One row of the table of settings. System property, environment name and agent argument derive from the key:
 * {@code pool.max-size} is {@code poolshim.pool.max-size}, {@code POOLSHIM_POOL_MAX_SIZE} and {@code pool.max-size=…}.
 *
 * @param <T> the type of the value; with null for a text, which has no default
 */
public final class Setting<T extends @Nullable Object> {
    private final String key;
    private final String defaultText;
    private final String permitted;
    private final String meaning;
    private final Function<String, @Nullable T> parser;
    private boolean isList;

    private Setting(
            String key, String defaultText, String permitted, String meaning, Function<String, @Nullable T> parser) {
        this.key = key;
        this.defaultText = defaultText;
        this.permitted = permitted;
        this.meaning = meaning;
        this.parser = parser;
    }

    static Setting<Integer> number(String key, int value, int min, int max, String meaning) {
        String range = max == Integer.MAX_VALUE ? "a number from " + min : "a number from " + min + " to " + max;
        return new Setting<>(key, Integer.toString(value), range, meaning, text -> {
            int number = Integer.parseInt(text);
            return number >= min && number <= max ? number : null;
        });
    }

    /** A duration such as {@code 30s}; with {@code offAtZero} zero means "off", and {@code min} holds above it. */
    @SuppressWarnings("ReturnValueIgnored")
    static Setting<Duration> duration(String key, String value, String min, boolean offAtZero, String meaning) {
        Duration least = parseDuration(min);
        String permitted = "a duration (ms, s, m, h) from " + min + (offAtZero ? ", or 0s for off" : "");
        return new Setting<>(key, value, permitted, meaning, text -> {
            Duration duration = parseDuration(text);
            duration.toMillis(); // throws for what nobody could wait for
            boolean inRange = duration.compareTo(least) >= 0 || offAtZero && duration.isZero();
            return inRange ? duration : null;
        });
    }

    /** A duration such as {@code 200ms} that is not given by default. */
    static Setting<@Nullable Duration> optionalDuration(String key, String permitted, String meaning) {
        return new Setting<>(key, "", "a duration (ms, s, m, h)" + permitted, meaning, text -> {
            Duration duration = parseDuration(text);
            return duration.toMillis() >= 0 ? duration : null; // throws for what nobody could wait for
        });
    }

    /** A number of bytes such as {@code 500kB} or {@code 10MB}; a plain number is one of MB. */
    static Setting<Long> size(String key, String value, String min, String meaning) {
        long least = parseSize(min);
        String permitted = "a size (kB, MB; a plain number is MB) from " + min;
        return new Setting<>(key, value, permitted, meaning, text -> {
            long size = parseSize(text);
            return size >= least ? size : null;
        });
    }

    static Setting<String> choice(String key, String meaning, String... values) {
        return new Setting<>(key, values[0], "one of " + String.join(", ", values), meaning, text -> {
            String lower = text.toLowerCase(Locale.ROOT);
            return Arrays.asList(values).contains(lower) ? lower : null;
        });
    }

    static Setting<List<String>> list(String key, String permitted, String meaning) {
        Setting<List<String>> setting = new Setting<>(
                key, "", permitted, meaning, text -> Arrays.asList(text.trim().split("\\s*,\\s*")));
        setting.isList = true;
        return setting;
    }

    static Setting<@Nullable String> text(String key, String permitted, String meaning) {
        return new Setting<>(key, "", permitted, meaning, Function.identity());
    }

    /** A text with a default. */
    static Setting<String> withDefault(String key, String value, String permitted, String meaning) {
        return new Setting<>(key, value, permitted, meaning, Function.identity());
    }

    private static int endOfDigits(String text) {
        int end = 0;
        while (end < text.length() && Character.isDigit(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static long parseSize(String text) {
        int unit = endOfDigits(text);
        long number = Long.parseLong(text.substring(0, unit));
        switch (text.substring(unit)) {
            case "kB":
                return Math.multiplyExact(number, 1000L);
            case "":
            case "MB":
                return Math.multiplyExact(number, 1_000_000L);
            default:
                throw new IllegalArgumentException(text);
        }
    }

    private static Duration parseDuration(String text) {
        int unit = endOfDigits(text);
        long number = Long.parseLong(text.substring(0, unit));
        switch (text.substring(unit)) {
            case "ms":
                return Duration.ofMillis(number);
            case "s":
                return Duration.ofSeconds(number);
            case "m":
                return Duration.ofMinutes(number);
            case "h":
                return Duration.ofHours(number);
            default:
                throw new IllegalArgumentException(text);
        }
    }

    /**
     * The value that the text stands for.
     *
     * @throws ConfigException if the text is not permitted; the message names the setting and what is
     */
    T parse(String text) {
        T value = parseOrNull(text);
        if (value == null) {
            throw new ConfigException(refusal(property(), text, ""));
        }
        return value;
    }

    /** Null if the text is not permitted. */
    @Nullable T parseOrNull(String text) {
        try {
            return parser.apply(text.trim());
        } catch (IllegalArgumentException | IndexOutOfBoundsException | ArithmeticException e) {
            return null;
        }
    }

    /** Says what is wrong with a text, and what is permitted. */
    String refusal(String name, String text, String where) {
        return name + "=" + Secrets.shown(name, text) + where + " is not permitted; give " + permitted + " (default "
                + (defaultText.isEmpty() ? "none" : defaultText) + ")";
    }

    /** Agent arguments are separated by commas, so that lists among them take semicolons. */
    String inArgument(String text) {
        return isList ? text.replace(';', ',') : text;
    }

    /** What follows {@code pool.NAME.} if it can be given for some pools; else null. */
    @Nullable String suffixInPool() {
        if (key.startsWith("pool.NAME.")) {
            return key.substring("pool.NAME.".length());
        }
        return key.startsWith("pool.")
                ? key.substring("pool.".length())
                : key.equals("reauthenticate-after") || key.equals("mode") ? key : null;
    }

    /** The name after {@code poolshim.}, as agent arguments use it. */
    public String key() {
        return key;
    }

    /** The name of the system property. */
    public String property() {
        return "poolshim." + key;
    }

    /** The name of the system property that holds for the pools of a section; of a setting that a section can have. */
    public String propertyIn(String section) {
        return "poolshim.pool." + section + "." + suffixInPool();
    }

    /** The name of the environment variable. */
    public String environment() {
        return Texts.environmentName(key);
    }

    /** The default as a user would write it; empty for none. */
    public String defaultText() {
        return defaultText;
    }

    /** The unit and range of permitted values, in words. */
    public String permitted() {
        return permitted;
    }

    /** What the setting does. */
    public String meaning() {
        return meaning;
    }
}
