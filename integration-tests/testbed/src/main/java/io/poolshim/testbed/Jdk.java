package io.poolshim.testbed;

import java.nio.file.Files;
import java.nio.file.Path;

/** A Java runtime on this machine. */
public record Jdk(int major, Path home) {
    public Path java() {
        return home.resolve("bin/java");
    }

    /** Whether this one has the named tool, such as {@code jlink}; a runtime without tools has none. */
    public boolean has(String tool) {
        return Files.isExecutable(home.resolve("bin").resolve(tool));
    }

    @Override
    public String toString() {
        return "Java " + major;
    }
}
