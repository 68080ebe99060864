package io.poolshim.demo;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** What the user may choose. The two runs never differ in any of it. */
record Options(int seconds, int users, long seed, int pool, boolean ui, boolean observe, boolean wantsHelp) {
    /** 20 connections, of which the server keeps 3 for its superuser. */
    static final int USABLE_CONNECTIONS = 17;

    private static final int MOST_OVERFLOW = 6;
    static final int LARGEST_POOL = USABLE_CONNECTIONS - 2;

    static Options defaults() {
        return new Options(8, 50, 2008, 8, false, false, false);
    }

    /** The text that {@code ./demo --help} prints too, before anything is built. */
    static String help() throws IOException {
        try (InputStream text = Options.class.getResourceAsStream("help.txt")) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    static Options parse(String... args) {
        Options options = defaults();
        for (int i = 0; i < args.length; i++) {
            if (args[i].equals("--help") || args[i].equals("-h")) {
                return new Options(
                        options.seconds, options.users, options.seed, options.pool, options.ui, options.observe, true);
            }
            if (args[i].equals("--ui")) {
                options = new Options(
                        options.seconds, options.users, options.seed, options.pool, true, options.observe, false);
                continue;
            }
            if (args[i].equals("--observe")) {
                options = new Options(
                        options.seconds, options.users, options.seed, options.pool, options.ui, true, false);
                continue;
            }
            if (i + 1 == args.length) {
                throw new IllegalArgumentException(args[i] + " lacks its number, or is no option");
            }
            options = options.with(args[i], args[++i]);
        }
        return options;
    }

    private Options with(String option, String value) {
        return switch (option) {
            case "--seconds" -> new Options(number(option, value, 1, 3600), users, seed, pool, ui, observe, wantsHelp);
            case "--users" -> new Options(seconds, number(option, value, 1, 150), seed, pool, ui, observe, wantsHelp);
            case "--seed" ->
                new Options(seconds, users, number(option, value, 0, Integer.MAX_VALUE), pool, ui, observe, wantsHelp);
            case "--pool" ->
                new Options(seconds, users, seed, number(option, value, 1, LARGEST_POOL), ui, observe, wantsHelp);
            default -> throw new IllegalArgumentException("There is no option " + option);
        };
    }

    private static int number(String option, String value, int least, int most) {
        try {
            int number = Integer.parseInt(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new IllegalArgumentException(option + " takes a number from " + least + " to " + most + ", not " + value);
    }

    /** What the server can still take beside the pool, with one connection to spare. */
    int overflow() {
        return Math.min(MOST_OVERFLOW, USABLE_CONNECTIONS - 1 - pool);
    }

    Duration warmUp() {
        return Duration.ofSeconds(2);
    }

    Duration measured() {
        return Duration.ofSeconds(seconds);
    }
}
