package io.poolshim.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.poolshim.programs.stress.Stress;
import io.poolshim.testbed.ChildJvm;
import io.poolshim.testbed.ChildResult;
import io.poolshim.testbed.Jdk;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One run of the stress program: what it counted. */
record StressRun(ChildResult child, Map<String, Long> counts) {
    private static final Pattern COUNT = Pattern.compile("([a-z-]+)=(-?\\d+)");

    private static final List<String> HAPPENED =
            List.of("stale-refused", "stale-quiet", "aborts", "cross-thread-closes", "interrupts", "cancels", "nested");

    /** Of {@code -Dpoolshim.it.stress.seconds}, or what is said here. */
    static int seconds(int otherwise) {
        return Integer.getInteger("poolshim.it.stress.seconds", otherwise);
    }

    /** The program, without the agent so far; its seed is new or that of {@code -Dpoolshim.it.stress.seed}. */
    static ChildJvm program(Jdk jdk, int seconds) {
        String first = Lab.freshDatabase("stress_one");
        String second = Lab.freshDatabase("stress_two");
        return Lab.child(jdk, first, Stress.class)
                .property("app.url2", Lab.server().url(second))
                .property("app.seconds", seconds)
                .property("app.seed", Long.getLong("poolshim.it.stress.seed", System.nanoTime()))
                .property("poolshim.pool.max-size", 5) // so few that all want the same ones
                .property("poolshim.pool.overflow-wait", "20ms")
                .timeout(Duration.ofSeconds(seconds + 180L));
    }

    static StressRun of(ChildResult child) {
        Map<String, Long> counts = new LinkedHashMap<>();
        child.stdoutLines().stream().filter(line -> line.startsWith("stress: ")).forEach(line -> {
            Matcher matcher = COUNT.matcher(line);
            while (matcher.find()) {
                counts.put(matcher.group(1), Long.valueOf(matcher.group(2)));
            }
        });
        return new StressRun(child, counts);
    }

    StressRun print() {
        child.stdoutLines().stream().filter(line -> line.startsWith("stress: ")).forEach(System.out::println);
        return this;
    }

    long count(String name) {
        return counts.getOrDefault(name, -1L);
    }

    /** Nothing was found, though it was looked for everywhere. */
    StressRun mustHaveFoundNothing() {
        child.mustSucceed();
        assertEquals(0, count("violations"), child::toString);
        assertEquals(0, count("unexpected"), child::toString);
        List<String> idle = child.stdoutLines().stream()
                .filter(line -> line.matches("(act|return) [a-z-]+: 0"))
                .toList();
        assertEquals(List.of(), idle, () -> "never done: " + child);
        for (String name : HAPPENED) {
            assertTrue(count(name) > 0, () -> "no " + name + ": " + child);
        }
        return this;
    }
}
