package io.poolshim.benchmark.sql;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * A program with terminals that run transactions as fast as they can; prints how many, in how many nanoseconds, and how
 * many nanoseconds of this JVM's processor time. Arguments: source, workload, terminals, seconds.
 */
public final class Terminals {
    private static final double WARM_UP = 0.6; // of the measured time, after the first transactions
    private static final int FIRST = 10; // of each terminal

    private final Source source;
    private final Workload workload;
    private final LongAdder done = new LongAdder();
    private final CountDownLatch begun;
    private volatile boolean over;

    private Terminals(Source source, Workload workload, int terminals) {
        this.source = source;
        this.workload = workload;
        this.begun = new CountDownLatch(terminals * FIRST);
    }

    public static void main(String[] arguments) throws Exception {
        int terminals = Integer.parseInt(arguments[2]);
        Workload workload = Workload.valueOf(arguments[1].toUpperCase(Locale.ROOT));
        Terminals program = new Terminals(Source.of(arguments[0], terminals), workload, terminals);
        program.run(terminals, (long) (Double.parseDouble(arguments[3]) * 1e9));
    }

    private void run(int terminals, long nanos) throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(terminals);
        List<Future<?>> running = new ArrayList<>();
        for (int i = 0; i < terminals; i++) {
            int seed = i;
            running.add(threads.submit(() -> terminal(new Random(seed))));
        }
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        begun.await();
        TimeUnit.NANOSECONDS.sleep((long) (nanos * WARM_UP));
        long countBefore = done.sum();
        long processorBefore = system.getProcessCpuTime();
        long before = System.nanoTime();
        TimeUnit.NANOSECONDS.sleep(nanos);
        long count = done.sum() - countBefore;
        long processor = system.getProcessCpuTime() - processorBefore;
        long took = System.nanoTime() - before;
        over = true;
        threads.shutdown();
        for (Future<?> terminal : running) {
            terminal.get();
        }
        System.out.println(count + " " + took + " " + processor);
    }

    private Void terminal(Random random) throws SQLException {
        try {
            while (!over) {
                boolean fresh = source.isNew();
                Connection connection = source.begin();
                if (fresh) {
                    workload.settle(connection);
                }
                workload.run(connection, random);
                source.end(connection);
                done.increment();
                begun.countDown();
            }
            return null;
        } finally {
            while (begun.getCount() > 0) { // it failed: nobody is to wait for more
                begun.countDown();
            }
        }
    }
}
