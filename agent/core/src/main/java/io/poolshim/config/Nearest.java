package io.poolshim.config;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Which known name somebody may have meant. */
public final class Nearest {
    private static final int LONGEST = 100;
    private static final int CHARACTERS_PER_ERROR = 5;

    private Nearest() {}

    /** The known name that takes the fewest changes of a character, if they are few for its length; else null. */
    public static @Nullable String of(String name, Collection<String> known) {
        if (name.length() > LONGEST) {
            return null;
        }
        String asked = name.toLowerCase(Locale.ROOT);
        String nearest = null;
        int least = 1 + asked.length() / CHARACTERS_PER_ERROR; // at most so many
        for (String candidate : known) {
            String lower = candidate.toLowerCase(Locale.ROOT);
            int distance = isPart(asked, lower) ? 1 : distance(asked, lower, least);
            if (distance < least || distance == least && nearest == null) {
                least = distance;
                nearest = candidate;
            }
        }
        return nearest;
    }

    /** The part before a dot is missing: {@code max-size}. */
    private static boolean isPart(String asked, String candidate) {
        return candidate.endsWith("." + asked);
    }

    /** Characters to insert, to delete and to replace; any larger number if they are more than {@code most}. */
    static int distance(String one, String other, int most) {
        if (Math.abs(one.length() - other.length()) > most) {
            return most + 1;
        }
        int[] before = new int[other.length() + 1];
        for (int i = 0; i <= other.length(); i++) {
            before[i] = i;
        }
        for (int i = 1; i <= one.length(); i++) {
            int[] now = new int[other.length() + 1];
            now[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int replaced = before[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                now[j] = Math.min(replaced, 1 + Math.min(before[j], now[j - 1]));
            }
            before = now;
        }
        return before[other.length()];
    }
}
