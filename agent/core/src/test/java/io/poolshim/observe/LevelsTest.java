package io.poolshim.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class LevelsTest {
    private final Levels levels = new Levels();

    @Test
    void nothing_isZero() {
        assertEquals(0, levels.atMost(0.999));
        assertEquals(0, levels.greatest());
        assertEquals(0, levels.mean());
    }

    @Test
    void share_isReachedByTheSmallestNumber() {
        levels.add(1, 500);
        levels.add(4, 499);
        levels.add(9, 1);
        assertEquals(1, levels.atMost(0.5));
        assertEquals(4, levels.atMost(0.501));
        assertEquals(4, levels.atMost(0.999));
        assertEquals(9, levels.atMost(0.9991));
        assertEquals(9, levels.greatest());
        assertEquals(2.505, levels.mean(), 1e-9);
    }

    @Test
    void largeNumbers_areTakenTogether() {
        levels.add(1_000_000, 1);
        levels.add(Integer.MAX_VALUE, 1);
        assertEquals(2, levels.total());
        assertEquals(2_000, levels.greatest());
    }

    @Test
    void overlap_tellsWhatEachFoundAndForHowLong() {
        Overlap overlap = new Overlap();
        overlap.enter(1_000); // finds none
        overlap.enter(1_010); // finds one
        overlap.leave(1_030);
        overlap.enter(1_040); // finds one
        overlap.leave(1_050);
        overlap.leave(1_100);
        assertEquals(0, overlap.held());
        assertEquals(3, overlap.found().total());
        assertEquals(1, overlap.found().greatest());
        Levels times = overlap.times(1_200);
        assertEquals(200, times.total());
        assertEquals(2, times.greatest());
        assertEquals((10 + 10 + 50 + 2 * (20 + 10)) / 200.0, times.mean(), 1e-9);
    }

    @Test
    void overlap_knowsItsBusiestSecond() {
        Overlap overlap = new Overlap();
        for (int i = 0; i < 5; i++) {
            overlap.enter(i * 300_000_000L);
        }
        assertEquals(4, overlap.busiest());
    }
}
