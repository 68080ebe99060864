package io.poolshim.suite;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** Compiles programs that must not be on the tests' own class path; their sources are resources, one folder each. */
final class SourceCompiler {
    private SourceCompiler() {}

    /** Compiles the resource folder into a folder of classes. */
    static Path compile(String folder, int release, Path target, List<Path> classPath) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<String> arguments = new ArrayList<>(
                List.of("--release", String.valueOf(release), "-Xlint:-options", "-d", target.toString()));
        if (!classPath.isEmpty()) {
            arguments.add("-cp");
            arguments.add(String.join(
                    java.io.File.pathSeparator,
                    classPath.stream().map(Path::toString).toList()));
        }
        sources(folder).forEach(source -> arguments.add(source.toString()));
        int result = compiler.run(null, null, null, arguments.toArray(String[]::new));
        if (result != 0) {
            throw new IllegalStateException("cannot compile " + folder);
        }
        return target;
    }

    private static List<Path> sources(String folder) {
        try {
            Path root = Path.of(
                    SourceCompiler.class.getResource("/children/" + folder).toURI());
            try (Stream<Path> files = Files.walk(root)) {
                return files.filter(file -> file.toString().endsWith(".java")).toList();
            }
        } catch (IOException | URISyntaxException e) {
            throw new IllegalStateException("cannot read " + folder, e);
        }
    }

    /** Packs a folder of classes as an agent. */
    static Path agentJar(Path classes, Path jar, String premainClass) {
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.putValue("Premain-Class", premainClass);
        main.putValue("Can-Retransform-Classes", "true");
        main.putValue("Can-Redefine-Classes", "true");
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file, manifest);
                Stream<Path> files = Files.walk(classes)) {
            for (Path entry : files.filter(Files::isRegularFile).toList()) {
                out.putNextEntry(new JarEntry(classes.relativize(entry).toString()));
                try (InputStream content = Files.newInputStream(entry)) {
                    content.transferTo(out);
                }
            }
            return jar;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
