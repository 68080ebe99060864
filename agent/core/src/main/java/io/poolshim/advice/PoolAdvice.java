package io.poolshim.advice;

/** What follows from the facts for one pool: its size, and what it brings. */
final class PoolAdvice {
    private static final int FEW = 20; // borrows, from which nothing follows
    private static final double IDLE_SECONDS =
            300; // the default of pool.idle-timeout: a login that is rarer keeps nothing
    private static final double WAITS_TOLERATED = 0.001;
    private static final int LEAST_OVERFLOW = 2;

    /** Whether pooling is worth its while. */
    enum Worth {
        YES,
        LITTLE,
        UNKNOWN
    }

    final PoolFacts facts;
    final int maxSize;
    final int overflow;
    /** Of all borrows, the share that finds a connection open. */
    final double reuse;

    final Worth worth;
    final String why;

    PoolAdvice(PoolFacts facts) {
        this.facts = facts;
        int limit = facts.serverGave == 0 ? Integer.MAX_VALUE : Math.max(facts.serverGave - 1, 1); // one to spare
        int wanted = Math.max(wantedSize(), 1);
        this.maxSize = Math.min(wanted, threeQuarters(limit));
        int quarter = (maxSize + 3) / 4;
        int more = Math.max(Math.max(facts.mostAtOnce - maxSize, quarter), LEAST_OVERFLOW);
        this.overflow = Math.min(more, limit - maxSize);
        this.reuse = reuse();
        this.why = whyLittle();
        this.worth = facts.borrows < FEW ? Worth.UNKNOWN : why.isEmpty() ? Worth.YES : Worth.LITTLE;
    }

    /** Part of what a server gives is for those who already hold a connection. */
    private static int threeQuarters(int limit) {
        return limit == Integer.MAX_VALUE ? limit : Math.max(1, limit - limit / 4);
    }

    /**
     * Observed, what 99.9 % of all borrows need. While it pools, connections are opened as they are needed, so that the
     * most there were is enough; unless borrowers had to wait.
     */
    private int wantedSize() {
        if (facts.observed) {
            return facts.needOf999;
        }
        boolean waits = facts.waited > facts.borrows * WAITS_TOLERATED;
        return waits ? Math.max(facts.mostAtOnce, facts.ownMaxSize) + 1 : facts.mostAtOnce;
    }

    private double reuse() {
        if (facts.borrows == 0) {
            return 0;
        }
        if (!facts.observed) {
            return (double) facts.reused / facts.borrows;
        }
        boolean rare = facts.seconds / facts.borrows > IDLE_SECONDS;
        return rare ? 0 : (double) Math.max(0, facts.borrows - facts.spoiled - maxSize) / facts.borrows;
    }

    private String whyLittle() {
        if (facts.observed && facts.borrows > 0 && facts.spoiled > facts.borrows * 0.8) {
            return "nearly every session is left as no reset restores it, so its connection could not be reused";
        }
        if (facts.observed && facts.openingShare() < 0.02) {
            return "connections are held for much longer than it takes to open them";
        }
        if (reuse < 0.2) {
            return "few connections would be reused";
        }
        if (savedPerSecond() < 0.01) {
            return "connections are seldom asked for";
        }
        return "";
    }

    /** Logins that were, or would be, spared. */
    double savedPerSecond() {
        return facts.perSecond() * reuse;
    }

    /** What a borrow takes less, at the median of logins. */
    double savedMicrosPerBorrow() {
        return facts.usualOpeningMicros() * reuse;
    }

    /** Whether nothing stays in any session, so that most resets could be spared. */
    boolean leavesSessionsClean() {
        return facts.observed && facts.borrows > 0 && facts.clean == facts.borrows;
    }
}
