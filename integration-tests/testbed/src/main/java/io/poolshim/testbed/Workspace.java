package io.poolshim.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The folder where this JVM keeps its servers: binaries unpacked once, one folder for each server; deleted when the JVM exits. */
final class Workspace {
    private static final Path ROOT = create();
    private static final Set<PostgresServer> RUNNING = ConcurrentHashMap.newKeySet();

    private Workspace() {}

    private static Path create() {
        try {
            Path root = Files.createTempDirectory("poolshim-postgres-");
            Files.createDirectory(root.resolve("binaries"));
            Runtime.getRuntime().addShutdownHook(new Thread(Workspace::cleanUp, "poolshim-testbed-cleaner"));
            return root;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make a temporary folder", e);
        }
    }

    static Path binaries(String name) {
        try {
            return Files.createDirectories(ROOT.resolve("binaries").resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make a folder in " + ROOT, e);
        }
    }

    static Path newServerDirectory() {
        try {
            return Files.createTempDirectory(ROOT, "server-");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make a folder in " + ROOT, e);
        }
    }

    static void register(PostgresServer server) {
        RUNNING.add(server);
    }

    static void unregister(PostgresServer server) {
        RUNNING.remove(server);
    }

    private static void cleanUp() {
        for (PostgresServer server : RUNNING) {
            try {
                server.close();
            } catch (RuntimeException e) {
                System.err.println("cannot stop PostgreSQL on port " + server.port() + ": " + e);
            }
        }
        delete(ROOT);
    }

    /** A server on its way out may still remove files itself, so a second look is taken. */
    static void delete(Path directory) {
        for (int attempt = 1; attempt <= 3 && Files.exists(directory); attempt++) {
            try {
                Files.walkFileTree(directory, new Deletion());
            } catch (IOException e) {
                System.err.println("cannot delete " + directory + ": " + e);
            }
        }
    }

    private static final class Deletion extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) {
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, IOException failure) throws IOException {
            Files.deleteIfExists(directory);
            return FileVisitResult.CONTINUE;
        }
    }
}
