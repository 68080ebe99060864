package io.poolshim.launch;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.zip.DeflaterOutputStream;

/** Writes jars like the agent's own. */
final class ArchiveJar {
    private final Map<String, Map<String, byte[]>> archives = new LinkedHashMap<>();

    ArchiveJar file(String archive, String name, byte[] bytes) {
        archives.computeIfAbsent(archive, a -> new LinkedHashMap<>()).put(name, bytes);
        return this;
    }

    ArchiveJar file(String archive, String name, String text) throws IOException {
        return file(archive, name, text.getBytes(StandardCharsets.UTF_8));
    }

    File writeTo(Path folder) throws IOException {
        Path jar = folder.resolve("agent.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            for (Map.Entry<String, Map<String, byte[]>> archive : archives.entrySet()) {
                out.putNextEntry(new JarEntry(archive.getKey()));
                out.write(bytes(archive.getValue()));
            }
        }
        return jar.toFile();
    }

    private static byte[] bytes(Map<String, byte[]> files) throws IOException {
        ByteArrayOutputStream index = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(index);
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        out.writeInt(files.size());
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            int before = content.size();
            try (DeflaterOutputStream deflated = new DeflaterOutputStream(content)) {
                deflated.write(file.getValue());
            }
            out.writeUTF(file.getKey());
            out.writeInt(file.getValue().length);
            out.writeInt(content.size() - before);
        }
        out.write(content.toByteArray());
        return index.toByteArray();
    }

    static byte[] classFile(Class<?> type) throws IOException {
        try (InputStream in = type.getResourceAsStream(type.getName().replaceAll(".*\\.", "") + ".class")) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            byte[] buffer = new byte[4096];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                out.write(buffer, 0, n);
            }
            return out.toByteArray();
        }
    }
}
