package io.poolshim.advice;

import io.poolshim.observe.DriverNames;
import io.poolshim.observe.SiteUse;
import io.poolshim.sql.Habit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The advice as text. */
final class AdviceText {
    private static final int MOST_POOLS = 20;
    private static final int MOST_SITES = 15;
    private static final int MOST_CLASSES = 40;
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:,=%+@-]*");

    private final List<PoolAdvice> pools;
    private final SettingLines settings;
    private final DriverNames names;
    private final Map<String, Long> passed;
    private final StringBuilder text = new StringBuilder();

    AdviceText(List<PoolAdvice> pools, SettingLines settings, DriverNames names, Map<String, Long> passed) {
        this.pools = pools;
        this.settings = settings;
        this.names = names;
        this.passed = passed;
    }

    String text() {
        if (pools.isEmpty()) {
            line("advice on pooling: no connection was seen that could be pooled" + passThrough());
            driverNames();
            return text.toString();
        }
        line("advice on pooling, for " + Words.count(pools.size(), "pool") + passThrough());
        for (PoolAdvice pool : pools.subList(0, Math.min(pools.size(), MOST_POOLS))) {
            line("");
            of(pool);
        }
        if (pools.size() > MOST_POOLS) {
            line("");
            line((pools.size() - MOST_POOLS) + " more pools with fewer connections; all are in the JSON");
        }
        driverNames();
        settings();
        return text.toString();
    }

    private String passThrough() {
        long all = 0;
        for (long count : passed.values()) {
            all += count;
        }
        return all == 0 ? "" : "; " + Words.count(all, "call") + " passed through, unseen: " + passed;
    }

    private void of(PoolAdvice advice) {
        PoolFacts facts = advice.facts;
        line(facts.name + (facts.observed ? " (observed)" : " (pooled)"));
        if (facts.unseen > 0) {
            unseen(facts);
            return;
        }
        if (facts.observed) {
            observed(facts);
        } else {
            pooled(facts);
        }
        bring(advice);
        list("beware", new Remarks(facts).warnings());
        list("change", new Remarks(facts).changes());
        places(facts);
    }

    private void unseen(PoolFacts facts) {
        fact("opened", Words.count(facts.unseen, "connection") + " of a driver that is looked at from outside only");
        fact(
                "logins",
                "p50 " + Words.time(facts.opening.percentile(0.5)) + ", longest " + Words.time(facts.opening.max()));
    }

    private void observed(PoolFacts facts) {
        fact(
                "opened",
                Words.count(facts.borrows, "connection") + " in " + Words.time(facts.seconds * 1e6) + ", "
                        + Words.rate(facts.perSecond()) + ", at most " + facts.busiestSecond + " within a second");
        fact(
                "logins",
                "p50 " + Words.time(facts.opening.percentile(0.5)) + ", p99 "
                        + Words.time(facts.opening.percentile(0.99)) + ", longest " + Words.time(facts.opening.max())
                        + "; "
                        + Words.time(facts.openingMicros) + " in all, " + Words.percent(facts.openingShare())
                        + " of the time for which connections were opened or held");
        fact(
                "held",
                "p50 " + Words.time(facts.holding.percentile(0.5)) + ", p99 "
                        + Words.time(facts.holding.percentile(0.99)) + ", longest " + Words.time(facts.holding.max())
                        + "; "
                        + Words.percent(facts.statementShare()) + " of it in statements");
        fact(
                "overlap",
                "at most " + facts.mostAtOnce + ", " + String.format(Locale.ROOT, "%.1f", facts.meanAtOnce)
                        + " in the mean; enough for half of all borrows: " + facts.halfNeed + ", for 99 %: "
                        + facts.needOf99
                        + ", for 99.9 %: " + facts.needOf999 + " (logins included, so that a pool needs rather less)");
    }

    private void pooled(PoolFacts facts) {
        fact(
                "borrowed",
                Words.count(facts.borrows, "time") + ", " + Words.rate(facts.perSecond()) + "; "
                        + Words.count(facts.opened, "login") + ", " + Words.time(facts.usualOpeningMicros())
                        + " at the median");
        fact(
                "overlap",
                "at most " + facts.mostAtOnce + " open; used, looked at once a second while any was: "
                        + String.format(Locale.ROOT, "%.1f", facts.meanAtOnce)
                        + " in the mean, 99.9 % of the time at most "
                        + facts.needOf999);
    }

    private void bring(PoolAdvice advice) {
        String saved = Words.rate(advice.savedPerSecond()) + " fewer logins and "
                + Words.time(advice.savedMicrosPerBorrow()) + " less for each borrow (" + Words.percent(advice.reuse)
                + (advice.facts.observed ? " would be reused)" : " were reused)");
        switch (advice.worth) {
            case UNKNOWN:
                fact("advice", "too little was seen to advise: let it run for longer, under its usual load");
                break;
            case LITTLE:
                fact("advice", "pooling would bring little: " + advice.why + " (" + saved + ")");
                break;
            default:
                fact("advice", "max-size " + advice.maxSize + ", overflow " + advice.overflow + "; " + saved);
        }
    }

    private void places(PoolFacts facts) {
        List<SiteUse> sites = facts.sites;
        for (SiteUse site : sites.subList(0, Math.min(sites.size(), MOST_SITES))) {
            fact("at", site.name());
            line("            " + describe(site));
        }
        if (sites.size() > MOST_SITES) {
            fact("at", (sites.size() - MOST_SITES) + " more places");
        }
    }

    private static String describe(SiteUse site) {
        List<String> parts = new ArrayList<>();
        long loans = site.loans.sum();
        parts.add(Words.count(loans, "connection"));
        double mean = loans == 0 ? 0 : site.heldNanos.sum() / 1e3 / loans;
        parts.add(
                "held " + Words.time(mean) + " in the mean, " + Words.time(site.longestNanos.get() / 1e3) + " at most");
        add(parts, site.nested.sum(), "nested");
        add(parts, site.dropped.sum(), "never closed");
        add(parts, site.open.sum(), "in a transaction at close()");
        for (Map.Entry<Habit, Long> habit : site.habits().entrySet()) {
            add(parts, habit.getValue(), habit.getKey().text());
        }
        site.apis().forEach((api, count) -> add(parts, count, api));
        if (site.clean.sum() == loans) {
            parts.add("sessions left clean");
        }
        return String.join("; ", parts);
    }

    private static void add(List<String> parts, long count, String what) {
        if (count > 0) {
            parts.add(what + " " + count);
        }
    }

    /** Casts cannot be seen when they run. */
    private void driverNames() {
        Map<String, Map<String, Set<String>>> all = names.all();
        if (all.isEmpty()) {
            return;
        }
        line("");
        line("classes that name the driver's own (casts, and methods called, by their class files):");
        int shown = 0;
        for (Map.Entry<String, Map<String, Set<String>>> entry : all.entrySet()) {
            if (shown++ < MOST_CLASSES) {
                List<String> named = new ArrayList<>();
                entry.getValue()
                        .forEach((type, methods) ->
                                named.add(methods.isEmpty() ? type : type + " (" + String.join(", ", methods) + ")"));
                line("  " + entry.getKey() + ": " + String.join("; ", named));
            }
        }
        long more = Math.max(0, shown - MOST_CLASSES) + names.more();
        if (more > 0) {
            line("  " + more + " more");
        }
    }

    private void settings() {
        line("");
        if (settings.lines().isEmpty()) {
            line("settings: none to be advised from this");
            return;
        }
        line("settings:");
        List<String> quoted = new ArrayList<>();
        settings.lines().forEach(option -> quoted.add(forShell(option)));
        line(String.join(" ", quoted));
        line("or, in the file that poolshim.config names:");
        settings.ofFile().forEach(this::line);
        for (String optional : settings.optional()) {
            line("perhaps also: " + optional);
        }
    }

    /** Some characters mean something to a shell. */
    private static String forShell(String option) {
        return PLAIN.matcher(option).matches()
                ? option
                : option.replaceFirst("(?s)=.*", "='")
                        + option.substring(option.indexOf('=') + 1).replace("'", "'\\''") + "'";
    }

    private void list(String what, List<String> lines) {
        for (String line : lines) {
            fact(what, line);
        }
    }

    private void fact(String what, String value) {
        line("  " + String.format(Locale.ROOT, "%-10s", what) + value);
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
