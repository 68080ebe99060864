package io.poolshim.jar;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
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
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes the one jar that ships: the launcher's few classes at the top level, everything else in {@code inst.archive}
 * (and HikariCP 7 in {@code inst-11.archive}), where no loader but the agent's own finds it. The same input gives the
 * same bytes.
 */
public final class JarBuilder {
    private static final long TIMESTAMP = 1767225600000L; // 2026-01-01T00:00:00Z, for a reproducible jar

    private static final String SEAM = "io/poolshim/bootstrap/";

    private final Map<String, byte[]> topLevel = new TreeMap<>();
    private final Map<String, byte[]> isolated = new TreeMap<>();
    private final Map<String, byte[]> isolatedFrom11 = new TreeMap<>();

    private JarBuilder() {}

    /** Arguments: libraries, libraries for Java 11 and later, notices (folders); the licence; the version; the output. */
    public static void main(String[] args) throws IOException {
        JarBuilder builder = new JarBuilder();
        for (Path jar : jars(Path.of(args[0]))) {
            String name = jar.getFileName().toString();
            builder.add(jar, name.startsWith("poolshim-launch") ? builder.topLevel : builder.isolated);
        }
        for (Path jar : jars(Path.of(args[1]))) {
            builder.add(jar, builder.isolatedFrom11);
        }
        builder.topLevel.forEach((name, bytes) -> {
            if (name.startsWith(SEAM)) {
                put(builder.isolated, name, bytes); // to be copied into DriverManager
            }
        });
        builder.addNotices(Path.of(args[2]));
        put(builder.topLevel, "META-INF/LICENSE", Files.readAllBytes(Path.of(args[3])));
        put(builder.topLevel, "inst.archive", archive(builder.isolated));
        put(builder.topLevel, "inst-11.archive", archive(builder.isolatedFrom11));
        builder.write(Path.of(args[5]), manifest(args[4]));
    }

    private static List<Path> jars(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        }
    }

    private void add(Path file, Map<String, byte[]> target) throws IOException {
        try (JarFile jar = new JarFile(file.toFile(), false)) {
            for (JarEntry entry : (Iterable<JarEntry>) jar.stream()::iterator) {
                if (Contents.isShipped(entry.getName())) {
                    try (InputStream in = jar.getInputStream(entry)) {
                        add(target, entry.getName(), in.readAllBytes());
                    }
                }
            }
        }
    }

    private static void add(Map<String, byte[]> target, String name, byte[] bytes) {
        if (name.startsWith("META-INF/services/")) {
            target.merge(name, bytes, JarBuilder::joinLines);
        } else {
            put(target, name, name.endsWith(".class") ? LibraryRewriter.rewrite(name, bytes) : bytes);
        }
    }

    private static void put(Map<String, byte[]> target, String name, byte[] bytes) {
        if (target.put(name, bytes) != null) {
            throw new IllegalStateException("two libraries bring " + name);
        }
    }

    /** In the format that {@link io.poolshim.launch.Archive} reads. */
    private static byte[] archive(Map<String, byte[]> files) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ByteArrayOutputStream contents = new ByteArrayOutputStream();
        DataOutputStream index = new DataOutputStream(bytes);
        index.writeInt(files.size());
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            byte[] deflated = deflate(file.getValue());
            index.writeUTF(file.getKey());
            index.writeInt(file.getValue().length);
            index.writeInt(deflated.length);
            contents.writeBytes(deflated);
        }
        contents.writeTo(index);
        return bytes.toByteArray();
    }

    private static byte[] deflate(byte[] bytes) throws IOException {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
        ByteArrayOutputStream deflated = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(deflated, deflater)) {
            out.write(bytes);
        } finally {
            deflater.end();
        }
        return deflated.toByteArray();
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
                put(
                        topLevel,
                        "META-INF/" + folder.relativize(file).toString().replace('\\', '/'),
                        Files.readAllBytes(file));
            }
        }
    }

    private static Manifest manifest(String version) {
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.putValue("Main-Class", "io.poolshim.launch.Main");
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
            ByteArrayOutputStream first = new ByteArrayOutputStream();
            manifest.write(first);
            write(out, JarFile.MANIFEST_NAME, first.toByteArray());
            for (Map.Entry<String, byte[]> entry : topLevel.entrySet()) {
                write(out, entry.getKey(), entry.getValue());
            }
        }
    }

    private static void write(ZipOutputStream out, String name, byte[] bytes) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        if (name.endsWith(".archive")) { // deflated already
            CRC32 checksum = new CRC32();
            checksum.update(bytes);
            entry.setMethod(ZipEntry.STORED);
            entry.setSize(bytes.length);
            entry.setCrc(checksum.getValue());
        }
        entry.setTimeLocal(java.time.LocalDateTime.ofEpochSecond(TIMESTAMP / 1000, 0, java.time.ZoneOffset.UTC));
        out.putNextEntry(entry);
        out.write(bytes);
        out.closeEntry();
    }
}
