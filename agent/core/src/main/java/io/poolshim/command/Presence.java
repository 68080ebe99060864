package io.poolshim.command;

import java.util.Locale;
import java.util.Properties;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is seen of Poolshim from outside a JVM, in a word, without loading anything there: {@code active}, {@code failed} if
 * it could not start, {@code off} if {@code mode=off} keeps it out, {@code given} as an agent that nothing more is known of,
 * because it has not been started yet.
 */
final class Presence {
    static final String NONE = "-";

    /** By this an agent makes itself known; see {@code io.poolshim.start.Sign}. */
    private static final String SIGN = "io.poolshim.active";

    private static final Pattern AGENT =
            Pattern.compile("-javaagent:[^\\s=]*poolshim[^\\s=]*\\.jar(?:=(\\S*))?(?=\\s|$)");

    private Presence() {}

    /** {@code variable}: the value of an environment variable there, or null. */
    static String of(Properties agent, Properties system, Function<String, @Nullable String> variable) {
        String sign = agent.getProperty(SIGN);
        if (sign != null) {
            return sign.equals("failed") ? "failed" : "active";
        }
        Matcher given = AGENT.matcher(agent.getProperty("sun.jvm.args", ""));
        if (!given.find()) {
            return NONE;
        }
        String arguments = given.group(1) == null ? "" : given.group(1);
        return isOff(arguments, given(system, variable, "mode"), given(system, variable, "config")) ? "off" : "given";
    }

    /** As the agent itself decides, see {@code io.poolshim.launch.Launch}. */
    private static boolean isOff(String arguments, @Nullable String mode, @Nullable String file) {
        if (mode != null) {
            return mode.trim().equalsIgnoreCase("off");
        }
        boolean namesFile = file == null
                ? arguments.matches("(?i)(.*,)?(poolshim\\.)?config=[^,].*")
                : !file.trim().isEmpty();
        return !namesFile && arguments.matches("(?i)(.*,)?(poolshim\\.)?mode=off(,.*)?");
    }

    private static @Nullable String given(Properties system, Function<String, @Nullable String> variable, String key) {
        String value = system.getProperty("poolshim." + key);
        return value == null ? variable.apply("POOLSHIM_" + key.toUpperCase(Locale.ROOT)) : value;
    }
}
