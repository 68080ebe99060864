package io.poolshim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Lines of the log that the guide for operators quotes are those that the agent writes. */
class QuotedLinesTest {
    private static final Path GUIDE = Paths.get("..", "..", "docs", "operations.md");
    private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");
    private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern OF_POSTGRES = Pattern.compile("FATAL: .*|prepared statement .*");
    private static final Pattern EDGES = Pattern.compile("^[^A-Za-z]+|[^A-Za-z]+$");
    private static final int SHORTEST = 8; // characters, of which somebody else's text would hardly be made

    /** In the first column of tables; of several words. */
    private static List<String> quoted() throws IOException {
        List<String> lines = new ArrayList<>();
        for (String row : new String(Files.readAllBytes(GUIDE), StandardCharsets.UTF_8).split("\n")) {
            Matcher matcher = QUOTED.matcher(row.startsWith("| ") ? row.substring(0, row.indexOf(" |")) : "");
            while (matcher.find()) {
                String line = matcher.group(1);
                if (line.split(" ").length > 2 && !OF_POSTGRES.matcher(line).matches()) {
                    lines.add(line);
                }
            }
        }
        return lines;
    }

    private static String literals() throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(Paths.get("src", "main", "java"));
                Stream<Path> further = Files.walk(Paths.get("..", "launch", "src", "main", "java"))) {
            List<Path> sources = Stream.concat(files, further)
                    .filter(file -> file.toString().endsWith(".java"))
                    .collect(Collectors.toList());
            for (Path source : sources) {
                String text = new String(Files.readAllBytes(source), StandardCharsets.UTF_8);
                Matcher matcher = LITERAL.matcher(text.replaceAll("\"\\s*\\+\\s*\"", ""));
                while (matcher.find()) {
                    all.append(matcher.group(1)).append('\n');
                }
            }
        }
        return all.toString();
    }

    /** Whether a text consists of parts of literals, each of them long enough to be meant. */
    private static boolean isWritten(String text, String literals) {
        int from = 0;
        while (from < text.length()) {
            int to = text.length();
            while (to > from && !literals.contains(text.substring(from, to))) {
                to--;
            }
            if (to - from < Math.min(SHORTEST, text.length())) {
                return false;
            }
            from = to;
        }
        return true;
    }

    private static List<String> unwritten(List<String> lines, String literals) {
        List<String> parts = new ArrayList<>();
        for (String line : lines) {
            for (String between : line.split("…")) {
                String part = EDGES.matcher(between).replaceAll("");
                if (!isWritten(part, literals)) {
                    parts.add(part);
                }
            }
        }
        return parts;
    }

    @Test
    void linesOfTheGuide_areWritten() throws IOException {
        List<String> lines = quoted();
        assertTrue(lines.size() >= 10, lines::toString);
        assertEquals(Collections.emptyList(), unwritten(lines, literals()));
    }

    @Test
    void lineThatNobodyWrites_isFound() throws IOException {
        String line = "borrow timed out after … minutes (…); the caller gets nothing";
        assertEquals(2, unwritten(Collections.singletonList(line), literals()).size());
    }
}
