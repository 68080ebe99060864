package io.poolshim.advice;

import io.poolshim.observe.Levels;
import io.poolshim.observe.PoolUse;
import io.poolshim.observe.SiteUse;
import io.poolshim.pool.PoolStatistics;
import io.poolshim.pool.WaitHistogram;
import java.util.Collections;
import java.util.List;

/** The numbers of one pool, observed or while it pools, taken at one moment; times in microseconds. */
@SuppressWarnings("NullAway.Init") // two factories fill it
final class PoolFacts {
    private static final double ENOUGH = 0.999;

    String name;
    String user;
    String target;
    /** JDBC URLs that lead there, without parameters; none if they may show a password. */
    List<String> urls = Collections.emptyList();
    /** Whether connections were the application's own; else they were pooled, and places are not known. */
    boolean observed;

    double seconds;
    long borrows;
    long opened;
    int busiestSecond;
    WaitHistogram opening;
    WaitHistogram holding;
    double openingMicros;
    double heldMicros;
    double statementMicros;
    /** How many are enough for this share of all borrows. */
    int halfNeed;

    int needOf99;
    int needOf999;
    int mostAtOnce;
    double meanAtOnce;
    /** The most that the server gave; 0 if it never refused for want of connections. */
    int serverGave;

    int heldNow;
    long refused;
    long full;
    long unseen;
    long nested;
    long dropped;
    long openAtClose;
    long spoiled;
    long clean;
    long reused;
    long waited;
    long timedOut;
    int ownMaxSize;
    List<SiteUse> sites = Collections.emptyList();

    private PoolFacts() {}

    static PoolFacts observed(PoolUse use) {
        PoolFacts facts = of(use);
        facts.observed = true;
        facts.borrows = use.loans();
        facts.opened = facts.borrows;
        facts.busiestSecond = use.busiest();
        facts.opening = use.opening;
        facts.holding = use.holding;
        facts.openingMicros = use.openingNanos.sum() / 1e3;
        facts.heldMicros = use.sum(site -> site.heldNanos.sum()) / 1e3;
        facts.statementMicros = use.sum(site -> site.statementNanos.sum()) / 1e3;
        facts.needs(use.found(), 1);
        Levels times = use.times();
        facts.mostAtOnce = times.greatest();
        facts.meanAtOnce = times.mean();
        facts.heldNow = use.held();
        facts.refused = use.refused.sum();
        facts.full = use.full.sum();
        facts.serverGave = facts.full > 0 ? use.mostOpen() : 0;
        facts.unseen = use.unseen.sum();
        facts.nested = use.sum(site -> site.nested.sum());
        facts.dropped = use.sum(site -> site.dropped.sum());
        facts.openAtClose = use.sum(site -> site.open.sum());
        facts.spoiled = use.sum(site -> site.spoiled.sum());
        facts.clean = use.sum(site -> site.clean.sum());
        facts.sites = use.sites();
        return facts;
    }

    /** While it pools: what its statistics tell, and how many were used, looked at once a second. */
    static PoolFacts pooled(PoolUse use, List<PoolStatistics> statistics, int maxSize) {
        PoolFacts facts = of(use);
        facts.opening = new WaitHistogram();
        facts.holding = new WaitHistogram();
        facts.ownMaxSize = maxSize;
        for (PoolStatistics counts : statistics) {
            facts.borrows += counts.borrows();
            facts.opened += counts.opened.sum();
            facts.reused += counts.reused();
            facts.opening = facts.opening.and(counts.logins);
            facts.waited += counts.waited.sum();
            facts.timedOut += counts.timedOut.sum();
            facts.dropped += counts.reclaimed.sum();
            facts.spoiled += counts.unfit.sum();
            facts.clean += counts.notReset.sum();
            facts.heldNow += counts.used();
            facts.mostAtOnce = Math.max(facts.mostAtOnce, counts.peak());
        }
        Levels samples = use.samples();
        facts.needs(samples, 0);
        facts.meanAtOnce = samples.mean();
        return facts;
    }

    private static PoolFacts of(PoolUse use) {
        PoolFacts facts = new PoolFacts();
        facts.name = use.name();
        facts.user = use.user();
        facts.target = use.target();
        facts.urls = use.urls();
        facts.seconds = Math.max(use.seconds(), 0.001);
        return facts;
    }

    /** {@code itself}: 1 if what was counted are the others. */
    private void needs(Levels levels, int itself) {
        halfNeed = levels.atMost(0.5) + itself;
        needOf99 = levels.atMost(0.99) + itself;
        needOf999 = levels.atMost(ENOUGH) + itself;
    }

    double perSecond() {
        return borrows / seconds;
    }

    /** The first one of a JVM also prepares the driver, so the mean would mislead. */
    double usualOpeningMicros() {
        return opening.percentile(0.5);
    }

    /** Of the time for which connections were opened or held, the share in which they were opened. */
    double openingShare() {
        double all = openingMicros + heldMicros;
        return all == 0 ? 0 : openingMicros / all;
    }

    double statementShare() {
        return heldMicros == 0 ? 0 : Math.min(1, statementMicros / heldMicros);
    }
}
