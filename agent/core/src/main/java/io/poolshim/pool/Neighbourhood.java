package io.poolshim.pool;

import io.poolshim.jdbc.Login;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * All pools of this JVM, and what one of them has to do because of another: give up idle connections, open new ones
 * instead of those that were opened before something changed.
 */
public final class Neighbourhood {
    private static final int MOST_BREAKERS = 1000;

    private final Runnable reclaim;
    private volatile int most;
    private final AtomicInteger open = new AtomicInteger();
    private final Set<Stock> stocks = ConcurrentHashMap.newKeySet();
    private final Map<List<String>, Breaker> breakers = new ConcurrentHashMap<>();

    /**
     * Nobody so far.
     *
     * @param most how many connections all pools together may have open while one of them is idle
     * @param reclaim takes back what was dropped, in whichever pool
     */
    public Neighbourhood(int most, Runnable reclaim) {
        this.most = most;
        this.reclaim = reclaim;
    }

    void moveIn(Stock stock) {
        stocks.add(stock);
    }

    /** All pools together may have so many open from now on while one of them is idle. */
    public void limit(int connections) {
        most = connections;
        makeRoom();
    }

    /** How many that are. */
    public int limit() {
        return most;
    }

    void moveOut(Stock stock) {
        stocks.remove(stock);
    }

    /** Of all pools whose requests name the same servers; null if the settings ask for none. */
    @Nullable Breaker breaker(Login login, PoolSettings settings) {
        if (settings.breakerFailures == 0 || breakers.size() >= MOST_BREAKERS) {
            return null;
        }
        List<String> key = new ArrayList<>(login.servers());
        key.add(settings.breakerFailures + " " + settings.breakerDelay); // which may be changed
        return breakers.computeIfAbsent(key, same -> new Breaker(String.join(",", login.servers()), settings));
    }

    /** A caller is about to wait for what may have been dropped. */
    void pending() {
        reclaim.run();
    }

    void opened() {
        open.incrementAndGet();
        makeRoom();
    }

    void closed() {
        open.decrementAndGet();
    }

    /** What is used is the application's business; so only idle connections go, the least recently used pool's first. */
    void makeRoom() {
        while (open.get() > most) {
            Stock oldest = null;
            for (Stock stock : stocks) {
                if (stock.idle() > 0 && (oldest == null || stock.isLessRecentlyUsedThan(oldest))) {
                    oldest = stock;
                }
            }
            if (oldest == null || !oldest.closeOneIdle(Eviction.ROOM)) {
                return;
            }
        }
    }

    /** The server refuses further connections: whether some idle ones were closed, so that it is worth another try. */
    boolean giveUpIdle(Login server) {
        boolean any = false;
        for (Stock stock : stocks) {
            if (stock.login().sharesServerWith(server)) {
                any |= stock.closeIdle(Eviction.ROOM);
            }
        }
        return any;
    }

    /** A password has opened its first session: whoever presents another one for the same user is to log in with it. */
    void firstLogin(Login login) {
        for (Stock stock : stocks) {
            if (stock.login().hasOtherSecretThan(login)) {
                stock.logInAfresh();
            }
        }
    }

    /** From now on connections opened before are not handed out any more, in all pools whose login is like this. */
    public void renew(Predicate<Login> which) {
        for (Stock stock : stocks) {
            if (which.test(stock.login())) {
                stock.renew();
            }
        }
    }

    /** The same for all that may lead to this server, without waiting until what is idle was closed. */
    void outdate(Login server) {
        for (Stock stock : stocks) {
            if (stock.login().sharesServerWith(server)) {
                stock.outdate();
            }
        }
    }
}
