package io.poolshim.admin;

import io.poolshim.config.Config;
import io.poolshim.config.ConfigException;
import io.poolshim.config.Difference;
import io.poolshim.config.Settings;
import io.poolshim.log.Log;
import io.poolshim.registry.PoolControls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks again and again whether the settings file has changed, and has what it says obeyed. It reads the file each time: its
 * times are too coarse on some systems, and a file that is written to in place is empty for a moment, so that what it says
 * counts only when it says so twice.
 */
public final class SettingsWatch implements Runnable {
    /** How often to look, in milliseconds: what is edited takes effect after twice that. */
    public static final long PERIOD = 400;

    private static final long MOST_BYTES = 1_000_000; // more is no settings file

    private final Path file;
    private final PoolControls pools;
    private Config current;
    private byte @Nullable [] obeyed;
    private byte @Nullable [] last;

    /** {@code config}: as it was read at the start, from this file. */
    public SettingsWatch(Path file, Config config, PoolControls pools) {
        this.file = file;
        this.pools = pools;
        this.current = config;
    }

    @Override
    public void run() {
        try {
            byte[] now = content();
            boolean settled = Arrays.equals(now, last);
            last = now;
            if (settled && !Arrays.equals(now, obeyed)) {
                boolean first = obeyed == null;
                obeyed = now;
                readAgain(first);
            }
        } catch (RuntimeException | LinkageError e) {
            Log.swallowed("looking at the settings file (the settings stay as they are)", e);
        }
    }

    /** Empty if it cannot be read now; whoever reads its settings will say why. */
    private byte[] content() {
        try {
            boolean readable = Files.isRegularFile(file) && Files.size(file) <= MOST_BYTES; // a pipe may hang
            return readable ? Files.readAllBytes(file) : new byte[0];
        } catch (IOException e) {
            return new byte[0];
        }
    }

    /** The first time it may still be as it was at the start. */
    private void readAgain(boolean first) {
        Config changed;
        try {
            changed = current.readAgain();
        } catch (ConfigException e) {
            Log.warn("the settings stay as they are: " + e.getMessage());
            return;
        }
        Config before = current;
        current = changed;
        Difference difference = new Difference(before, changed);
        List<String> unknown = new ArrayList<>(changed.unknownTold());
        unknown.removeAll(before.unknownTold());
        unknown.forEach(Log::warn);
        boolean any = !difference.effective().isEmpty() || !difference.later().isEmpty();
        if (any || !first) {
            Log.info("the settings file was read again: " + told(difference, changed));
        }
        if (!difference.effective().isEmpty()) {
            Log.setLevel(changed.get(Settings.LOG_LEVEL));
            pools.reconfigure(changed);
        }
    }

    static String told(Difference difference, Config changed) {
        List<String> parts = new ArrayList<>();
        if (!difference.effective().isEmpty()) {
            parts.add(String.join(", ", difference.effective()));
        }
        if (!difference.later().isEmpty()) {
            parts.add(String.join(", ", difference.later()) + " takes effect at the next start");
        }
        if (!parts.isEmpty()) {
            return String.join("; ", parts);
        }
        return changed.overridden().isEmpty()
                ? "nothing changes"
                : "nothing changes (system properties and environment variables win over it: "
                        + String.join(", ", changed.overridden()) + ")";
    }
}
