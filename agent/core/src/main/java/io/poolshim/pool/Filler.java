package io.poolshim.pool;

import io.poolshim.jdbc.DriverFailure;
import io.poolshim.log.Log;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Keeps as many connections idle as the settings ask for, opening them in a thread of its own. */
final class Filler {
    private final Stock stock;
    private volatile PoolSettings settings;
    private final Permits permits;
    private final AtomicBoolean filling = new AtomicBoolean();
    private volatile @Nullable Opener opener;

    Filler(Stock stock, PoolSettings settings, Permits permits) {
        this.stock = stock;
        this.settings = settings;
        this.permits = permits;
    }

    /** A borrower was let in: so may we be. */
    void learn(Opener successful) {
        if (settings.minIdle > 0) {
            opener = successful.detached();
        }
    }

    /** If there is to be a minimum where there was none, it is kept from the next login on. */
    void reconfigure(PoolSettings changed) {
        settings = changed;
        if (changed.minIdle == 0) {
            stop();
        }
    }

    void stop() {
        opener = null;
    }

    /** Whether there is or may soon be a connection by it: one is still to come after {@link #stop} if it logs in now. */
    boolean isActive() {
        return opener != null || filling.get();
    }

    /** Starts to fill up if something is missing. */
    void maintain() {
        Opener current = opener;
        if (current != null && isBelowMinimum() && filling.compareAndSet(false, true)) {
            if (permits.tryPlace()) {
                new AgentThreads("filler").newThread(() -> fill(current)).start();
            } else {
                filling.set(false);
            }
        }
    }

    private void fill(Opener current) {
        try {
            while (isBelowMinimum()) {
                PooledPhysical fresh = stock.open(current);
                if (opener == null) { // stopped meanwhile, and nobody would look after it any more
                    stock.discard(fresh);
                } else {
                    stock.keep(fresh, System.nanoTime());
                }
            }
        } catch (DriverFailure unreachable) {
            stop(); // until a borrower has opened one: the password may have changed
            Log.debug(stock + " cannot fill up: "
                    + unreachable.getCause().getClass().getName());
        } catch (RuntimeException | LinkageError e) {
            Log.swallowed("filling up " + stock, e);
        } finally {
            permits.release(Grant.POOL);
            filling.set(false);
        }
    }

    private boolean isBelowMinimum() {
        return opener != null
                && stock.idle() < settings.minIdle
                && permits.used() + stock.idle() <= settings.maxSize; // the filler has a place itself
    }
}
