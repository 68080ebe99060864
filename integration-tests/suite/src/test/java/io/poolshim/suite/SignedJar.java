package io.poolshim.suite;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** A copy of a jar whose packages are sealed and whose classes are signed, by the tools of the JDK that runs the tests. */
final class SignedJar {
    private static final String PASSWORD = "not-a-secret";

    private SignedJar() {}

    static Path sealedAndSigned(Path jar, Path copy) throws IOException {
        seal(jar, copy);
        Path keys = copy.resolveSibling(copy.getFileName() + ".keys");
        run(
                "keytool",
                "-genkeypair",
                "-alias",
                "tester",
                "-keyalg",
                "RSA",
                "-dname",
                "CN=tester",
                "-keystore",
                keys.toString(),
                "-storepass",
                PASSWORD);
        run("jarsigner", "-keystore", keys.toString(), "-storepass", PASSWORD, copy.toString(), "tester");
        return copy;
    }

    private static void seal(Path jar, Path copy) throws IOException {
        try (JarFile from = new JarFile(jar.toFile())) {
            Manifest manifest = new Manifest(from.getManifest());
            manifest.getMainAttributes().put(Attributes.Name.SEALED, "true");
            try (OutputStream file = Files.newOutputStream(copy);
                    JarOutputStream to = new JarOutputStream(file, manifest)) {
                for (JarEntry entry : Collections.list(from.entries())) {
                    if (!entry.getName().equals(JarFile.MANIFEST_NAME)) {
                        to.putNextEntry(new JarEntry(entry.getName()));
                        try (InputStream content = from.getInputStream(entry)) {
                            content.transferTo(to);
                        }
                    }
                }
            }
        }
    }

    private static void run(String tool, String... arguments) throws IOException {
        Path program = Path.of(System.getProperty("java.home"), "bin", tool);
        List<String> command = new java.util.ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes());
        try {
            if (process.waitFor() != 0) {
                throw new IllegalStateException(tool + " failed: " + output);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + tool + " ran", e);
        }
    }
}
