package io.poolshim.advice;

import java.util.Locale;

/** Numbers as people read them. */
final class Words {
    private Words() {}

    static String time(double micros) {
        if (micros >= 10_000_000) {
            return String.format(Locale.ROOT, "%.0f s", micros / 1e6);
        }
        if (micros >= 1_000_000) {
            return String.format(Locale.ROOT, "%.1f s", micros / 1e6);
        }
        return String.format(Locale.ROOT, micros >= 100_000 ? "%.0f ms" : "%.1f ms", micros / 1e3);
    }

    static String rate(double perSecond) {
        return perSecond > 0 && perSecond < 0.05
                ? String.format(Locale.ROOT, "%.1f per minute", perSecond * 60)
                : String.format(Locale.ROOT, "%.1f per second", perSecond);
    }

    static String percent(double share) {
        double percent = share * 100;
        boolean rounded = percent >= 10 || percent == 0;
        return String.format(Locale.ROOT, rounded ? "%.0f %%" : "%.1f %%", percent);
    }

    /** {@code 1 connection}, {@code 2 connections}. */
    static String count(long count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }
}
