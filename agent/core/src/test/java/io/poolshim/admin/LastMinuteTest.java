package io.poolshim.admin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class LastMinuteTest {
    private final LastMinute last = new LastMinute();

    private void seconds(int count, long borrowed, long failed, long timedOut, int waiting) {
        for (int i = 0; i < count; i++) {
            last.add(borrowed, failed, timedOut, waiting);
        }
    }

    @Test
    void shares_areOfAllBorrowsAndEndAfterAMinute() {
        assertEquals(0, last.timeoutShare());
        seconds(1, 9, 1, 3, 0);
        assertEquals(100, last.failureShare());
        assertEquals(300, last.timeoutShare());
        seconds(59, 0, 0, 0, 0);
        assertEquals(1, last.failures());
        seconds(1, 0, 0, 0, 0);
        assertEquals(0, last.failures());
        assertEquals(0, last.timeoutShare());
    }

    @Test
    void failing_isWhoeverAskedLastInVain() {
        assertFalse(last.isFailing());
        seconds(1, 5, 0, 0, 0);
        seconds(1, 0, 2, 0, 0);
        seconds(10, 0, 0, 0, 0);
        assertTrue(last.isFailing());
        seconds(1, 1, 1, 0, 0);
        assertFalse(last.isFailing());
    }

    @Test
    void waiters_areThoseOfEachSecond() {
        seconds(2, 0, 0, 0, 1);
        assertFalse(last.hasWaitersFor(3));
        seconds(1, 0, 0, 0, 4);
        assertTrue(last.hasWaitersFor(3));
        seconds(1, 0, 0, 0, 0);
        assertFalse(last.hasWaitersFor(3));
    }
}
