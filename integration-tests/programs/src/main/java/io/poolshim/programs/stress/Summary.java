package io.poolshim.programs.stress;

import io.poolshim.programs.Env;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What a run has come to: a line for each kind of thing, and one for all. */
final class Summary {
    private final Env env;
    private final Scene scene;
    private final Tally tally;

    Summary(Env env, Scene scene) {
        this.env = env;
        this.scene = scene;
        this.tally = scene.tally;
    }

    void print() {
        each("act ", scene.actNames);
        each("return ", scene.returnNames);
        for (String prefix : new String[] {"stale refused ", "stale quiet ", "expected "}) {
            tally.startingWith(prefix).forEach((name, count) -> env.print(prefix + name, count));
        }
        String figures = figures().entrySet().stream()
                .map(figure -> figure.getKey() + "=" + figure.getValue())
                .collect(Collectors.joining(" "));
        env.print("stress: seed=" + scene.options.seed + " " + figures);
    }

    /** Those that never happened, too. */
    private void each(String prefix, List<String> names) {
        names.forEach(name -> env.print(prefix + name, tally.of(prefix + name)));
    }

    private Map<String, Long> figures() {
        Map<String, Long> figures = new LinkedHashMap<>();
        figures.put("cycles", tally.of("cycles"));
        figures.put("borrows", tally.of("borrows"));
        figures.put("reused", tally.of("reused"));
        figures.put("stale-refused", tally.sum("stale refused "));
        figures.put("stale-quiet", tally.sum("stale quiet "));
        figures.put("kills", tally.of("kills"));
        figures.put("cancels", tally.of("cancels") + tally.of("cancels by companions"));
        figures.put("aborts", tally.of("aborts"));
        figures.put("cross-thread-closes", tally.of("cross-thread closes"));
        figures.put("interrupts", tally.of("interrupts"));
        figures.put("nested", tally.of("nested"));
        figures.put("dying-threads", tally.of("dying threads"));
        figures.put("interrupted-borrows", tally.of("interrupted borrows"));
        figures.put("drops", tally.of("drops"));
        figures.put("forgotten-answered", tally.of("forgotten answered"));
        figures.put("expected-errors", tally.sum("expected "));
        figures.put("violations", tally.of("violations"));
        figures.put("unexpected", tally.of("unexpected"));
        return figures;
    }
}
