package io.poolshim.pool;

import static io.poolshim.pool.Eventually.inAnotherThread;
import static io.poolshim.pool.Eventually.result;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.poolshim.pool.Permits.Ask;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Permits under many threads; a race that is lost shows as a thread that waits for long, or as one place too many. */
class PermitsRaceTest {
    private static final long LONG = TimeUnit.SECONDS.toNanos(10);
    private static final int RACES = 30_000;
    private static final long MOST_RACING = TimeUnit.SECONDS.toNanos(3); // enough on a slow machine, too
    private static final int PLACES = 3;
    private static final int OVERFLOW = 2;

    private final AtomicInteger inPool = new AtomicInteger();
    private final AtomicInteger inOverflow = new AtomicInteger();
    private final AtomicInteger tooMany = new AtomicInteger();

    @Test
    void acquire_neverGivesMoreThanThereIsAndLosesNobody() throws Exception {
        Permits permits = new Permits(PLACES, OVERFLOW, 0);
        List<FutureTask<Integer>> threads = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            int seed = i;
            threads.add(inAnotherThread(() -> hammer(permits, new Random(seed), 4_000)));
        }
        for (FutureTask<Integer> thread : threads) {
            assertEquals(0, result(thread), "threads that waited in vain");
        }
        assertEquals(0, tooMany.get());
        assertEquals(0, permits.pending());
        assertEquals(0, permits.used());
        for (int i = 0; i < PLACES; i++) {
            assertTrue(permits.tryPlace(), "a place got lost");
        }
        for (int i = 0; i < OVERFLOW; i++) {
            assertEquals(Grant.OVERFLOW, permits.acquire(new Ask(true, 0, 0, 0)), "overflow got lost");
        }
    }

    private int hammer(Permits permits, Random random, int rounds) {
        int inVain = 0;
        for (int i = 0; i < rounds; i++) {
            boolean impatient = random.nextInt(10) == 0;
            Ask ask =
                    new Ask(false, 0, random.nextBoolean() ? random.nextInt(100_000) : LONG, impatient ? 20_000 : LONG);
            Grant grant = permits.acquire(ask);
            if (grant == null) {
                inVain += impatient ? 0 : 1;
                continue;
            }
            AtomicInteger counter = grant == Grant.POOL ? inPool : inOverflow;
            if (counter.incrementAndGet() > (grant == Grant.POOL ? PLACES : OVERFLOW)) {
                tooMany.incrementAndGet();
            }
            Thread.yield();
            counter.decrementAndGet();
            permits.release(grant);
        }
        return inVain;
    }

    @Test
    void acquire_nestedGetsOverflowThatIsReleasedWhileItQueues() throws Exception {
        Permits permits = new Permits(1, 1, 0);
        permits.tryPlace(); // and is never given back
        assertEquals(Grant.OVERFLOW, race(permits, Grant.OVERFLOW, 0));
    }

    @Test
    void acquire_nestedGetsThePlaceThatIsReleasedWhileItLooksWhetherAllIsStuck() throws Exception {
        Permits permits = new Permits(1, 0, 0);
        assertEquals(Grant.POOL, race(permits, Grant.POOL, 0));
    }

    /** One thread releases what it holds while another asks for it, many times; what the other did not get in time. */
    private static Grant race(Permits permits, Grant wanted, int heldHere) throws Exception {
        Ask ask = new Ask(true, heldHere, 0, LONG);
        AtomicInteger atTheLine = new AtomicInteger();
        AtomicBoolean over = new AtomicBoolean();
        FutureTask<Grant> asking = inAnotherThread(() -> {
            long end = System.nanoTime() + MOST_RACING;
            Grant got = wanted;
            for (int round = 1; got == wanted && round <= RACES && System.nanoTime() < end; round++) {
                line(atTheLine, 4 * round - 2, over); // the other one holds it now
                long start = System.nanoTime();
                got = permits.acquire(ask);
                permits.release(got);
                got = System.nanoTime() - start > LONG / 2 ? null : got; // it got it, but overslept
                line(atTheLine, 4 * round, over);
            }
            over.set(true);
            return got;
        });
        FutureTask<Void> releasing = inAnotherThread(() -> {
            Random random = new Random(1);
            for (int round = 1; round <= RACES && !over.get(); round++) {
                permits.acquire(ask);
                int delay = random.nextInt(300);
                line(atTheLine, 4 * round - 2, over);
                for (int i = 0; i < delay; i++) {
                    atTheLine.get();
                }
                permits.release(wanted);
                line(atTheLine, 4 * round, over);
            }
            return null;
        });
        Grant result = result(asking);
        result(releasing);
        return result;
    }

    /** Goes on when both are here; spinning, because waking up takes longer than the moment that is to be hit. */
    private static void line(AtomicInteger arrived, int both, AtomicBoolean over) {
        arrived.incrementAndGet();
        for (int i = 1; arrived.get() < both && !over.get(); i++) {
            if (i % 1_000 == 0) {
                Thread.yield();
            }
        }
    }
}
