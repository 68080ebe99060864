package io.poolshim.benchmark.telemetry;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Paths;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** One borrow, some statements, one return; by whom, the system properties say. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class QueryCost {
    /** Names a file to which is appended how many operations ran, the warm-up included. */
    static final String OPERATIONS = "benchmark.operations";

    @Param("1")
    public int statements;

    private Client client;

    @Setup
    public void start() throws SQLException, IOException {
        client = new Client(statements);
        report(1);
    }

    private static void report(long operations) throws IOException {
        Files.write(
                Paths.get(System.getProperty(OPERATIONS)),
                (operations + "\n").getBytes(StandardCharsets.US_ASCII),
                StandardOpenOption.APPEND);
    }

    /** A thread that borrows. */
    @State(Scope.Thread)
    public static class Borrower {
        private final Random random = new Random(1);
        private long operations;
        private Expense.Account account;

        @Setup(Level.Iteration)
        public void begin() {
            account = new Expense.Account();
        }

        @TearDown(Level.Iteration)
        public void end() {
            account.close();
        }

        @TearDown
        public void stop() throws IOException {
            report(operations);
        }
    }

    @Benchmark
    public void query(Borrower borrower) throws SQLException {
        borrower.operations++;
        client.run(borrower.random, statements);
    }
}
