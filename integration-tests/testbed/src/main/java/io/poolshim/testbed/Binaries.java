package io.poolshim.testbed;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** The programs of one PostgreSQL version: those on the class path, or those packed in a jar; unpacked once. */
record Binaries(Optional<Path> jar) {
    static Binaries ofClassPath() {
        return new Binaries(Optional.empty());
    }

    static Binaries of(Path jar) {
        return new Binaries(Optional.of(jar));
    }

    /** Where they are, or will be, unpacked: nothing else is there. */
    Path folder() {
        return Workspace.binaries(jar.map(file -> file.getFileName().toString()).orElse("default"));
    }

    /** The packed programs; only if there is a jar. */
    InputStream packed() throws IOException {
        try (JarFile file = new JarFile(jar.orElseThrow().toFile())) {
            String name = file.stream()
                    .map(java.util.zip.ZipEntry::getName)
                    .filter(entry -> entry.endsWith(".txz"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("no PostgreSQL in " + jar));
            try (InputStream in = file.getInputStream(file.getEntry(name))) {
                return new ByteArrayInputStream(in.readAllBytes());
            }
        }
    }

    Path program(String name) {
        try (Stream<Path> unpacked = Files.list(folder())) {
            return unpacked.map(directory -> directory.resolve("bin").resolve(name))
                    .filter(Files::isExecutable)
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("no " + name + " in " + folder()));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + folder(), e);
        }
    }
}
