package io.poolshim.demo;

import io.poolshim.testbed.PostgresServer;
import io.poolshim.testbed.TraceTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** An old application, measured without and with the agent. */
public final class Demo {
    /** The superuser's reserve is three connections: two that stay free, and the one that watches. */
    private static final Map<String, String> SERVER =
            Map.of("max_connections", "20", "superuser_reserved_connections", "2");

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
        try (PostgresServer server = PostgresServer.start(SERVER)) {
            database.createUser(server);
            Run run = new Run(options, server, database, orderDeskJar, work);
            if (options.observe()) {
                return AdviceFollowed.show(run, agentJar);
            }
            return options.ui() ? TracePages.show(run, agentJar, jar("zipkin.jar")) : compare(run);
        }
    }

    private boolean compare(Run run) throws IOException, SQLException, InterruptedException {
        long connectMicros = database.idleConnectMicros(run.server());
        RunResult without = run.withFlags(List.of(), Optional.empty(), new Progress("without the agent", () -> {}));
        RunWithAgent with = RunWithAgent.of(run, agentJar, spans -> {});
        System.out.println();
        System.out.print(ResultTable.render(without, with.result()));
        explain(with.flags(), connectMicros);
        with.printLog();
        System.out.println(
                "One order, of median length among those with the most statements, as its trace arrived over OTLP:");
        System.out.print(
                TraceChoice.anOrder(with.spans()).map(TraceTree::render).orElse("  no trace of an order arrived\n"));
        return with.result().isClean();
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
}
