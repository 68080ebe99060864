package io.poolshim.advice;

import io.poolshim.observe.SiteUse;
import io.poolshim.pool.WaitHistogram;
import io.poolshim.sql.Habit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What is to be known of a pool before it pools, in sentences: what to beware of, and what would change. */
final class Remarks {
    private static final double LONG = 10_000_000; // microseconds

    private final PoolFacts facts;

    Remarks(PoolFacts facts) {
        this.facts = facts;
    }

    List<String> warnings() {
        List<String> lines = new ArrayList<>();
        if (facts.full > 0) {
            lines.add("the server had no connection left for " + Words.count(facts.full, "login")
                    + " (53300); the most it"
                    + " gave was " + facts.serverGave
                    + ", and the size stays below that: borrowers may wait, but shorter"
                    + " than for a login");
        }
        if (facts.refused > facts.full) {
            lines.add(Words.count(facts.refused - facts.full, "login") + " failed otherwise, and would fail as well");
        }
        if (facts.dropped > 0) {
            lines.add(Words.count(facts.dropped, "connection") + " never closed, but found by the garbage collector"
                    + worst(site -> site.dropped.sum()) + "; each keeps its place in the pool until then");
        }
        if (facts.heldNow > 0 && facts.observed) {
            lines.add(Words.count(facts.heldNow, "connection") + " not closed when this was written");
        }
        if (facts.nested > 0) {
            lines.add(Words.count(facts.nested, "time") + " a thread asked for a connection while it held one"
                    + worst(site -> site.nested.sum()) + "; it is served from the overflow, and never waits for long");
        }
        WaitHistogram holding = facts.holding;
        if (holding.max() >= LONG) {
            lines.add("connections were held for up to " + Words.time(holding.max())
                    + worst(site -> site.longestNanos.get() >= LONG * 1000 ? site.longestNanos.get() : 0, false)
                    + "; such a one counts as its holder's own after poolshim.pool.long-hold");
        }
        if (facts.timedOut > 0) {
            lines.add(
                    "a borrow timed out " + Words.count(facts.timedOut, "time") + ": the log names who held the rest");
        }
        if (facts.waited > 0) {
            lines.add(Words.count(facts.waited, "borrow") + " found no place free ("
                    + Words.percent((double) facts.waited / Math.max(facts.borrows, 1)) + ")");
        }
        return lines;
    }

    private interface Count {
        long of(SiteUse site);
    }

    private String worst(Count count) {
        return worst(count, true);
    }

    /** Where most of them were. */
    private String worst(Count count, boolean counts) {
        SiteUse worst = null;
        for (SiteUse site : facts.sites) {
            if (count.of(site) > (worst == null ? 0 : count.of(worst))) {
                worst = site;
            }
        }
        return worst == null
                ? ""
                : counts ? " (" + count.of(worst) + " of them: " + worst.name() + ")" : " (" + worst.name() + ")";
    }

    /** What pooling changes for what was seen; see docs/safety.md. */
    List<String> changes() {
        List<String> lines = new ArrayList<>();
        if (!facts.observed) {
            if (facts.spoiled > 0) {
                lines.add(Words.count(facts.spoiled, "connection") + " really closed after use, because no reset"
                        + " restores their sessions; -Dpoolshim.log.level=debug names the statements");
            }
            return lines;
        }
        Map<Habit, Long> habits = new EnumMap<>(Habit.class);
        Map<String, Long> apis = new TreeMap<>();
        for (SiteUse site : facts.sites) {
            site.habits().forEach((habit, count) -> habits.merge(habit, count, Long::sum));
            site.apis().forEach((api, count) -> apis.merge(api, count, Long::sum));
        }
        habits.forEach((habit, count) -> lines.add(change(habit, count)));
        if (facts.openAtClose > 0) {
            lines.add("a transaction was open at " + Words.count(facts.openAtClose, "close")
                    + worst(site -> site.open.sum()) + ": it is rolled back, as now");
        }
        if (!apis.isEmpty()) {
            lines.add("methods of the driver's own were used (" + shown(apis)
                    + "): they work; after some of them the connection is really closed");
        }
        if (facts.borrows > 0) {
            lines.add("sessions stay on the server while they are idle (poolshim.pool.idle-timeout), pg_backend_pid()"
                    + " repeats, and logins are fewer for log_connections and on-login triggers");
        }
        return lines;
    }

    private static String shown(Map<String, Long> counts) {
        List<String> parts = new ArrayList<>();
        counts.forEach((api, count) -> parts.add(api + " " + count));
        return String.join(", ", parts);
    }

    private static String change(Habit habit, long loans) {
        String who = Words.count(loans, "connection") + ": " + habit.text() + "; ";
        switch (habit) {
            case CUSTOM_SETTING:
                return who + "then the connection is really closed, and its login not spared, or with"
                        + " poolshim.session.custom-settings=reset the next borrower finds an empty string for NULL";
            case UNKNOWN:
                return who + "then the connection is really closed, and its login not spared";
            case FUNCTION:
                return who + "a pool reads the catalogue to learn what they leave, which was not read now";
            case TEMPORARY:
                return who + "they are dropped at close(); sessions that look for traces of them are closed";
            case LISTEN:
                return who + "undone at close(); who listens for ever keeps a place of the pool";
            case COPY:
                return who + "nothing changes; one still running at close() ends the connection, as now";
            default:
                return who + "undone at close()";
        }
    }
}
