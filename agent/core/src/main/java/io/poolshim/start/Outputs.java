package io.poolshim.start;

import io.poolshim.config.Config;
import io.poolshim.config.Setting;
import io.poolshim.config.Settings;
import io.poolshim.log.Log;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Files that are written late, some of them when the JVM exits: that one cannot be written is told at the start. */
final class Outputs {
    private static final List<Setting<@Nullable String>> FILES =
            Arrays.asList(Settings.REPORT, Settings.ADVICE, Settings.INCIDENTS, Settings.LOG_FILE);

    private Outputs() {}

    static void check(Config config) {
        for (Setting<@Nullable String> setting : FILES) {
            String name = config.get(setting);
            String trouble = name == null ? null : trouble(name);
            if (trouble != null) {
                Log.warn(setting.property() + "=" + name + " cannot be written as it is now: " + trouble);
            }
        }
    }

    private static @Nullable String trouble(String name) {
        try {
            Path file = Paths.get(name).toAbsolutePath();
            Path folder = file.getParent();
            if (folder == null || Files.isDirectory(file)) {
                return "it is a folder";
            }
            if (Files.exists(file)) {
                return Files.isWritable(file) ? null : "this user may not write it";
            }
            if (!Files.isDirectory(folder)) {
                return "there is no folder " + folder;
            }
            return Files.isWritable(folder) ? null : "this user may not write in " + folder;
        } catch (InvalidPathException e) {
            return "it is no file name here";
        }
    }
}
