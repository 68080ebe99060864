package io.poolshim.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;

/** A server that takes no writes: a copy of another one's files, waiting for news that never comes. */
public final class Standby implements AutoCloseable {
    private final PgCtl original;
    private final Path directory;
    private final PgCtl pgCtl;
    private final int port;
    private boolean running;

    private Standby(PgCtl original) throws IOException {
        this.original = original;
        this.directory = Workspace.newServerDirectory();
        this.pgCtl = new PgCtl(original.binaries(), directory.resolve("data"), directory.resolve("server.log"));
        try (ServerSocket free = new ServerSocket(0)) {
            this.port = free.getLocalPort();
        }
    }

    /** Copies the server, which is stopped for that moment, and starts the copy. */
    public static Standby of(PostgresServer primary) {
        try {
            Standby standby = new Standby(primary.pgCtl());
            primary.stopCleanly();
            standby.copy();
            primary.startAgain();
            standby.start();
            return standby;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return port;
    }

    private void copy() throws IOException {
        Path from = original.data();
        Path snapshot = directory.resolve("snapshot");
        copy(from, snapshot);
        Files.createFile(snapshot.resolve("standby.signal"));
        Files.deleteIfExists(snapshot.resolve("postmaster.pid"));
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
        Files.setPosixFilePermissions(to, PosixFilePermissions.fromString("rwx------"));
    }

    private void start() {
        try {
            copy(directory.resolve("snapshot"), pgCtl.data());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        pgCtl.run("start", "-o", "-p " + port);
        running = true;
    }

    /** From now on it takes writes; sessions stay. */
    public void promote() {
        pgCtl.run("promote");
    }

    /** A standby again, as it was at first. */
    public void demote() {
        stop();
        Workspace.delete(pgCtl.data());
        start();
    }

    private void stop() {
        if (running) {
            running = false;
            pgCtl.run("stop", "-m", "immediate");
        }
    }

    @Override
    public void close() {
        stop();
        Workspace.delete(directory);
    }
}
