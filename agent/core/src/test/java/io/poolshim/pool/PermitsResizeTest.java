package io.poolshim.pool;

import static io.poolshim.pool.Eventually.inAnotherThread;
import static io.poolshim.pool.Eventually.result;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.poolshim.pool.Permits.Ask;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PermitsResizeTest {
    private static final long LONG = TimeUnit.MINUTES.toNanos(10);
    private static final int THREADS = 12;
    private static final int ROUNDS = 3_000;
    private static final int PHASES = 40;
    private static final int MOST = 8;

    private static int free(Permits permits) {
        int free = 0;
        while (permits.tryPlace()) {
            free++;
        }
        for (int i = 0; i < free; i++) {
            permits.release(Grant.POOL);
        }
        return free;
    }

    private static FutureTask<Grant> waiting(Permits permits, boolean nested) {
        int before = permits.pending();
        FutureTask<Grant> waiting = inAnotherThread(() -> permits.acquire(new Ask(nested, 0, LONG, LONG)));
        Eventually.holds("somebody waits", () -> permits.pending() == before + 1);
        return waiting;
    }

    private static void take(Permits permits, int places) {
        for (int i = 0; i < places; i++) {
            assertTrue(permits.tryPlace());
        }
    }

    @Test
    void resize_growingServesThoseWhoWait() throws Exception {
        Permits permits = new Permits(1, 0, 0);
        take(permits, 1);
        FutureTask<Grant> first = waiting(permits, false);
        FutureTask<Grant> second = waiting(permits, false);
        permits.resize(2, 0, 0);
        assertEquals(Grant.POOL, result(first));
        assertFalse(second.isDone());
        permits.resize(2, 1, 0);
        permits.resize(3, 1, 0);
        assertEquals(Grant.POOL, result(second));
        assertEquals(3, permits.used());
    }

    @Test
    void resize_growingOverflowServesANestedOneThatWaits() throws Exception {
        Permits permits = new Permits(1, 0, 0);
        take(permits, 1);
        FutureTask<Grant> waiting = waiting(permits, true);
        permits.resize(1, 1, 0);
        assertEquals(Grant.OVERFLOW, result(waiting));
    }

    @Test
    void resize_shrinkingTakesPlacesAwayAsTheyAreReleased() {
        Permits permits = new Permits(4, 0, 0);
        take(permits, 4);
        permits.resize(2, 0, 0);
        assertTrue(permits.isInDebt());
        assertEquals(4, permits.used());
        permits.release(Grant.POOL);
        permits.release(Grant.POOL);
        assertFalse(permits.isInDebt());
        assertFalse(permits.tryPlace(), "two are still used, of two");
        permits.release(Grant.POOL);
        assertTrue(permits.tryPlace());
        permits.release(Grant.POOL);
        permits.release(Grant.POOL);
        assertEquals(0, permits.used());
        assertTrue(permits.settle());
        assertFalse(permits.settle());
        assertEquals(2, free(permits));
    }

    @Test
    void resize_shrinkingTakesPlacesAwayWhereverTheyWereLeft() throws Exception {
        Permits permits = new Permits(10, 0, 0);
        take(permits, 10);
        for (int i = 0; i < 10; i++) { // each leaves it where it will look first
            result(inAnotherThread(() -> {
                permits.release(Grant.POOL);
                return null;
            }));
        }
        permits.resize(3, 0, 0);
        assertEquals(3, free(permits));
        permits.resize(1, 0, 0);
        permits.resize(5, 0, 0);
        assertEquals(5, free(permits));
    }

    @Test
    void resize_ofAPoolThatIsShutHoldsFromItsReopeningOn() {
        Permits permits = new Permits(4, 0, 0);
        assertTrue(permits.shut());
        permits.resize(2, 0, 0);
        assertFalse(permits.tryPlace());
        assertEquals(0, permits.used());
        permits.reopen();
        assertEquals(2, free(permits));
        assertTrue(permits.shut());
    }

    @Test
    void shut_isPossibleOnceTheDebtIsPaid() {
        Permits permits = new Permits(2, 0, 0);
        take(permits, 2);
        permits.resize(1, 0, 0);
        permits.release(Grant.POOL);
        assertFalse(permits.shut());
        permits.release(Grant.POOL);
        assertTrue(permits.shut());
    }

    @Test
    void suspended_makesOthersWaitThanThoseWhoHoldConnections() throws Exception {
        Permits permits = new Permits(3, 2, 1); // nobody would wait for longer than a nanosecond
        permits.setSuspended(true);
        assertFalse(permits.tryPlace());
        FutureTask<Grant> first = inAnotherThread(() -> permits.acquire(new Ask(false, 0, 0, LONG)));
        Eventually.holds("it waits", () -> permits.pending() == 1);
        for (Grant expected : new Grant[] {Grant.POOL, Grant.POOL, Grant.POOL, Grant.OVERFLOW}) {
            assertEquals(expected, permits.acquire(new Ask(true, 0, LONG, LONG)));
        }
        permits.release(Grant.POOL);
        permits.release(Grant.OVERFLOW);
        assertFalse(first.isDone());
        permits.setSuspended(false);
        assertEquals(Grant.POOL, result(first));
    }

    @Test
    void suspended_endsTheWaitAtItsTime() {
        Permits permits = new Permits(3, 2, 0);
        permits.setSuspended(true);
        long start = System.nanoTime();
        long wait = TimeUnit.MILLISECONDS.toNanos(20);
        assertEquals(null, permits.acquire(new Ask(false, 0, 0, wait)));
        assertTrue(System.nanoTime() - start >= wait);
        assertEquals(0, permits.pending());
    }

    @Test
    void off_sendsEverybodyAwayWithoutAWait() throws Exception {
        Permits permits = new Permits(1, 1, 0);
        take(permits, 1);
        FutureTask<Grant> waiting = waiting(permits, false);
        permits.setOff(true);
        assertEquals(null, result(waiting));
        permits.release(Grant.POOL);
        assertEquals(null, permits.acquire(new Ask(false, 0, 0, LONG)));
        assertEquals(null, permits.acquire(new Ask(true, 0, 0, LONG)));
        permits.setOff(false);
        assertTrue(permits.tryPlace());
    }

    /** Threads that borrow and return while somebody resizes, suspends and resumes at random, all the time. */
    @Test
    void resize_underLoadLosesNoPlaceAndNobodyWhoWaits() throws Exception {
        Permits permits = new Permits(MOST, MOST, 0);
        List<FutureTask<Integer>> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            int seed = i;
            threads.add(inAnotherThread(() -> hammer(permits, new Random(seed))));
        }
        Random random = new Random(99);
        while (!threads.stream().allMatch(FutureTask::isDone)) {
            permits.resize(1 + random.nextInt(MOST), random.nextInt(MOST), 0);
            permits.setSuspended(random.nextInt(4) == 0);
            if (random.nextBoolean()) {
                permits.settle();
            }
            Thread.yield();
            permits.setSuspended(false);
        }
        for (FutureTask<Integer> thread : threads) {
            assertEquals(0, result(thread), "waits in vain");
        }
        assertNothingLost(permits);
    }

    private static int hammer(Permits permits, Random random) {
        int inVain = 0;
        for (int i = 0; i < ROUNDS; i++) {
            boolean nested = random.nextInt(4) == 0;
            Grant grant = permits.tryPlace()
                    ? Grant.POOL
                    : permits.acquire(new Ask(nested, 0, random.nextBoolean() ? 1_000 : LONG, LONG));
            if (grant == null) {
                inVain++;
                continue;
            }
            Thread.yield();
            permits.release(grant);
        }
        return inVain;
    }

    private static void assertNothingLost(Permits permits) {
        assertEquals(0, permits.pending());
        assertEquals(0, permits.used());
        for (int size : new int[] {MOST, 1, 5}) {
            permits.resize(size, 0, 0);
            permits.settle();
            assertEquals(size, free(permits));
        }
        permits.resize(1, 3, 0);
        take(permits, 1);
        for (int i = 0; i < 3; i++) {
            assertEquals(Grant.OVERFLOW, permits.acquire(new Ask(true, 0, 0, 0)), "overflow got lost");
        }
        assertEquals(null, permits.acquire(new Ask(true, 0, 0, 0)), "overflow came from nowhere");
    }

    /** Once a size has settled nobody gets more than that. */
    @Test
    void resize_isObeyedOnceItHasSettled() throws Exception {
        Permits permits = new Permits(MOST, 0, 0);
        AtomicInteger used = new AtomicInteger();
        AtomicInteger allowed = new AtomicInteger(MOST);
        AtomicInteger tooMany = new AtomicInteger();
        AtomicInteger over = new AtomicInteger();
        List<FutureTask<Integer>> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            threads.add(inAnotherThread(() -> {
                while (over.get() == 0) {
                    Grant grant = permits.acquire(new Ask(false, 0, LONG, LONG));
                    if (used.incrementAndGet() > allowed.get()) {
                        tooMany.incrementAndGet();
                    }
                    Thread.yield();
                    used.decrementAndGet();
                    permits.release(grant);
                }
                return 0;
            }));
        }
        Random random = new Random(7);
        for (int phase = 0; phase < PHASES; phase++) {
            int size = 1 + random.nextInt(MOST);
            allowed.set(MOST); // while it settles
            permits.resize(size, 0, 0);
            Eventually.holds("it settles", () -> !permits.isInDebt());
            permits.settle();
            allowed.set(size);
            Eventually.holds("it is used", () -> used.get() > 0);
        }
        over.set(1);
        for (FutureTask<Integer> thread : threads) {
            result(thread);
        }
        assertEquals(0, tooMany.get());
        assertEquals(0, permits.used());
    }
}
