package io.poolshim.launch;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.instrument.Instrumentation;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Has the application's classes looked at from the first one on if it is to be observed. The mode is looked up by hand, in
 * the order in which the settings are, because their own classes take long to load; in any other mode nothing is loaded.
 */
final class EarlyWatch {
    private static final int MOST_BYTES = 1_000_000; // as for the settings

    private EarlyWatch() {}

    /** Never throws. */
    static void startIfWanted(AgentClassLoader loader, Instrumentation instrumentation, @Nullable String arguments) {
        try {
            if (isObserving(arguments)) {
                loader.loadClass("io.poolshim.start.ClassWatch")
                        .getMethod("start", Instrumentation.class)
                        .invoke(null, instrumentation);
            }
        } catch (Throwable failure) {
            Launch.tell("the application's classes are not looked at: " + Launch.reason(failure));
        }
    }

    /** Whether {@code poolshim.mode=observe} is what the application starts with. */
    static boolean isObserving(@Nullable String arguments) {
        String mode = Launch.given("mode");
        String file = Launch.given("config");
        file = file == null ? argument("config", arguments) : file;
        if (mode == null && file != null && !file.trim().isEmpty()) {
            mode = inFile(new File(file.trim()));
        }
        mode = mode == null ? argument("mode", arguments) : mode;
        return mode != null && mode.trim().equalsIgnoreCase("observe");
    }

    private static @Nullable String argument(String key, @Nullable String arguments) {
        Matcher matcher = Pattern.compile("(?:.*,|)\\s*(?:poolshim\\.)?" + key + "\\s*=([^,]*)(?:,.*)?", Pattern.DOTALL)
                .matcher(arguments == null ? "" : arguments);
        return matcher.matches() ? matcher.group(1) : null;
    }

    /** Null, too, if it cannot be read: what is wrong with it the agent tells when it starts. */
    private static @Nullable String inFile(File file) {
        if (!file.isFile() || file.length() > MOST_BYTES) {
            return null;
        }
        try (InputStreamReader reader = new InputStreamReader(new FileInputStream(file), StandardCharsets.UTF_8)) {
            Properties settings = new Properties();
            settings.load(reader);
            String marked = settings.getProperty("\uFEFFpoolshim.mode"); // as some editors begin a file
            return settings.getProperty("poolshim.mode", marked);
        } catch (IOException | IllegalArgumentException unreadable) {
            return null;
        }
    }
}
