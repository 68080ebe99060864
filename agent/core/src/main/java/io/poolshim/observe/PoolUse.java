package io.poolshim.observe;

import io.poolshim.jdbc.SqlStates;
import io.poolshim.pool.WaitHistogram;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.ToLongFunction;

/** What was seen of the connections that one pool would serve, or does; pools of one name are taken together. */
public final class PoolUse {
    private static final int MOST_SITES = 200;
    private static final int MOST_URLS = 4;
    private static final String OTHER_SITES = "(other places)";

    private final String name;
    private final String user;
    private final String target;
    private final long since = System.nanoTime();
    private final Overlap overlap = new Overlap();
    private final Levels samples = new Levels();
    private final ConcurrentHashMap<String, SiteUse> sites = new ConcurrentHashMap<>();
    private final Set<String> urls = ConcurrentHashMap.newKeySet();
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger mostOpen = new AtomicInteger();

    /** How long logins took. */
    public final WaitHistogram opening = new WaitHistogram();
    /** How long connections were held, the login not included. */
    public final WaitHistogram holding = new WaitHistogram();

    public final LongAdder openingNanos = new LongAdder();
    /** Logins that failed. */
    public final LongAdder refused = new LongAdder();
    /** Of those, the ones for which the server had no connection left (53300). */
    public final LongAdder full = new LongAdder();
    /** Connections of a driver that is only looked at from outside: nothing else is known of them. */
    public final LongAdder unseen = new LongAdder();

    PoolUse(String name, String user, String target) {
        this.name = name;
        this.user = user;
        this.target = target;
    }

    public String name() {
        return name;
    }

    public String user() {
        return user;
    }

    /** {@code host:port/database}. */
    public String target() {
        return target;
    }

    /** Somebody asked by this JDBC URL, without its parameters. */
    void askedBy(String url) {
        if (!url.isEmpty() && !target.isEmpty() && urls.size() < MOST_URLS) {
            urls.add(url);
        }
    }

    /** The JDBC URLs that lead here, up to their parameters, in alphabetical order; none if they may show a password. */
    public List<String> urls() {
        return new ArrayList<>(new TreeSet<>(urls));
    }

    /** For how long it has been looked at. */
    public double seconds() {
        return (System.nanoTime() - since) / 1e9;
    }

    SiteUse site(String place) {
        SiteUse known = sites.get(place);
        if (known == null) {
            String key = sites.size() < MOST_SITES ? place : OTHER_SITES;
            known = sites.computeIfAbsent(key, SiteUse::new);
        }
        return known;
    }

    /** A connection of a driver that is left alone was opened. */
    public void openedUnseen(long nanos) {
        opening.record(nanos);
        openingNanos.add(nanos);
        unseen.increment();
    }

    /** A login failed. */
    public void refused(Throwable thrown) {
        refused.increment();
        if (SqlStates.isTooManyConnections(thrown)) {
            full.increment();
        }
    }

    void asked() {
        overlap.enter(System.nanoTime());
    }

    void opened(long nanos) {
        opening.record(nanos);
        openingNanos.add(nanos);
        int now = open.incrementAndGet();
        if (now > mostOpen.get()) {
            mostOpen.accumulateAndGet(now, Math::max);
        }
    }

    void closed(long heldNanos) {
        open.decrementAndGet();
        holding.record(heldNanos);
    }

    void left() {
        overlap.leave(System.nanoTime());
    }

    synchronized void sample(int used) {
        samples.add(used, 1);
    }

    /** How many connections of the pool were used, looked at once a second while it pools. */
    public synchronized Levels samples() {
        return samples.copy();
    }

    /** How many others held one when one was asked for. */
    public Levels found() {
        return overlap.found();
    }

    /** For how many nanoseconds so many were held. */
    public Levels times() {
        return overlap.times(System.nanoTime());
    }

    /** How many are held, or being opened. */
    public int held() {
        return overlap.held();
    }

    /** The most that were asked for within a second. */
    public int busiest() {
        return overlap.busiest();
    }

    /** The most that were open at once. */
    public int mostOpen() {
        return mostOpen.get();
    }

    /** Connections that were observed. */
    public long loans() {
        return sum(site -> site.loans.sum());
    }

    /** Over all places. */
    public long sum(ToLongFunction<SiteUse> count) {
        long sum = 0;
        for (SiteUse site : sites.values()) {
            sum += count.applyAsLong(site);
        }
        return sum;
    }

    /** All places, those with the most connections first. */
    public List<SiteUse> sites() {
        List<SiteUse> all = new ArrayList<>(sites.values());
        all.sort((one, other) -> Long.compare(other.loans.sum(), one.loans.sum()));
        return all;
    }
}
