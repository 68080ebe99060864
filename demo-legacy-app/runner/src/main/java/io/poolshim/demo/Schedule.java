package io.poolshim.demo;

import java.time.Duration;

/** When the warm-up ends, and when everything ends. */
record Schedule(long measuredFrom, long end) {
    static Schedule fromNow(Duration warmUp, Duration measured) {
        long measuredFrom = System.nanoTime() + warmUp.toNanos();
        return new Schedule(measuredFrom, measuredFrom + measured.toNanos());
    }

    boolean isMeasured() {
        return System.nanoTime() - measuredFrom >= 0;
    }

    boolean isOver() {
        return System.nanoTime() - end >= 0;
    }

    Duration untilEnd() {
        return Duration.ofNanos(end - System.nanoTime());
    }
}
