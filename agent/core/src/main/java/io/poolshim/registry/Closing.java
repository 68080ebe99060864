package io.poolshim.registry;

import io.poolshim.log.Log;
import io.poolshim.pool.AgentThreads;
import io.poolshim.pool.ConnectionPool;
import java.util.Collection;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ends pools when the JVM exits: what is idle is closed politely, in daemon threads, because the last bytes to a server that
 * hangs may block. What is not closed in time, the operating system closes.
 */
final class Closing {
    /** One server that hangs is not to keep connections to the others from being closed. */
    private static final int THREADS = 4;

    private final Queue<ConnectionPool> open;
    private final CountDownLatch left;

    private Closing(Collection<ConnectionPool> pools) {
        this.open = new ConcurrentLinkedQueue<>(pools);
        this.left = new CountDownLatch(open.size());
    }

    /** Returns when all is closed, or after these milliseconds. */
    static void within(long millis, Collection<ConnectionPool> pools) {
        Closing closing = new Closing(pools);
        for (int i = Math.min(THREADS, closing.open.size()); i > 0; i--) {
            new AgentThreads("closing").newThread(closing::closeAll).start();
        }
        try {
            if (!closing.left.await(millis, TimeUnit.MILLISECONDS)) {
                Log.debug("not all idle connections could be closed in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void closeAll() {
        for (ConnectionPool pool = open.poll(); pool != null; pool = open.poll()) {
            try {
                pool.end();
            } catch (RuntimeException | LinkageError e) {
                Log.swallowed("ending pool " + pool.name(), e);
            } finally {
                left.countDown();
            }
        }
    }
}
