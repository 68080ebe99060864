package io.poolshim.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.poolshim.programs.Differences;
import io.poolshim.testbed.ChildJvm;
import io.poolshim.testbed.Jdks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The differences that docs/safety.md admits: they occur as it says, and it names all that these programs show. */
class DifferencesIT {
    private static final Pattern NAMED = Pattern.compile("`DifferencesIT`: ([^|]*) \\|");
    private static final Pattern TEST = Pattern.compile("`(\\w+)(?:\\.(\\w+))?`(?=[^|]*\\|$)");

    @Test
    void documentedDifferences_occur() {
        Map<String, String> unpooled = lines(child().run().mustSucceed().stdout());
        AgentRun run = pooled();
        Map<String, String> pooled = lines(run.child().stdout());
        assertEquals(unpooled.keySet(), pooled.keySet());
        unpooled.forEach((name, value) -> System.out.printf(
                "difference %s: '%s' without the agent, '%s' with it%n", name, value, pooled.get(name)));
        assertEquals(expected(0), unpooled);
        assertEquals(expected(1), pooled);
    }

    /** Without the agent, and with it. */
    private static Map<String, String> expected(int which) {
        Map<String, List<String>> both = Map.ofEntries(
                Map.entry("class", List.of("the driver's", "a subclass")),
                Map.entry("new-hidden-state", List.of("null", "")),
                Map.entry("temporary-objects", List.of("2", "3")),
                Map.entry("role-settings", List.of("7MB", "4MB")),
                Map.entry("changed-password", List.of("refused with 28P01", "served")),
                Map.entry("application-name", List.of("", "PostgreSQL JDBC Driver")),
                Map.entry("idle-session", List.of("0", "1")),
                Map.entry("drop-database", List.of("dropped", "refused with 55006")),
                Map.entry("backend-pid", List.of("5 of 5", "1 of 5")),
                Map.entry("statement-names", List.of("from S_1 on", "further on")),
                Map.entry("log-writer", List.of("3", "0")));
        return both.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().get(which), (a, b) -> a, TreeMap::new));
    }

    @Test
    void safetyChapter_namesEachOfThem() throws IOException {
        List<String> named = new ArrayList<>();
        for (String row : rows()) {
            Matcher matcher = NAMED.matcher(row);
            if (matcher.find()) {
                named.addAll(List.of(matcher.group(1).split(", ")));
            }
        }
        assertEquals(expected(0).keySet(), new TreeSet<>(named));
    }

    @Test
    void eachRow_saysWhatShowsIt() throws IOException {
        for (String row : rows()) {
            String[] columns = row.split("\\|");
            assertEquals(4, columns.length, row);
            assertTrue(columns[3].contains("none: ") || TEST.matcher(row).find(), row);
        }
    }

    /** The table's rows, without its head. */
    private static List<String> rows() throws IOException {
        Path chapter = Lab.agentJar().toAbsolutePath().getParent().resolve("../../../docs/safety.md");
        String text = Files.readString(chapter.normalize());
        return text.substring(text.indexOf("## What differs"), text.indexOf("And with a driver"))
                .lines()
                .filter(line -> line.startsWith("| "))
                .skip(1)
                .toList();
    }

    private static AgentRun pooled() {
        Path report = Lab.workFolder("differences").resolve("report.json");
        ChildJvm child = child().property("poolshim.session.catalogue-age", "1h"); // no luck for new-hidden-state
        return AgentRun.of(AgentRun.equip(child, report), report).mustBeClean();
    }

    private static ChildJvm child() {
        return Lab.child(Jdks.current(), Lab.freshDatabase("differences"), Differences.class);
    }

    private static Map<String, String> lines(String output) {
        return output.lines()
                .map(line -> line.split(": ?", 2))
                .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1], (a, b) -> a, TreeMap::new));
    }
}
