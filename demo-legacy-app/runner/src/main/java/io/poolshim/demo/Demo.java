package io.poolshim.demo;

import io.poolshim.testbed.OtlpReceiver;
import io.poolshim.testbed.PostgresServer;
import io.poolshim.testbed.ReceivedSpan;
import io.poolshim.testbed.TraceTree;
import java.io.IOException;
import java.net.BindException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** An old application, measured without and with the agent. */
public final class Demo {
    /** The superuser's reserve is three connections: two that stay free, and the one that watches. */
    private static final Map<String, String> SERVER =
            Map.of("max_connections", "20", "superuser_reserved_connections", "2");

    private static final int OTLP_PORT = 4318;
    private static final int AGENT_LINES = 12;
    private static final int MANY_SPANS = 40_000;

    private final Options options;
    private final Path agentJar = jar("poolshim.jar");
    private final Path orderDeskJar = jar("orderdesk.jar");
    private final Database database = Database.orderDesk();

    private Demo(Options options) {
        this.options = options;
    }

    /** Takes the options that {@code --help} names. */
    public static void main(String[] args) throws Exception {
        Options options;
        try {
            options = Options.parse(args);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage() + "; see --help");
            System.exit(2);
            return;
        }
        if (options.wantsHelp()) {
            System.out.print(Options.help());
            return;
        }
        System.exit(new Demo(options).run() ? 0 : 1);
    }

    private static Path jar(String property) {
        Path jar = Path.of(System.getProperty(property, property));
        if (!Files.isRegularFile(jar)) {
            throw new IllegalStateException("there is no " + jar.toAbsolutePath() + ", build it first");
        }
        return jar.toAbsolutePath().normalize();
    }

    private boolean run() throws IOException, SQLException, InterruptedException {
        System.out.printf(
                Locale.ROOT,
                "%d users, pausing 20 to 80 ms, for %d s after a warm-up of %d s; seed %d%n",
                options.users(),
                options.seconds(),
                options.warmUp().toSeconds(),
                options.seed());
        System.out.println("starting PostgreSQL 17: SCRAM, 20 connections of which 3 are reserved, fsync off");
        Path work = TemporaryFiles.directory();
        try (PostgresServer server = PostgresServer.start(SERVER);
                OtlpReceiver receiver = receiver()) {
            database.createUser(server);
            return compare(server, receiver, work);
        }
    }

    private boolean compare(PostgresServer server, OtlpReceiver receiver, Path work)
            throws IOException, SQLException, InterruptedException {
        long connectMicros = database.idleConnectMicros(server);
        Run run = new Run(options, server, database, orderDeskJar, work);
        RunResult without = run.withFlags(List.of(), Optional.empty(), new Progress("without the agent", () -> {}));
        Path report = work.resolve("report.json");
        List<String> flags = flags(report, receiver);
        Progress progress = new Progress("with the agent", () -> forgetOld(receiver));
        RunResult with = run.withFlags(flags, Optional.of(report), progress);
        System.out.println();
        System.out.print(ResultTable.render(without, with));
        explain(flags, connectMicros);
        show(with, receiver.spans());
        return with.isClean();
    }

    /** The last traces are enough to choose from, and a long run has millions of spans. */
    private static void forgetOld(OtlpReceiver receiver) {
        if (receiver.spans().size() > MANY_SPANS) {
            receiver.clear();
        }
    }

    /** At the agent's default address, unless a collector of the user is there: it is not to get these spans. */
    private static OtlpReceiver receiver() throws IOException {
        try {
            return OtlpReceiver.start(isTaken(OTLP_PORT) ? 0 : OTLP_PORT);
        } catch (BindException e) {
            return OtlpReceiver.start(0);
        }
    }

    /** Some systems let one bind the loopback address beside somebody who listens on all. */
    private static boolean isTaken(int port) {
        try (Socket collector = new Socket("localhost", port)) {
            return collector.isConnected();
        } catch (IOException nobody) {
            return false;
        }
    }

    private List<String> flags(Path report, OtlpReceiver receiver) {
        List<String> flags = new ArrayList<>();
        flags.add("-javaagent:" + agentJar + "=pool.max-size=" + options.pool() + ",pool.overflow=" + options.overflow()
                + ",report=" + report);
        if (!receiver.endpoint().endsWith(":" + OTLP_PORT)) {
            flags.add("-Dotel.exporter.otlp.endpoint=" + receiver.endpoint());
        }
        return flags;
    }

    private static void explain(List<String> flags, long connectMicros) {
        System.out.println();
        System.out.println("The flag: " + String.join(" ", flags));
        System.out.printf(
                Locale.ROOT,
                "A login to this server with nobody else on it takes %.1f ms (median of 30).%n"
                        + "Server, application and users share this machine, and the server runs with fsync off:%n"
                        + "compare the columns, do not quote the figures. Errors are counted from the first request on.%n",
                connectMicros / 1000.0);
    }

    private static void show(RunResult with, List<ReceivedSpan> spans) {
        List<String> log = with.agentLog();
        System.out.println();
        System.out.println("What the agent said (" + log.size() + " lines):");
        log.stream().limit(AGENT_LINES).forEach(line -> System.out.println("  " + line));
        System.out.println();
        System.out.println(
                "One order, of median length among those with the most statements, as its trace arrived over OTLP:");
        System.out.print(TraceChoice.anOrder(spans).map(TraceTree::render).orElse("  no trace of an order arrived\n"));
    }
}
