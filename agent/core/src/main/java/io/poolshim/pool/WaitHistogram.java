package io.poolshim.pool;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;

/** Counts of waits by length, eight buckets to each power of two of microseconds; recording is one addition. */
public final class WaitHistogram {
    private static final int STEPS = 8;
    private static final int BUCKETS = 40 * STEPS;

    private final AtomicReferenceArray<LongAdder> counts = new AtomicReferenceArray<>(BUCKETS);
    private final AtomicLong longest = new AtomicLong();

    /** Counts one of this length. */
    public void record(long nanos) {
        bucketFor(bucket(nanos)).increment();
        if (nanos > longest.get()) {
            longest.accumulateAndGet(nanos, Math::max);
        }
    }

    private LongAdder bucketFor(int index) {
        LongAdder known = counts.get(index);
        if (known == null) {
            counts.compareAndSet(index, null, new LongAdder());
            known = counts.get(index);
        }
        return known;
    }

    private static int bucket(long nanos) {
        long scaled = Math.max(nanos, 0) * STEPS / 1000; // an eighth of a microsecond
        if (scaled < STEPS) {
            return (int) scaled;
        }
        int power = 63 - Long.numberOfLeadingZeros(scaled);
        int within = (int) (scaled >>> (power - 3)) & (STEPS - 1);
        return Math.min((power - 2) * STEPS + within, BUCKETS - 1);
    }

    private static double micros(int bucket) {
        if (bucket < STEPS) {
            return (bucket + 1.0) / STEPS;
        }
        int power = bucket / STEPS + 2;
        return (double) (STEPS + bucket % STEPS + 1) * (1L << (power - 3)) / STEPS;
    }

    private long count(int bucket) {
        LongAdder known = counts.get(bucket);
        return known == null ? 0 : known.sum();
    }

    /** How many waits were recorded. */
    public long count() {
        long total = 0;
        for (int i = 0; i < BUCKETS; i++) {
            total += count(i);
        }
        return total;
    }

    /** The counts of both. */
    public WaitHistogram and(WaitHistogram other) {
        return and(other, 1);
    }

    /** About how many waits were no longer than so many microseconds: a bucket counts if it ends there. */
    public long countUpTo(double micros) {
        long count = 0;
        for (int i = 0; i < BUCKETS && micros(i) <= micros; i++) {
            count += count(i);
        }
        return count;
    }

    /** About how long all waits were together, in microseconds: each bucket at its middle, a sixteenth off at most. */
    public double sum() {
        double sum = 0;
        for (int i = 0; i < BUCKETS; i++) {
            sum += count(i) * (i == 0 ? micros(0) : micros(i - 1) + micros(i)) / 2;
        }
        return sum;
    }

    /** The counts of this one, and of another in which each stands for so many. */
    WaitHistogram and(WaitHistogram other, int times) {
        WaitHistogram sum = new WaitHistogram();
        for (int i = 0; i < BUCKETS; i++) {
            long count = count(i) + other.count(i) * times;
            if (count > 0) {
                sum.bucketFor(i).add(count);
            }
        }
        sum.longest.set(Math.max(longest.get(), other.longest.get()));
        return sum;
    }

    /** The wait in microseconds that this share of all waits did not exceed; 0 if there was none. */
    public double percentile(double share) {
        long total = count();
        long wanted = (long) Math.ceil(total * share);
        long seen = 0;
        for (int i = 0; i < BUCKETS && total > 0; i++) {
            seen += count(i);
            if (seen >= wanted) {
                return Math.min(micros(i), max());
            }
        }
        return 0;
    }

    /** The longest wait in microseconds. */
    public double max() {
        return longest.get() / 1000.0;
    }
}
