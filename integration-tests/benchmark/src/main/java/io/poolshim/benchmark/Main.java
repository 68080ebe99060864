package io.poolshim.benchmark;

import java.util.Collection;
import java.util.Locale;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs the benchmarks at one thread and at two, with the agent in the JVM that is measured. Takes JMH's options. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) throws RunnerException, CommandLineOptionException {
        String agent = System.getProperty("benchmark.agent", "agent/jar/target/poolshim.jar");
        StringBuilder summary = new StringBuilder();
        for (int threads = 1; threads <= 2; threads++) {
            ChainedOptionsBuilder options = new OptionsBuilder()
                    .parent(new CommandLineOptions(arguments))
                    .include(BorrowAndReturn.class.getName())
                    .threads(threads)
                    .shouldFailOnError(true)
                    .addProfiler(GCProfiler.class)
                    .jvmArgsAppend(
                            "-javaagent:" + agent,
                            "-Dpoolshim.it.profile=stub.properties",
                            "-Dpoolshim.include=jdbc:stub:*",
                            "-Dpoolshim.telemetry=off");
            summary.append(line(threads, new Runner(options.build()).run()));
        }
        System.out.println(summary);
    }

    private static String line(int threads, Collection<RunResult> results) {
        double hikari = 0;
        double poolshim = 0;
        String bytes = "an unknown number of";
        for (RunResult result : results) {
            boolean ours = result.getParams().getBenchmark().endsWith("poolshimAgent");
            double nanos = result.getPrimaryResult().getScore();
            poolshim = ours ? nanos : poolshim;
            hikari = ours ? hikari : nanos;
            Result<?> allocated = result.getSecondaryResults().get("gc.alloc.rate.norm"); // JMH has none on Java 8
            bytes = ours && allocated != null ? String.format(Locale.ROOT, "%.0f", allocated.getScore()) : bytes;
        }
        return String.format(
                Locale.ROOT,
                "borrow and return, %d thread(s): HikariCP %.0f ns, Poolshim %.0f ns (%.2f times, %s bytes)%n",
                threads,
                hikari,
                poolshim,
                poolshim / hikari,
                bytes);
    }
}
