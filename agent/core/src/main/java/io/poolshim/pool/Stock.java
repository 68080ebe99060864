package io.poolshim.pool;

import io.poolshim.jdbc.DriverFailure;
import io.poolshim.log.Log;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;

/** The physical connections of a pool: taken from the shelf, opened if there is none, kept or discarded. */
final class Stock {
    private static final int TRIM_TICKS = 5;

    private final String name;
    private final PoolSettings settings;
    private final ScheduledExecutorService scheduler;
    private final PoolStatistics statistics;
    private final Permits permits;
    private volatile HikariShelf shelf; // from the first connection on: a wrong password leaves no pool behind
    private volatile Opener filler;
    private final AtomicBoolean filling = new AtomicBoolean();
    private int trimTick;
    private int leastExcess;

    Stock(
            String name,
            PoolSettings settings,
            ScheduledExecutorService scheduler,
            PoolStatistics statistics,
            Permits permits) {
        this.name = name;
        this.settings = settings;
        this.scheduler = scheduler;
        this.statistics = statistics;
        this.permits = permits;
    }

    /**
     * A connection that the shelf does not know.
     *
     * @throws DriverFailure what the driver threw
     */
    PooledPhysical open(Opener opener) {
        PooledPhysical fresh = new PooledPhysical(opener.open(), statistics);
        statistics.openedOne();
        return fresh;
    }

    /** An idle connection or, if there is none, a new one. */
    PooledPhysical takeOrOpen(Opener opener) {
        while (true) {
            PooledPhysical taken = takeUsable();
            if (taken != null) {
                return taken;
            }
            PooledPhysical fresh = open(opener); // before there is a shelf
            shelf().adopt(fresh); // somebody else may be quicker to take it; then there will be another
            filler = settings.minIdle > 0 ? opener : null;
        }
    }

    private PooledPhysical takeUsable() {
        HikariShelf current = shelf;
        if (current == null) {
            return null;
        }
        boolean interrupted = Thread.interrupted(); // HikariCP would throw, an unpooled login would not
        try {
            for (PooledPhysical taken = current.take(); taken != null; taken = current.take()) {
                if (taken.isNew() || isUsable(taken)) {
                    taken.borrowed();
                    return taken;
                }
                statistics.evicted.increment();
                current.evict(taken);
            }
            return null;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static boolean isUsable(PooledPhysical taken) {
        try {
            return taken.isUsable();
        } catch (RuntimeException | LinkageError e) {
            Log.swallowed("looking at an idle connection (it is closed)", e);
            return false;
        }
    }

    private HikariShelf shelf() {
        HikariShelf current = shelf;
        if (current == null) {
            synchronized (this) {
                current = shelf;
                if (current == null) {
                    shelf = current = new HikariShelf(name, settings, scheduler);
                    Log.info("[pool " + name + "] serves DriverManager.getConnection from now on (max-size="
                            + settings.maxSize + " overflow=" + settings.overflow + ")");
                }
            }
        }
        return current;
    }

    /** Whether a connection that was taken may be kept, as far as its age goes. */
    boolean isKeepable(PooledPhysical physical) {
        return settings.maxUses == 0 || physical.uses() < settings.maxUses;
    }

    void keep(PooledPhysical physical) {
        shelf.putBack(physical);
    }

    void discard(PooledPhysical physical) {
        if (physical.hikariProxy == null) {
            physical.close();
        } else {
            shelf.evict(physical);
        }
    }

    int idle() {
        return shelf == null ? 0 : shelf.idle();
    }

    /** Housekeeping: what is missing, what is no longer needed. */
    void maintain() {
        trim();
        Opener opener = filler;
        if (opener != null && isBelowMinimum() && filling.compareAndSet(false, true)) {
            if (permits.tryPlace()) {
                new AgentThreads("filler").newThread(() -> fill(opener)).start();
            } else {
                filling.set(false);
            }
        }
    }

    /** Closes what overflow has left behind, once it was not needed for a while; at once would be to log in anew. */
    private void trim() {
        int excess = Math.min(permits.used() + idle() - settings.maxSize, idle());
        leastExcess = Math.min(leastExcess, Math.max(excess, 0));
        if (++trimTick % TRIM_TICKS == 0) {
            for (int i = 0; i < leastExcess; i++) {
                PooledPhysical idle = shelf.take();
                if (idle != null) {
                    shelf.evict(idle);
                }
            }
            leastExcess = Integer.MAX_VALUE;
        }
    }

    private void fill(Opener opener) {
        try {
            while (isBelowMinimum()) {
                shelf().adopt(open(opener));
            }
        } catch (DriverFailure unreachable) {
            filler = null; // until a borrower has opened one: the password may have changed
            Log.debug("[pool " + name + "] cannot fill up: "
                    + unreachable.getCause().getClass().getName());
        } catch (RuntimeException | LinkageError e) {
            Log.swallowed("filling up pool " + name, e);
        } finally {
            permits.release(Grant.POOL);
            filling.set(false);
        }
    }

    private boolean isBelowMinimum() {
        return idle() < settings.minIdle
                && permits.used() + idle() <= settings.maxSize; // the filler has a place itself
    }

    /** Whether it keeps nothing and is not to be filled. */
    boolean isEmpty() {
        return filler == null && statistics.open() == 0;
    }

    void shutdown() {
        if (shelf != null) {
            shelf.shutdown();
        }
    }
}
