package io.poolshim.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.poolshim.programs.Commented;
import io.poolshim.testbed.ChildJvm;
import io.poolshim.testbed.OtlpReceiver;
import io.poolshim.testbed.PostgresServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.commons.Remapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the server sees of statements that tell who asks: the same as without, and the comment. */
class SqlCommenterIT {
    private static final Path WORK = Lab.workFolder("sqlcommenter");
    private static final String FIXED = " /*application='Commented',db_driver='pgjdbc'*/";
    private static final Pattern ANY =
            Pattern.compile(" /\\*application='Commented',db_driver='pgjdbc'(,traceparent='[0-9a-f-]{55}')?\\*/");

    private static final Pattern TRACEPARENT = Pattern.compile("traceparent='00-([0-9a-f]{32}-[0-9a-f]{16})-0[13]'");

    private static final List<String> COMMENTED = List.of(
            "plain",
            "semicolon",
            "string",
            "dollars",
            "name",
            "escape",
            "two",
            "in a batch",
            "execution 0",
            "execution 11",
            "on the server",
            "after that",
            "call",
            "key",
            "key of a batch",
            "keys",
            "cursor",
            "in pieces",
            "copy",
            "copy;",
            "in one",
            "simple",
            "simple, plain",
            "simple, two",
            "extendedForPrepared",
            "extendedCacheEverything, again");
    private static final List<String> LEFT = List.of(
            "own comment",
            "own comment at the end",
            "copy -- mine",
            "simple, own comment",
            "native",
            "as text",
            "no end",
            "no end of a name",
            "no end of dollars",
            "nothing");

    static Stream<Path> drivers() {
        return Stream.concat(DriverVersionsIT.drivers().stream(), Stream.of(Lab.driver()));
    }

    @ParameterizedTest
    @MethodSource("drivers")
    void statementsOfAllKinds_tellWhoAsks(Path driver) {
        List<String> lines = pooled(driver, "static").child().stdout().lines().toList();
        String text = String.join("\n", lines);
        for (String label : COMMENTED) {
            assertTrue(section(text, label).contains(FIXED), () -> label + " is not commented in " + text);
        }
        for (String label : LEFT) {
            assertFalse(section(text, label).contains(FIXED), () -> label + " is commented in " + text);
        }
        assertTrue(text.contains("two: first|SELECT 'first', current_query() and last"), text);
        assertTrue(text.contains("on the server: 1|"), text);
        String alone = alone(driver);
        assertTrue(section(alone, "unfinished").endsWith("Position: 11"), alone);
        String behind = "Position: " + (11 + FIXED.length());
        assertTrue(section(text, "unfinished").endsWith(behind), text);
        assertEquals(alone, text.replace(FIXED, "").replace(behind, "Position: 11"));
    }

    /** From its label to the next line that has one. */
    private static String section(String text, String label) {
        int start = text.indexOf("\n" + label + ": ");
        assertTrue(start >= 0 || text.startsWith(label + ": "), () -> label + " is not in " + text);
        return text.substring(start + 1).split("\n(?=[a-z][\\w ,;-]*: )", 2)[0];
    }

    @Test
    void statementsThatStayPrepared_tellNoTraceparent() {
        String text = pooled(Lab.driver(), "full").child().stdout();
        assertTrue(section(text, "on the server").contains(FIXED), text);
        assertTrue(section(text, "execution 11").contains(FIXED), text);
        assertTrue(text.contains("on the server: 1|"), text);
        assertEquals(
                withoutPositions(alone(Lab.driver())),
                withoutPositions(ANY.matcher(text).replaceAll("")));
    }

    /** The text that the server shows names the span that the receiver gets. */
    @Test
    void statementsThatAreSentAnew_nameTheirSpan() throws Exception {
        try (OtlpReceiver receiver = OtlpReceiver.start(0)) {
            Path report = WORK.resolve("traceparents.json");
            AgentRun run = AgentRun.of(
                    AgentRun.equip(child(Lab.driver()), report)
                            .property("poolshim.sqlcommenter", "full")
                            .property("otel.exporter.otlp.endpoint", receiver.endpoint()),
                    report);
            Set<String> named = TRACEPARENT
                    .matcher(run.mustBeClean().child().stdout())
                    .results()
                    .map(found -> found.group(1))
                    .collect(Collectors.toSet());
            assertTrue(named.size() > 10, run::toString);
            Set<String> statements = receiver.spans().stream()
                    .filter(span -> span.kind().equals("CLIENT"))
                    .map(span -> span.traceId() + "-" + span.spanId())
                    .collect(Collectors.toSet());
            named.removeAll(statements);
            assertTrue(named.size() <= 2, () -> "not statements, but maybe a COPY, which has no span: " + named);
        }
    }

    private static String withoutPositions(String text) {
        return text.replaceAll("Position: [0-9]+", "").trim();
    }

    @Test
    void spans_showTextsWithoutComment() throws Exception {
        try (OtlpReceiver receiver = OtlpReceiver.start(0)) {
            Path report = WORK.resolve("spans.json");
            AgentRun.of(
                            AgentRun.equip(child(Lab.driver()), report)
                                    .property("poolshim.sqlcommenter", "static")
                                    .property("otel.exporter.otlp.endpoint", receiver.endpoint()),
                            report)
                    .mustBeClean();
            assertTrue(
                    receiver.spans().stream()
                            .anyMatch(span -> String.valueOf(span.attribute("db.query.text"))
                                    .equals("SELECT current_query() AS \"a -- name\"")),
                    "the texts are there");
            for (byte[] payload : receiver.payloads()) {
                assertFalse(new String(payload, StandardCharsets.ISO_8859_1).contains("db_driver"));
            }
        }
    }

    @Test
    void driverThatSendsInAnotherWay_isPooledWithoutComments() {
        Path driver = AlteredDriver.write(WORK.resolve("altered.jar"), new Remapper(Opcodes.ASM9) {
            @Override
            public String mapMethodName(String owner, String name, String descriptor) {
                return name.equals("sendParse") ? "sendParsed" : name;
            }
        });
        AgentRun run = pooled(driver, "static");
        assertEquals(
                List.of("[poolshim] statements carry no comment with this version of org.postgresql.Driver:"
                        + " it sends them in a way that is not known"),
                Lab.agentLines(run.child()).stream()
                        .filter(line -> line.contains("comment"))
                        .filter(line -> !line.contains("[pool "))
                        .toList());
        assertEquals(alone(driver), run.child().stdout().trim());
    }

    private static String alone(Path driver) {
        return child(driver).run().mustSucceed().stdout().trim();
    }

    private static AgentRun pooled(Path driver, String comments) {
        Path report = WORK.resolve(driver.getFileName() + "." + comments + ".json");
        ChildJvm child = AgentRun.equip(child(driver), report).property("poolshim.sqlcommenter", comments);
        return AgentRun.of(child, report).mustBeClean().mustHavePooled();
    }

    private static ChildJvm child(Path driver) {
        PostgresServer server = Lab.serverFor(driver);
        return Lab.settings(ChildJvm.on(DriverVersionsIT.jdk(driver)), server, Lab.freshDatabase(server, "commented"))
                .classPath(Lab.programs(), driver)
                .mainClass(Commented.class.getName());
    }
}
