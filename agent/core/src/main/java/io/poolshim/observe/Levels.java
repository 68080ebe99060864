package io.poolshim.observe;

import java.util.Arrays;

/** Weights of the numbers from 0 on, those of large ones taken together; not for several threads at once. */
public final class Levels {
    private static final int MOST = 2_000;

    private long[] weights = new long[16];
    private long total;

    void add(int level, long weight) {
        int at = Math.max(0, Math.min(level, MOST));
        if (at >= weights.length) {
            weights = Arrays.copyOf(weights, Math.min(Math.max(at + 1, weights.length * 2), MOST + 1));
        }
        weights[at] += weight;
        total += weight;
    }

    /** The sum of all weights. */
    public long total() {
        return total;
    }

    /** The smallest number so that this share of all weight lies at it or below; 0 without any weight. */
    public int atMost(double share) {
        double wanted = total * share;
        long sum = 0;
        for (int level = 0; level < weights.length && total > 0; level++) {
            sum += weights[level];
            if (sum >= wanted) {
                return level;
            }
        }
        return 0;
    }

    /** The mean, by weight. */
    public double mean() {
        double sum = 0;
        for (int level = 0; level < weights.length; level++) {
            sum += (double) level * weights[level];
        }
        return total == 0 ? 0 : sum / total;
    }

    /** The greatest number that has any weight. */
    public int greatest() {
        int level = weights.length - 1;
        while (level > 0 && weights[level] == 0) {
            level--;
        }
        return level;
    }

    Levels copy() {
        Levels copy = new Levels();
        copy.weights = weights.clone();
        copy.total = total;
        return copy;
    }
}
