package io.poolshim.start;

import io.poolshim.config.Config;
import io.poolshim.config.ConfigException;
import io.poolshim.config.PoolSection;
import io.poolshim.config.Settings;
import io.poolshim.config.Source;
import io.poolshim.config.Value;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The effective settings as text: by their source, as that format of files has no comments behind a value, and so that
 * the text can be used as such a file.
 */
public final class PrintSettings {
    private static final String OWN_TESTS = "poolshim.it.";

    private PrintSettings() {}

    /**
     * Prints the settings that an agent with these arguments would have in this JVM, or why it would let everything pass.
     *
     * @return whether there are such settings
     */
    public static boolean print(@Nullable String arguments, PrintStream out) {
        try {
            out.print(text(Config.read(System.getProperties(), System.getenv(), arguments)));
            return true;
        } catch (ConfigException e) {
            out.println("# The application would run unpooled: " + e.getMessage());
            return false;
        }
    }

    /** All of them, as lines of a file for {@code poolshim.config}; secrets are not shown. */
    public static String text(Config config) {
        StringBuilder text = new StringBuilder("# The settings of Poolshim that are in effect.\n");
        for (String unknown : config.unknownTold()) {
            text.append("# ").append(unknown).append('\n');
        }
        List<Value> all = all(config);
        for (Source source : Source.values()) {
            String heading = "\n# " + words(config, source) + "\n";
            for (Value value : all) {
                if (value.source() == source) {
                    text.append(heading).append(line(value)).append('\n');
                    heading = "";
                }
            }
        }
        return text.toString();
    }

    /** A line for each setting that was given, for the log. */
    static List<String> given(Config config) {
        List<String> lines = new ArrayList<>();
        for (Value value : all(config)) {
            if (value.source() != Source.DEFAULT) {
                lines.add("setting " + value.name() + "=" + value.shown() + " (" + words(config, value.source()) + ")");
            }
        }
        return lines;
    }

    private static List<Value> all(Config config) {
        List<Value> all = new ArrayList<>();
        for (Value value : config.all()) {
            if (value.source() != Source.DEFAULT || !value.name().startsWith(OWN_TESTS)) {
                all.add(value);
            }
        }
        for (PoolSection section : config.sections()) {
            for (Value value : section.config().all()) {
                boolean own = value.name().startsWith("poolshim.pool." + section.name() + ".");
                if (own && value.source() != Source.DEFAULT) {
                    all.add(value);
                }
            }
        }
        return all;
    }

    private static String words(Config config, Source source) {
        return source == Source.FILE ? "file " + config.file() : source.words();
    }

    /** What cannot be given again like this is a comment. */
    private static String line(Value value) {
        boolean usable = value.isShownWhole() && !value.name().equals(Settings.CONFIG.property());
        String line = value.name() + " = " + value.shown().replace("\\", "\\\\");
        return (usable ? line : "# " + line).trim();
    }
}
