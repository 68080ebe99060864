package io.poolshim.programs.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes up what nobody is to read, and finds it again, in whatever form it may have got. */
public final class Secrets {
    private static final String STEM = "s3cr3t";
    private static final String HEX = "5ec3e7";
    private static final String BITS = "10111101100001111100111"; // the same
    private static final String OCTAL = "27541747"; // the same

    private static final Pattern FORMS = Pattern.compile(
            String.join(
                    "|",
                    STEM,
                    new StringBuilder(STEM).reverse(),
                    spelt("\\\\+x%02x"),
                    spelt("\\\\+%03o"),
                    spelt("[\\\\!]+\\+?(?:u|U)?0*%04x"),
                    spelt("%%%02x"),
                    spelt("%02x"),
                    base64(0),
                    base64(1),
                    base64(2),
                    "90_?210_?\\d_?\\d_?\\d_?\\d",
                    "9\\.0210\\d{4}",
                    "90\\.210\\.\\d",
                    HEX,
                    BITS,
                    OCTAL,
                    "1987-06-05"),
            Pattern.CASE_INSENSITIVE);

    private final Random random;

    Secrets(Random random) {
        this.random = random;
    }

    /** The first secret in the text, with what stands around it; null if there is none. */
    public static String in(String text) {
        Matcher matcher = FORMS.matcher(text);
        if (!matcher.find()) {
            return null;
        }
        return text.substring(Math.max(0, matcher.start() - 300), Math.min(text.length(), matcher.end() + 100));
    }

    private static String spelt(String form) {
        StringBuilder pattern = new StringBuilder();
        for (char c : STEM.toCharArray()) {
            pattern.append(String.format(form, (int) c));
        }
        return pattern.toString();
    }

    /** How the stem looks in Base64 after so many other bytes; what depends on its neighbours is left out. */
    private static String base64(int before) {
        byte[] bytes = new byte[before + STEM.length()];
        System.arraycopy(STEM.getBytes(StandardCharsets.US_ASCII), 0, bytes, before, STEM.length());
        String encoded = Base64.getEncoder().encodeToString(bytes);
        int start = (before * 8 + 5) / 6;
        return Pattern.quote(encoded.substring(start, bytes.length * 8 / 6));
    }

    private String digits(int count) {
        StringBuilder digits = new StringBuilder();
        for (int i = 0; i < count; i++) {
            digits.append(random.nextInt(10));
        }
        return digits.toString();
    }

    /** Letters and digits. */
    String word() {
        return STEM + digits(4);
    }

    /** Nine digits. */
    String number() {
        return "90210" + digits(4);
    }

    String hex() {
        return HEX + digits(4);
    }

    String bits() {
        return BITS + digits(8).replaceAll("[2-9]", "1");
    }

    String octal() {
        return OCTAL + digits(3).replaceAll("[89]", "7");
    }

    String date() {
        return "1987-06-05";
    }

    String address() {
        return "90.210." + random.nextInt(256) + "." + random.nextInt(256);
    }

    /** Each character of a word as a format of its code says. */
    String spelled(String form) {
        StringBuilder text = new StringBuilder();
        for (char c : word().toCharArray()) {
            text.append(String.format(form, (int) c));
        }
        return text.toString();
    }
}
