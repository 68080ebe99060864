package io.poolshim.benchmark.sql;

import io.poolshim.testbed.PostgresServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The same program against one PostgreSQL: with connections held for ever, rewritten for HikariCP, with the agent, with the
 * agent and {@code session.reset=proven}, and as it is; round by round in turn, each in a JVM of its own. Prints medians. Takes the seconds of each
 * run, the number of rounds, and one workload if not all are wanted.
 */
public final class SqlBenchmark {
    private static final String[] SOURCES = {"held", "hikari", "poolshim", "proven", "unpooled"};

    private final PostgresServer server;
    private final double seconds;
    private final int rounds;

    /** Transactions a second, and microseconds of the client's processor time for each. */
    private static final class Rate {
        final double perSecond;
        final double micros;

        Rate(double count, double nanos, double processorNanos) {
            perSecond = count / nanos * 1e9;
            micros = processorNanos / count / 1e3;
        }
    }

    private SqlBenchmark(PostgresServer server, double seconds, int rounds) {
        this.server = server;
        this.seconds = seconds;
        this.rounds = rounds;
    }

    public static void main(String[] arguments) throws Exception {
        double seconds = arguments.length > 0 ? Double.parseDouble(arguments[0]) : 5;
        int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 3;
        Workload[] workloads = arguments.length > 2
                ? new Workload[] {Workload.valueOf(arguments[2].toUpperCase(Locale.ROOT))}
                : Workload.values();
        try (PostgresServer server = PostgresServer.start(Collections.singletonMap("fsync", "off"))) {
            server.createDatabase("benchmark", server.adminUser());
            try (Connection admin =
                    DriverManager.getConnection(server.url("benchmark"), server.adminUser(), server.adminPassword())) {
                Workload.createTables(admin);
            }
            SqlBenchmark benchmark = new SqlBenchmark(server, seconds, rounds);
            for (Workload workload : workloads) {
                if (workload == Workload.LOOKUP) {
                    benchmark.compare(workload, 1);
                }
                benchmark.compare(workload, 8);
            }
        }
    }

    private void compare(Workload workload, int terminals) throws IOException, InterruptedException {
        Map<String, List<Rate>> rates = new LinkedHashMap<>();
        for (int round = 0; round < rounds; round++) {
            for (String source : SOURCES) {
                Rate rate = run(source, workload, terminals);
                rates.computeIfAbsent(source, name -> new ArrayList<>()).add(rate);
            }
        }
        double held = median(
                rates.get("held").stream().mapToDouble(rate -> rate.perSecond).toArray());
        rates.forEach((source, all) -> {
            double perSecond =
                    median(all.stream().mapToDouble(rate -> rate.perSecond).toArray());
            System.out.printf(
                    Locale.ROOT,
                    "%s, %d terminal(s), %s: %.0f/s, %.2f of held, %.0f us of client CPU each%n",
                    workload.name().toLowerCase(Locale.ROOT),
                    terminals,
                    source,
                    perSecond,
                    perSecond / held,
                    median(all.stream().mapToDouble(rate -> rate.micros).toArray()));
        });
    }

    private Rate run(String source, Workload workload, int terminals) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(System.getProperty("java.home") + "/bin/java");
        if (source.equals("poolshim") || source.equals("proven")) {
            command.add("-javaagent:" + System.getProperty("benchmark.agent", "agent/jar/target/poolshim.jar"));
            command.add("-Dpoolshim.telemetry=off");
            command.add("-Dpoolshim.session.reset=" + (source.equals("proven") ? "proven" : "auto"));
        }
        command.add("-Dapp.url=" + server.url("benchmark"));
        command.add("-Dapp.user=" + server.adminUser());
        command.add("-Dapp.password=" + server.adminPassword());
        command.addAll(Arrays.asList("-cp", System.getProperty("java.class.path"), Terminals.class.getName()));
        command.addAll(Arrays.asList(source, workload.name(), String.valueOf(terminals), String.valueOf(seconds)));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
            String[] figures = String.valueOf(output.readLine()).split(" ");
            if (process.waitFor() != 0) {
                throw new IllegalStateException(source + " ended with " + process.exitValue());
            }
            return new Rate(
                    Double.parseDouble(figures[0]), Double.parseDouble(figures[1]), Double.parseDouble(figures[2]));
        }
    }

    private static double median(double... values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }
}
