package io.poolshim.pool;

import io.poolshim.jdbc.DriverFailure;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Opens connections that can die, and counts them; refuses or dawdles if told to. */
final class FakeServer implements Opener {
    /** All connections ever opened. */
    final List<FakePhysical> connections = new CopyOnWriteArrayList<>();

    final AtomicInteger open = new AtomicInteger();
    final AtomicInteger mostOpen = new AtomicInteger();
    volatile RuntimeException refusal;
    volatile boolean stillborn;
    volatile Runnable onClose = () -> {};
    /** How often somebody tried to log in. */
    final AtomicInteger attempts = new AtomicInteger();

    volatile CountDownLatch dawdle = new CountDownLatch(0);
    /** How many threads wait for the server to stop dawdling. */
    final AtomicInteger dawdling = new AtomicInteger();

    @Override
    public Physical open() {
        attempts.incrementAndGet();
        dawdling.incrementAndGet();
        try {
            boolean interrupted = Thread.interrupted();
            dawdle.await();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        } catch (InterruptedException e) {
            throw new DriverFailure(e);
        } finally {
            dawdling.decrementAndGet();
        }
        if (refusal != null) {
            throw refusal;
        }
        mostOpen.accumulateAndGet(open.incrementAndGet(), Math::max);
        FakePhysical connection = new FakePhysical();
        connection.dead = stillborn;
        connections.add(connection);
        return connection;
    }

    /** A connection of this server. */
    final class FakePhysical implements Physical {
        @Override
        public boolean isUnsent() {
            return false;
        }

        @Override
        public void flush() {}

        final AtomicInteger borrowers = new AtomicInteger();
        volatile boolean dead;
        volatile boolean closed;
        volatile RuntimeException surprise;

        @Override
        public boolean isUsable(long idleMillis) {
            if (surprise != null) {
                throw surprise;
            }
            return !dead && !closed;
        }

        @Override
        public boolean isValid(int timeoutSeconds) {
            return !dead && !closed;
        }

        @Override
        public synchronized void close() {
            if (!closed) {
                closed = true;
                open.decrementAndGet();
                onClose.run();
            }
        }
    }
}
