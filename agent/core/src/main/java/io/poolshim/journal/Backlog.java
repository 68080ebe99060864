package io.poolshim.journal;

import io.poolshim.log.Log;
import io.poolshim.pool.AgentThreads;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * What is still to be written, and the thread that writes it. Whoever adds something never waits: when too much is to be
 * written already, it is dropped and counted, and the next line says how many are missing.
 */
final class Backlog {
    static final int MOST_ENTRIES = 8192;
    private static final long MOST_CHARACTERS = 4_000_000; // of their statements; one more may be of any length

    /** How often the thread looks in vain before it sleeps until it is woken; waking it costs whoever adds something. */
    private static final int LOOKS = 100;

    private static final long BETWEEN_LOOKS = TimeUnit.MILLISECONDS.toNanos(10);

    private final Queue<Entry> queue = new ConcurrentLinkedQueue<>();
    private final AtomicLong added = new AtomicLong();
    private final AtomicLong characters = new AtomicLong();
    private final LongAdder dropped = new LongAdder();
    private final Batch batch;
    private final Thread thread = new AgentThreads("log").newThread(this::run);
    private long taken; // from the queue, by the one thread
    private volatile long done; // of those added: written or, if that failed, dropped
    private final AtomicLong rounds = new AtomicLong(); // of looking for entries
    private volatile boolean asleep;

    Backlog(Lines lines, Sink sink) {
        this.batch = new Batch(lines, sink, dropped);
    }

    void start() {
        thread.start();
    }

    /** Whether an entry may be added; else one is counted as dropped, unless it is about writing the log itself. */
    boolean accepts() {
        if (Thread.currentThread() == thread) {
            return false;
        }
        boolean room = added.get() - done < MOST_ENTRIES && characters.get() < MOST_CHARACTERS;
        if (!room) {
            drop();
        }
        return room;
    }

    /** Something could not become an entry. */
    void drop() {
        dropped.increment();
    }

    /** After {@link #accepts}; a few may be added by threads that ask at once. */
    void add(Entry entry) {
        added.incrementAndGet();
        characters.addAndGet(entry.weight());
        queue.add(entry);
        if (asleep) {
            LockSupport.unpark(thread);
        }
    }

    private void run() {
        int looks = 0;
        while (true) {
            try {
                looks = writeAll() ? 0 : looks + 1;
            } catch (RuntimeException | Error e) { // whatever it is, the next line may do better
                Log.swallowed("writing a log", e);
            }
            Thread.interrupted(); // whoever interrupts all threads of the JVM does not mean this one
            if (looks <= LOOKS) {
                LockSupport.parkNanos(this, BETWEEN_LOOKS);
            } else {
                sleep();
                looks = 0;
            }
        }
    }

    private void sleep() {
        asleep = true;
        if (queue.isEmpty()) { // else somebody has added it before this thread was seen to sleep
            LockSupport.park(this);
        }
        asleep = false;
    }

    /** Whether there was anything. */
    private boolean writeAll() {
        long before = taken;
        for (Entry entry = queue.poll(); entry != null; entry = queue.poll()) {
            taken++;
            characters.addAndGet(-entry.weight());
            put(entry);
            done = taken - batch.entries();
        }
        batch.write();
        done = taken;
        rounds.incrementAndGet();
        return taken > before;
    }

    private void put(Entry entry) {
        try {
            batch.add(entry);
        } catch (RuntimeException | LinkageError e) {
            drop();
            Log.swallowed("writing a line of a log", e);
        }
    }

    /** How many entries did not become lines. */
    long dropped() {
        return dropped.sum();
    }

    /** Waits until all that was added before is written, for at most so long. */
    void flush(long millis) {
        long all = added.get();
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        long round = rounds.get() + 2; // one may be under way that has not seen what was dropped
        while ((done < all || rounds.get() < round) && System.nanoTime() - end < 0) {
            LockSupport.unpark(thread);
            LockSupport.parkNanos(this, TimeUnit.MILLISECONDS.toNanos(1));
        }
    }
}
