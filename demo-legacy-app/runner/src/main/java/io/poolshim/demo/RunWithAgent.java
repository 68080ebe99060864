package io.poolshim.demo;

import io.poolshim.testbed.OtlpReceiver;
import io.poolshim.testbed.ReceivedSpan;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The run with the agent: what was measured, the flags it was made with, and the last of the spans that arrived. */
record RunWithAgent(RunResult result, List<String> flags, List<ReceivedSpan> spans) {
    private static final int OTLP_PORT = 4318;
    private static final int AGENT_LINES = 12;
    private static final int MANY_SPANS = 40_000;

    /** Makes it; the sink gets all spans. */
    static RunWithAgent of(Run run, Path agentJar, OtlpReceiver.SpanSink sink)
            throws IOException, SQLException, InterruptedException {
        Path report = run.work().resolve("report.json");
        try (OtlpReceiver receiver = receiver(sink)) {
            List<String> flags = flags(run.options(), agentJar, report, receiver);
            Progress progress = new Progress("with the agent", () -> forgetOld(receiver));
            RunResult result = run.withFlags(flags, Optional.of(report), progress);
            return new RunWithAgent(result, flags, receiver.spans());
        }
    }

    /** The last traces are enough to choose from, and a long run has millions of spans. */
    private static void forgetOld(OtlpReceiver receiver) {
        if (receiver.spans().size() > MANY_SPANS) {
            receiver.clear();
        }
    }

    /** At the agent's default address, unless a collector of the user is there: it is not to get these spans. */
    private static OtlpReceiver receiver(OtlpReceiver.SpanSink sink) throws IOException {
        try {
            return OtlpReceiver.start(Ports.isTaken(OTLP_PORT) ? 0 : OTLP_PORT, sink);
        } catch (BindException e) {
            return OtlpReceiver.start(0, sink);
        }
    }

    private static List<String> flags(Options options, Path agentJar, Path report, OtlpReceiver receiver) {
        List<String> flags = new ArrayList<>();
        flags.add("-javaagent:" + agentJar + "=pool.max-size=" + options.pool() + ",pool.overflow=" + options.overflow()
                + ",report=" + report);
        if (!receiver.endpoint().endsWith(":" + OTLP_PORT)) {
            flags.add("-Dotel.exporter.otlp.endpoint=" + receiver.endpoint());
        }
        return flags;
    }

    void printLog() {
        List<String> log = result.agentLog();
        System.out.println();
        System.out.println("What the agent said (" + log.size() + " lines):");
        log.stream().limit(AGENT_LINES).forEach(line -> System.out.println("  " + line));
        System.out.println();
    }
}
