package io.poolshim.pool;

import static io.poolshim.pool.Eventually.inAnotherThread;
import static io.poolshim.pool.Eventually.result;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.poolshim.pool.Permits.Ask;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class PermitsTest {
    private static final long LONG = TimeUnit.MINUTES.toNanos(10);
    private static final long SHORT = TimeUnit.MILLISECONDS.toNanos(20);

    private static Ask patient() {
        return new Ask(false, 0, LONG, LONG);
    }

    private static Ask nested(int heldHere) {
        return new Ask(true, heldHere, LONG, LONG);
    }

    private static FutureTask<Grant> waiting(Permits permits, Ask ask) {
        int before = permits.pending();
        FutureTask<Grant> waiting = inAnotherThread(() -> permits.acquire(ask));
        Eventually.holds("somebody waits", () -> permits.pending() == before + 1);
        return waiting;
    }

    @Test
    void tryPlace_givesAsManyAsThereAre() {
        Permits permits = new Permits(2, 5, 0);
        assertTrue(permits.tryPlace());
        assertTrue(permits.tryPlace());
        assertFalse(permits.tryPlace());
        assertEquals(2, permits.used());
        permits.release(Grant.POOL);
        assertTrue(permits.tryPlace());
    }

    @Test
    void shut_isOnlyPossibleWhileNoPlaceIsTaken() {
        Permits permits = new Permits(2, 0, 0);
        assertTrue(permits.tryPlace());
        assertFalse(permits.shut());
        permits.release(Grant.POOL);
        assertTrue(permits.shut());
        assertFalse(permits.tryPlace());
        assertEquals(0, permits.used());
    }

    @Test
    void reopen_servesThoseWhoWaitByThen() throws Exception {
        Permits permits = new Permits(1, 0, 0);
        assertTrue(permits.shut());
        FutureTask<Grant> waiting = waiting(permits, patient());
        permits.reopen();
        assertEquals(Grant.POOL, result(waiting));
        assertEquals(1, permits.used());
    }

    @Test
    void acquire_isFirstComeFirstServed() throws Exception {
        Permits permits = new Permits(1, 0, 0);
        assertTrue(permits.tryPlace());
        List<Integer> served = Collections.synchronizedList(new ArrayList<>());
        List<FutureTask<Grant>> waiting = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            int number = i;
            waiting.add(inAnotherThread(() -> {
                Grant grant = permits.acquire(patient());
                served.add(number);
                permits.release(grant);
                return grant;
            }));
            Eventually.holds("thread " + i + " waits", () -> permits.pending() == number + 1);
        }
        permits.release(Grant.POOL);
        for (FutureTask<Grant> each : waiting) {
            assertEquals(Grant.POOL, result(each));
        }
        assertEquals(Arrays.asList(0, 1, 2, 3), served);
        assertEquals(0, permits.used());
    }

    @Test
    void acquire_overflowsAfterTheWait() {
        Permits permits = new Permits(1, 1000, 0);
        permits.tryPlace();
        long start = System.nanoTime();
        assertEquals(Grant.OVERFLOW, permits.acquire(new Ask(false, 0, SHORT, LONG)));
        assertTrue(System.nanoTime() - start >= SHORT);
        assertEquals(0, permits.pending());
    }

    @Test
    void acquire_keepsTheLastQuarterOfOverflowForNested() {
        Permits permits = new Permits(1, 4, 0);
        permits.tryPlace();
        Ask outer = new Ask(false, 0, 0, SHORT);
        for (int i = 0; i < 3; i++) {
            assertEquals(Grant.OVERFLOW, permits.acquire(outer));
        }
        assertNull(permits.acquire(outer));
        assertEquals(Grant.OVERFLOW, permits.acquire(nested(0)));
        assertEquals(5, permits.used());
    }

    @Test
    void acquire_nestedOverflowsAtOnce() throws Exception {
        Permits permits = new Permits(1, 1, 0);
        permits.tryPlace();
        assertEquals(Grant.OVERFLOW, result(inAnotherThread(() -> permits.acquire(nested(1)))));
    }

    @Test
    void release_ofOverflowServesANestedBehindOthersThatMustNotHaveIt() throws Exception {
        Permits permits = new Permits(1, 1, 0); // the one is the last quarter
        permits.tryPlace();
        assertEquals(Grant.OVERFLOW, permits.acquire(nested(0)));
        FutureTask<Grant> outer = waiting(permits, new Ask(false, 0, 0, LONG));
        FutureTask<Grant> inner = waiting(permits, nested(0));
        permits.release(Grant.OVERFLOW);
        assertEquals(Grant.OVERFLOW, result(inner));
        assertFalse(outer.isDone());
        permits.release(Grant.POOL);
        assertEquals(Grant.POOL, result(outer));
    }

    @Test
    void acquire_givesUpAtOnceIfAllPlacesAreHeldByThreadsThatWait() throws Exception {
        Permits permits = new Permits(2, 0, 0);
        permits.tryPlace();
        permits.tryPlace();
        FutureTask<Grant> first = waiting(permits, nested(1));
        assertNull(result(inAnotherThread(() -> permits.acquire(nested(1)))));
        assertFalse(first.isDone());
        permits.release(Grant.POOL);
        assertEquals(Grant.POOL, result(first));
    }

    @Test
    void acquire_nestedWaitsIfSomebodyElseMayReturn() throws Exception {
        Permits permits = new Permits(2, 0, 0);
        permits.tryPlace();
        permits.tryPlace();
        FutureTask<Grant> waiting = waiting(permits, nested(1));
        permits.release(Grant.POOL);
        assertEquals(Grant.POOL, result(waiting));
    }

    @Test
    void acquire_interruptedGivesUpAndKeepsTheFlag() throws Exception {
        Permits permits = new Permits(1, 0, 0);
        permits.tryPlace();
        AtomicReference<Thread> thread = new AtomicReference<>();
        FutureTask<Boolean> waiting = inAnotherThread(() -> {
            thread.set(Thread.currentThread());
            assertNull(permits.acquire(patient()));
            return Thread.currentThread().isInterrupted();
        });
        Eventually.holds("it waits", () -> permits.pending() == 1);
        thread.get().interrupt();
        assertTrue(result(waiting));
        assertEquals(0, permits.pending());
        permits.release(Grant.POOL);
        assertTrue(permits.tryPlace(), "nothing went to the one who left");
    }

    @Test
    void acquire_interruptedStillTakesAFreePlace() {
        Thread.currentThread().interrupt();
        assertEquals(Grant.POOL, new Permits(1, 0, 0).acquire(patient()));
        assertTrue(Thread.interrupted());
    }

    @Test
    void acquire_givesUpWhenTheTimeIsUp() {
        Permits permits = new Permits(1, 0, 0);
        permits.tryPlace();
        assertNull(permits.acquire(new Ask(false, 0, LONG, 0)));
        long start = System.nanoTime();
        assertNull(permits.acquire(new Ask(false, 0, LONG, SHORT)));
        assertTrue(System.nanoTime() - start >= SHORT);
        assertEquals(0, permits.pending());
    }

    @Test
    void acquire_givesUpWhenNobodyReturnsAnything() throws Exception {
        Permits permits = new Permits(1, 0, TimeUnit.MILLISECONDS.toNanos(50));
        assertEquals(Grant.POOL, permits.acquire(new Permits.Ask(false, 0, LONG, LONG)));
        assertNull(permits.acquire(new Permits.Ask(false, 0, LONG, LONG)));
        assertEquals(0, permits.pending());
    }

    @Test
    void acquire_waitsForNobodyWhoHasReturnedNothingMeanwhile() throws Exception {
        Permits permits = new Permits(1, 0, LONG);
        assertTrue(permits.tryPlace());
        assertNull(permits.acquire(new Ask(true, 0, SHORT, SHORT)));
        assertTrue(permits.isStalled());
        assertNull(result(inAnotherThread(() -> permits.acquire(nested(0)))), "it would wait for long");

        FutureTask<Grant> patient = waiting(permits, patient());
        permits.release(Grant.POOL);
        assertEquals(Grant.POOL, result(patient));
        assertFalse(permits.isStalled());
        FutureTask<Grant> hopesAgain = waiting(permits, nested(0));
        permits.release(Grant.POOL);
        assertEquals(Grant.POOL, result(hopesAgain));
        permits.release(Grant.POOL);
        assertTrue(permits.tryPlace());
    }

    @Test
    void resize_letsThemHopeAgain() throws Exception {
        Permits permits = new Permits(1, 0, TimeUnit.MILLISECONDS.toNanos(50));
        assertTrue(permits.tryPlace());
        assertNull(permits.acquire(patient()));
        permits.resize(1, 0, LONG);
        FutureTask<Grant> hopesAgain = waiting(permits, patient());
        permits.release(Grant.POOL);
        assertEquals(Grant.POOL, result(hopesAgain));
    }
}
