package io.poolshim.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.poolshim.programs.TracedApplication;
import io.poolshim.testbed.Jdks;
import io.poolshim.testbed.OtlpReceiver;
import io.poolshim.testbed.ReceivedSpan;
import io.poolshim.testbed.TraceTree;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What leaves the JVM over OTLP, as a receiver sees it. */
class SpansIT {
    private static final String WAIT = "DriverManager.getConnection";
    private static List<ReceivedSpan> spans;
    private static List<byte[]> payloads;

    @BeforeAll
    static void run() throws Exception {
        Path report = Lab.workFolder("spans").resolve("report.json");
        try (OtlpReceiver receiver = OtlpReceiver.start(0)) {
            AgentRun.of(
                            AgentRun.equip(
                                            Lab.child(
                                                    Jdks.current(),
                                                    Lab.freshDatabase("spans"),
                                                    TracedApplication.class),
                                            report)
                                    .property("poolshim.traces.transactions", "on")
                                    .property("otel.exporter.otlp.endpoint", receiver.endpoint()),
                            report)
                    .mustBeClean();
            spans = receiver.spans();
            payloads = receiver.payloads();
        }
    }

    @Test
    void service_isNamedAfterTheMainClass() {
        assertFalse(spans.isEmpty());
        assertTrue(
                spans.stream().allMatch(span -> span.serviceName().contains("TracedApplication")),
                () -> spans.get(0).serviceName());
    }

    /** A command line may hold passwords. */
    @Test
    void resource_tellsProcessAndHostButNoCommandLine() {
        String all = payloads.stream()
                .map(payload -> new String(payload, StandardCharsets.ISO_8859_1))
                .collect(Collectors.joining());
        for (String told : List.of("process.pid", "process.runtime.version", "host.name", "os.type")) {
            assertTrue(all.contains(told), told);
        }
        assertFalse(all.contains("process.command"));
    }

    @Test
    void connectionSpan_isTheRootFromBorrowToReturn() {
        ReceivedSpan connection = parent(query("INSERT"));
        assertEquals("INTERNAL", connection.kind());
        assertTrue(connection.isRoot(), connection::toString);
        for (ReceivedSpan child : children(connection)) {
            assertEquals(connection.traceId(), child.traceId());
            assertTrue(connection.startNanos() <= child.startNanos(), () -> TraceTree.render(children(connection)));
            assertTrue(connection.endNanos() >= child.endNanos(), () -> TraceTree.render(children(connection)));
        }
    }

    @Test
    void waitSpan_isAChildOfTheConnectionSpan() {
        List<ReceivedSpan> waits = children(parent(query("INSERT"))).stream()
                .filter(span -> span.name().equals(WAIT))
                .toList();
        assertEquals(1, waits.size());
        assertEquals("INTERNAL", waits.get(0).kind());
        assertEquals("UNSET", waits.get(0).statusCode());
    }

    @Test
    void querySpan_carriesTheStableConventions() {
        ReceivedSpan insert = query("INSERT");
        assertEquals("CLIENT", insert.kind());
        assertEquals("postgresql", insert.attribute("db.system.name"));
        assertTrue(insert.attribute("db.namespace").startsWith("spans"), insert::toString);
        assertEquals(
                "INSERT INTO traced VALUES (?, ?)",
                insert.attribute("db.query.text").replaceAll("\\$\\d", "?"));
        assertEquals("INSERT traced", insert.attribute("db.query.summary"));
        assertEquals(Lab.server().host(), insert.attribute("server.address"));
        assertEquals(String.valueOf(Lab.server().port()), insert.attribute("server.port"));
        assertEquals("UNSET", insert.statusCode());
    }

    @Test
    void literals_areReplacedInTheQueryText() {
        ReceivedSpan literal =
                clients(span -> text(span).startsWith("SELECT ?")).get(0);
        assertEquals("SELECT ?, ?", literal.attribute("db.query.text"));
    }

    @Test
    void everyExecution_hasOneSpan() {
        List<ReceivedSpan> statements =
                clients(span -> span.parentSpanId().equals(query("INSERT").parentSpanId()));
        assertEquals(6, statements.size(), () -> TraceTree.render(statements));
    }

    @ParameterizedTest
    @ValueSource(strings = {"42601", "23505", "22P02"})
    void failedStatement_carriesItsSqlState(String sqlState) {
        List<ReceivedSpan> failed = clients(span -> sqlState.equals(span.attribute("db.response.status_code")));
        assertFalse(failed.isEmpty(), () -> "no span with " + sqlState + " in " + TraceTree.render(spans));
        for (ReceivedSpan span : failed) {
            assertEquals("ERROR", span.statusCode());
            assertNotNull(span.attribute("error.type"));
        }
    }

