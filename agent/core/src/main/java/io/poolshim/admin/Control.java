package io.poolshim.admin;

import io.poolshim.config.Settings;
import io.poolshim.log.Log;
import io.poolshim.pool.PoolMode;
import io.poolshim.registry.PoolControls;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The operator's hand on the pools, whichever way it comes: JMX, HTTP, the command line. A pool is named by
 * {@code ConnectionPool.name()}; {@code *} is all pools. Each method returns how many pools it
 * affected at once; what is set holds for pools of that name that come later, too.
 *
 * <p>Wrong arguments are an IllegalArgumentException whose message says what is permitted.
 */
public final class Control {
    private static final String ALL = "*";
    private static final int MOST_SHOWN = 20;
    private static final int GREATEST = 10_000;

    private final PoolControls pools;

    public Control(PoolControls pools) {
        this.pools = pools;
    }

    /** The names of all pools there are or were. */
    public Set<String> pools() {
        return pools.names();
    }

    /** The mode of pools of which nothing else was said. */
    public String mode() {
        return pools.mode().text();
    }

    /** Borrowers wait from now on, up to the borrow time-out, but for threads that hold a connection already. */
    public int suspend(@Nullable String pool) {
        String name = name(pool);
        return done("suspended", name, pools.suspend(name, true));
    }

    /** Ends {@link #suspend}; whoever waits is served. */
    public int resume(@Nullable String pool) {
        String name = name(pool);
        return done("resumed", name, pools.suspend(name, false));
    }

    /** Idle connections are closed now, borrowed ones when they are returned. */
    public int evict(@Nullable String pool) {
        String name = name(pool);
        return done("told to open connections anew", name, pools.evict(name));
    }

    /** Another {@code pool.max-size}; connections that are too many are closed when they are returned. */
    public int resize(@Nullable String pool, int maxSize) {
        String name = name(pool);
        if (maxSize < 1 || maxSize > GREATEST) {
            throw new IllegalArgumentException(Settings.MAX_SIZE.key() + " " + maxSize + " is not permitted; give "
                    + Settings.MAX_SIZE.permitted());
        }
        return done("resized to max-size=" + maxSize, name, pools.resize(name, maxSize));
    }

    /** {@code pool}, {@code observe} or {@code off}: off lets calls pass through, and closes what is idle or returned. */
    public int mode(@Nullable String pool, String mode) {
        String name = name(pool);
        PoolMode wanted = PoolMode.of(mode);
        return done("set to mode=" + wanted.text(), name, pools.mode(name, wanted));
    }

    /** Null for all. */
    private @Nullable String name(@Nullable String pool) {
        String name = pool == null ? "" : pool.trim(); // from elsewhere, where a variable may be empty by mistake
        if (name.equals(ALL)) {
            return null;
        }
        Set<String> known = pools.names();
        if (!known.contains(name)) {
            throw new IllegalArgumentException("there is no pool '" + name + "'; " + shown(known));
        }
        return name;
    }

    private static String shown(Set<String> known) {
        if (known.isEmpty()) {
            return "there is none yet; give * for all that come";
        }
        StringBuilder list = new StringBuilder("give * for all, or one of ");
        int shown = 0;
        for (String name : known) {
            if (shown == MOST_SHOWN) {
                return list.append(", …").toString();
            }
            list.append(shown++ == 0 ? "" : ", ").append(name);
        }
        return list.toString();
    }

    private static int done(String what, @Nullable String name, int affected) {
        Log.info((name == null ? "all pools were " : "[pool " + name + "] was ") + what + " (there are now: " + affected
                + ")");
        return affected;
    }
}
