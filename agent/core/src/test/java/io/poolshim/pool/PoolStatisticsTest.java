package io.poolshim.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class PoolStatisticsTest {
    private static final long SECOND = 1_000_000_000;

    private final PoolStatistics statistics = new PoolStatistics("p");

    private void reuse(int times) {
        for (int i = 0; i < times; i++) {
            statistics.borrowed(true, 0);
        }
    }

    @Test
    void savedNanos_isNothingWhileOnlyFirstLoginsAreKnown() {
        statistics.openedOne(SECOND);
        statistics.openedOne(2 * SECOND); // both were in progress together
        reuse(1000);
        assertEquals(0, statistics.savedNanos());
    }

    @Test
    void savedNanos_isTheShortestLaterLoginForEachReuse() {
        statistics.openedOne(SECOND);
        long ended = System.nanoTime();
        Eventually.holds("the first login ended a while ago", () -> System.nanoTime() - ended > 10_000);
        reuse(2);
        statistics.openedOne(5000);
        statistics.openedOne(1000);
        statistics.openedOne(2 * SECOND); // began before
        assertEquals(2000, statistics.savedNanos());
        reuse(1);
        assertEquals(3000, statistics.savedNanos());
    }
}