    @Test
    void failedBatch_isOneSpanWithItsSqlState() {
        List<ReceivedSpan> batches =
                clients(span -> span.name().contains("BATCH") || span.attribute("db.operation.batch.size") != null);
        assertEquals(1, batches.size(), () -> TraceTree.render(spans));
        assertEquals("23505", batches.get(0).attribute("db.response.status_code"));
        assertEquals("3", batches.get(0).attribute("db.operation.batch.size"));
    }

    /** Ten rows, four at a time: those that come with the query itself, and two further requests. */
    @Test
    void pageOfACursor_isASpanOfItsOwn() {
        List<ReceivedSpan> fetches = clients(span -> span.name().equals("FETCH"));
        assertEquals(2, fetches.size(), () -> TraceTree.render(spans));
        for (ReceivedSpan fetch : fetches) {
            assertEquals("FETCH", fetch.attribute("db.operation.name"));
            assertEquals("postgresql", fetch.attribute("db.system.name"));
            assertEquals("connection spans", parent(fetch).name());
        }
    }

    /** A commit without a transaction sends nothing, so it is none; auto-commit turned on in one is. */
    @Test
    void endOfATransaction_isASpanIfThatIsWanted() {
        assertEquals(2, clients(span -> span.name().equals("COMMIT")).size(), () -> TraceTree.render(spans));
        assertEquals(1, clients(span -> span.name().equals("ROLLBACK")).size(), () -> TraceTree.render(spans));
    }

    @Test
    void call_namesItsFunction() {
        List<ReceivedSpan> calls =
                clients(span -> "traced_function".equals(span.attribute("db.stored_procedure.name")));
        assertEquals(1, calls.size(), () -> TraceTree.render(spans));
    }

    @Test
    void connectionSpan_namesTheLineThatAskedForIt() {
        ReceivedSpan connection = parent(query("INSERT"));
        assertEquals("io.poolshim.programs.Env.connect", connection.attribute("code.function.name"));
        assertTrue(Integer.parseInt(connection.attribute("code.line.number")) > 0, connection::toString);
    }

    @Test
    void refusedLogin_isAWaitSpanInError() {
        List<ReceivedSpan> failed = spans.stream()
                .filter(span -> span.name().equals(WAIT) && span.statusCode().equals("ERROR"))
                .toList();
        assertEquals(1, failed.size(), () -> TraceTree.render(spans));
        assertEquals("28P01", failed.get(0).attribute("db.response.status_code"));
    }

    @Test
    void noMessageOfAnException_leavesTheJvm() {
        for (ReceivedSpan span : spans) {
            assertEquals("", span.statusMessage(), span::toString);
            assertFalse(span.attributes().containsKey("exception.message"), span::toString);
            assertTrue(
                    span.events().stream().noneMatch(event -> event.attributes().containsKey("exception.message")),
                    span::toString);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "secret-literal",
                "secret-bound",
                "secret-batch",
                "secret-syntax",
                "secret-detail",
                "secret-rolled-back",
                "secret-number",
                "secret-guess",
                "42424242",
                Lab.PASSWORD,
                "already exists",
                "invalid input syntax"
            })
    void secret_isInNoExportedByte(String secret) {
        assertFalse(payloads.isEmpty());
        for (byte[] payload : payloads) {
            assertFalse(new String(payload, StandardCharsets.ISO_8859_1).contains(secret), secret);
        }
    }

    private static List<ReceivedSpan> clients(Predicate<ReceivedSpan> condition) {
        return spans.stream()
                .filter(span -> span.kind().equals("CLIENT"))
                .filter(condition)
                .toList();
    }

    /** The first successful query that starts with the verb. */
    private static ReceivedSpan query(String verb) {
        Stream<ReceivedSpan> found =
                clients(span -> text(span).startsWith(verb) && span.attribute("db.response.status_code") == null)
                        .stream();
        return found.findFirst().orElseThrow(() -> new AssertionError(verb + " is not in " + TraceTree.render(spans)));
    }

    private static String text(ReceivedSpan span) {
        return Optional.ofNullable(span.attribute("db.query.text")).orElse("");
    }

    private static ReceivedSpan parent(ReceivedSpan child) {
        return spans.stream()
                .filter(span -> span.spanId().equals(child.parentSpanId()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no parent of " + child));
    }

    private static List<ReceivedSpan> children(ReceivedSpan parent) {
        return spans.stream()
                .filter(span -> span.parentSpanId().equals(parent.spanId()))
                .toList();
    }
}
