package io.poolshim.demo;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** What of the machine a test may need. */
final class Machine {
    private Machine() {}

    /** Whether that has been asked for; says so if not. */
    static boolean isFull(String part) {
        boolean full = Boolean.getBoolean("poolshim.it.full");
        if (!full) {
            skipped(part, "only with -Pfull");
        }
        return full;
    }

    /** A program of the operating system; says so if the part that needs it does not run. */
    static Optional<Path> program(String name, String part) {
        Optional<Path> found = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
        if (found.isEmpty()) {
            skipped(part, "there is no " + name + " on the PATH");
        }
        return found;
    }

    private static void skipped(String part, String why) {
        System.out.println("SKIPPED: " + part + ": " + why);
    }
}
