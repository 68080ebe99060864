package io.poolshim.jar;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes the one jar that ships: the launcher's few classes at the top level, everything else as {@code .classdata}
 * under {@code inst/} (and HikariCP 7 under {@code inst-11/}), where no loader but the agent's own finds it. The same
 * input gives the same bytes.
 */
public final class JarBuilder {
    private static final long TIMESTAMP = 1767225600000L; // 2026-01-01T00:00:00Z, for a reproducible jar

    private final Map<String, byte[]> entries = new TreeMap<>();

    private JarBuilder() {}

    /** Arguments: libraries, libraries for Java 11 and later, notices (folders); the licence; the version; the output. */
    public static void main(String[] args) throws IOException {
        JarBuilder builder = new JarBuilder();
        for (Path jar : jars(Path.of(args[0]))) {
            String name = jar.getFileName().toString();
            builder.add(jar, name.startsWith("poolshim-launch") ? "" : "inst/");
        }
        for (Path jar : jars(Path.of(args[1]))) {
            builder.add(jar, "inst-11/");
        }
        builder.addNotices(Path.of(args[2]));
        builder.put("META-INF/LICENSE", Files.readAllBytes(Path.of(args[3])));
        builder.write(Path.of(args[5]), manifest(args[4]));
    }

    private static List<Path> jars(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        }
    }

    private void add(Path file, String folder) throws IOException {
        try (JarFile jar = new JarFile(file.toFile(), false)) {
            for (JarEntry entry : (Iterable<JarEntry>) jar.stream()::iterator) {
                if (Contents.isShipped(entry.getName())) {
                    try (InputStream in = jar.getInputStream(entry)) {
                        add(folder, entry.getName(), in.readAllBytes());
                    }
                }
            }
        }
    }

    private void add(String folder, String name, byte[] bytes) throws IOException {
        if (name.startsWith("META-INF/services/")) {
            entries.merge(folder + name, bytes, JarBuilder::joinLines);
        } else if (folder.isEmpty() || !name.endsWith(".class")) {
            put(folder + name, bytes);
        } else {
            put(folder + name + "data", LibraryRewriter.rewrite(name, bytes));
        }
    }

    private void put(String name, byte[] bytes) {
        if (entries.put(name, bytes) != null) {
            throw new IllegalStateException("two libraries bring " + name);
        }
    }

    private static byte[] joinLines(byte[] first, byte[] second) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        joined.writeBytes(first);
        joined.write('\n');
        joined.writeBytes(second);
        return joined.toByteArray();
    }

    private void addNotices(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                put("META-INF/" + folder.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
            }
        }
    }

    private static Manifest manifest(String version) {
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.putValue("Premain-Class", "io.poolshim.launch.PoolshimAgent");
        main.putValue("Agent-Class", "io.poolshim.launch.PoolshimAgent");
        main.putValue("Can-Redefine-Classes", "true");
        main.putValue("Can-Retransform-Classes", "true");
        main.putValue("Implementation-Title", "Poolshim");
        main.putValue("Implementation-Version", version);
        return manifest;
    }

    private void write(Path target, Manifest manifest) throws IOException {
        try (OutputStream file = Files.newOutputStream(target);
                ZipOutputStream out = new ZipOutputStream(file)) {
            out.setLevel(9);
            ByteArrayOutputStream first = new ByteArrayOutputStream();
            manifest.write(first);
            write(out, JarFile.MANIFEST_NAME, first.toByteArray());
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                write(out, entry.getKey(), entry.getValue());
            }
        }
    }

    private static void write(ZipOutputStream out, String name, byte[] bytes) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(java.time.LocalDateTime.ofEpochSecond(TIMESTAMP / 1000, 0, java.time.ZoneOffset.UTC));
        out.putNextEntry(entry);
        out.write(bytes);
        out.closeEntry();
    }
}
