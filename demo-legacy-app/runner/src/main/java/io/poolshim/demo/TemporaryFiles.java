package io.poolshim.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Leaves nothing behind, also when the user interrupts. */
final class TemporaryFiles {
    private TemporaryFiles() {}

    /** A folder that goes when this JVM exits. */
    static Path directory() throws IOException {
        Path directory = Files.createTempDirectory("poolshim-demo-");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(directory), "demo-cleaner"));
        return directory;
    }

    private static void delete(Path directory) {
        try (Stream<Path> walk = Files.walk(directory)) {
            List<Path> deepestFirst = walk.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            System.err.println("cannot delete " + directory + ": " + e);
        }
    }
}
