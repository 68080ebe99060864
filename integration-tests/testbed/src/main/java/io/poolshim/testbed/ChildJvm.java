package io.poolshim.testbed;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A builder for a JVM of its own, started with exactly what was asked for: nothing of this JVM's settings leaks into it. */
public final class ChildJvm {
    private static final List<String> LEAKY =
            List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS", "CLASSPATH");

    /** The option with which JaCoCo measures what children do that have an agent; empty but for {@code -Pcoverage}. */
    private static final String JACOCO = System.getProperty("poolshim.it.jacoco", "");

    private final Jdk jdk;
    private final List<String> jvmArgs = new ArrayList<>();
    private final List<String> path = new ArrayList<>();
    private final List<String> main = new ArrayList<>();
    private final List<String> args = new ArrayList<>();
    private final Map<String, String> environment = new LinkedHashMap<>();
    private Duration timeout = Duration.ofSeconds(120);

    private ChildJvm(Jdk jdk) {
        this.jdk = jdk;
    }

    public static ChildJvm on(Jdk jdk) {
        return new ChildJvm(jdk);
    }

    /** Adds options of the JVM; agents take effect in the order in which they are added. */
    public ChildJvm jvmArgs(String... options) {
        jvmArgs.addAll(Arrays.asList(options));
        return this;
    }

    public ChildJvm property(String name, Object value) {
        return jvmArgs("-D" + name + "=" + value);
    }

    public ChildJvm agent(Path jar) {
        return jvmArgs("-javaagent:" + jar);
    }

    public ChildJvm agent(Path jar, String agentArgs) {
        return jvmArgs("-javaagent:" + jar + "=" + agentArgs);
    }

    public ChildJvm classPath(Path... entries) {
        return classPath(Arrays.asList(entries));
    }

    public ChildJvm classPath(List<Path> entries) {
        return path("-cp", entries);
    }

    public ChildJvm modulePath(List<Path> entries) {
        return path("-p", entries);
    }

    private ChildJvm path(String option, List<Path> entries) {
        path.add(option);
        path.add(entries.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
        return this;
    }

    public ChildJvm mainClass(String name) {
        main.add(name);
        return this;
    }

    public ChildJvm module(String name) {
        main.addAll(List.of("-m", name));
        return this;
    }

    public ChildJvm args(String... arguments) {
        args.addAll(Arrays.asList(arguments));
        return this;
    }

    public ChildJvm env(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** How long the whole run may take before it is killed; 120 s unless said otherwise. */
    public ChildJvm timeout(Duration atMost) {
        this.timeout = atMost;
        return this;
    }

    /** Runs it to its end. */
    public ChildResult run() {
        return start().await();
    }

    /** Starts it; its output is collected while it runs. */
    public RunningChild start() {
        List<String> command = command();
        ProcessBuilder builder = new ProcessBuilder(command);
        LEAKY.forEach(builder.environment()::remove);
        builder.environment().keySet().removeIf(name -> name.startsWith("POOLSHIM_") || name.startsWith("OTEL_"));
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            return new RunningChild(process, String.join(" ", command), timeout);
        } catch (IOException e) {
            throw new IllegalStateException("cannot start " + command, e);
        }
    }

    private List<String> command() {
        return Stream.of(List.of(jdk.java().toString()), measuring(), jvmArgs, path, main, args)
                .flatMap(List::stream)
                .toList();
    }

    private List<String> measuring() {
        boolean hasAgent = jvmArgs.stream().anyMatch(option -> option.startsWith("-javaagent:"));
        return hasAgent && !JACOCO.isEmpty() ? List.of(JACOCO) : List.of();
    }
}
