package io.poolshim.benchmark.telemetry;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Collection;
import java.util.concurrent.atomic.LongAdder;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.ScalarResult;

/**
 * Processor time and memory for each operation. What the calling threads spend of it says more than the clock on a machine
 * that has other things to do, and does not depend on how many spans are dropped instead of exported.
 */
public final class Expense implements InternalProfiler {
    static final String CALLERS_TIME = "callers' processor time";
    static final String CALLERS_BYTES = "callers' bytes";
    static final String TIME = "processor time";

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final LongAdder CALLERS_NANOS = new LongAdder();
    private static final LongAdder CALLERS_ALLOCATED = new LongAdder();

    private final OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private long before;

    /** Of one calling thread, from its making on. */
    static final class Account {
        private final long nanos = THREADS.getCurrentThreadCpuTime();
        private final long allocated =
                THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());

        /** Told by the same thread. */
        void close() {
            CALLERS_ALLOCATED.add(
                    THREADS.getThreadAllocatedBytes(Thread.currentThread().getId()) - allocated);
            CALLERS_NANOS.add(THREADS.getCurrentThreadCpuTime() - nanos);
        }
    }

    @Override
    public String getDescription() {
        return "processor time and memory of callers, processor time of the JVM";
    }

    @Override
    public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
        CALLERS_NANOS.reset();
        CALLERS_ALLOCATED.reset();
        before = system.getProcessCpuTime();
    }

    @Override
    public Collection<ScalarResult> afterIteration(
            BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
        long operations = result.getMetadata().getAllOps();
        return Arrays.asList(
                each(TIME, system.getProcessCpuTime() - before, operations),
                each(CALLERS_TIME, CALLERS_NANOS.sum(), operations),
                each(CALLERS_BYTES, CALLERS_ALLOCATED.sum(), operations));
    }

    private static ScalarResult each(String label, double total, long operations) {
        return new ScalarResult(label, total / operations, "/op", AggregationPolicy.AVG);
    }
}
