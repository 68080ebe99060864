package io.poolshim.testbed;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The Java runtimes of this machine, one for each major version: the running one, those named in {@code POOLSHIM_JDKS} (homes,
 * separated like a class path), and what is found where systems and {@code .ci/install-jdks} put them. Each was started once.
 */
public final class Jdks {
    private static final Pattern VERSION = Pattern.compile("version \"(?:1\\.)?(\\d+)");
    private static final SortedMap<Integer, Jdk> FOUND = find();

    private Jdks() {}

    /** By major version. */
    public static SortedMap<Integer, Jdk> all() {
        return FOUND;
    }

    public static Jdk current() {
        return FOUND.get(Runtime.version().feature());
    }

    public static Jdk oldest() {
        return FOUND.get(FOUND.firstKey());
    }

    public static Optional<Jdk> of(int major) {
        return Optional.ofNullable(FOUND.get(major));
    }

    private static SortedMap<Integer, Jdk> find() {
        SortedMap<Integer, Jdk> found = new TreeMap<>();
        Path running = Path.of(System.getProperty("java.home"));
        found.put(Runtime.version().feature(), new Jdk(Runtime.version().feature(), running));
        for (Path home : candidates()) {
            major(home).ifPresent(major -> found.putIfAbsent(major, new Jdk(major, home)));
        }
        return Collections.unmodifiableSortedMap(found);
    }

    private static List<Path> candidates() {
        List<Path> homes = new ArrayList<>();
        String named = System.getenv("POOLSHIM_JDKS");
        if (named != null) {
            Stream.of(named.split(File.pathSeparator))
                    .filter(home -> !home.isBlank())
                    .map(Path::of)
                    .forEach(homes::add);
        }
        homes.addAll(children(Path.of("/usr/lib/jvm")));
        homes.addAll(children(cache().resolve(Path.of("jdks", "root", "usr", "lib", "jvm"))));
        for (Path bundle : children(Path.of("/Library/Java/JavaVirtualMachines"))) {
            homes.add(bundle.resolve("Contents/Home"));
        }
        return homes.stream().map(Jdks::runtime).distinct().toList();
    }

    private static Path cache() {
        String named = System.getenv("XDG_CACHE_HOME");
        return named != null && !named.isBlank() ? Path.of(named) : Path.of(System.getProperty("user.home"), ".cache");
    }

    private static List<Path> children(Path directory) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(directory)) {
            return children.filter(child -> !Files.isSymbolicLink(child))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    /** In an old runtime package the programs outside {@code jre} are links that need not work. */
    private static Path runtime(Path home) {
        Path jre = home.resolve("jre");
        return Files.isExecutable(jre.resolve("bin/java")) ? jre : home;
    }

    private static Optional<Integer> major(Path home) {
        Path java = home.resolve("bin/java");
        if (!Files.isExecutable(java)) {
            return Optional.empty();
        }
        try {
            Process process = new ProcessBuilder(java.toString(), "-version")
                    .redirectErrorStream(true)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            boolean ended = process.waitFor(30, TimeUnit.SECONDS);
            Matcher version = VERSION.matcher(output);
            return ended && process.exitValue() == 0 && version.find()
                    ? Optional.of(Integer.valueOf(version.group(1)))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
