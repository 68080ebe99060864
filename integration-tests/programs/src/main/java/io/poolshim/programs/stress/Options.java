package io.poolshim.programs.stress;

import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;

/** What a run is told by properties {@code app.NAME}; all but the databases have a default. */
final class Options {
    /** Two runs of one seed plan the same cycles. */
    final long seed = Long.getLong("app.seed", System.nanoTime());

    final int seconds = Integer.getInteger("app.seconds", 5);
    final int threads = Integer.getInteger("app.threads", 16);

    /** Connections that may be forgotten without a close, in the whole run. */
    final int drops = Integer.getInteger("app.drops", 0);

    /** Milliseconds between two sessions that the server ends or whose statement it cancels; 0 for never. */
    final int killPause = Integer.getInteger("app.killPause", 100);

    /** Only these acts, names separated by commas, or all but those with a minus in front: for a small reproduction. */
    private final Set<String> acts = names("app.acts");

    /** Only these ways to return. */
    private final Set<String> returns = names("app.returns");

    private static Set<String> names(String property) {
        String list = System.getProperty(property, "");
        return list.isEmpty() ? Collections.<String>emptySet() : new HashSet<>(Arrays.asList(list.split(",")));
    }

    boolean wantsAct(String name) {
        return wants(acts, name);
    }

    boolean wantsReturn(String name) {
        return wants(returns, name);
    }

    private static boolean wants(Set<String> names, String name) {
        boolean onlySome = names.stream().anyMatch(listed -> !listed.startsWith("-"));
        return onlySome ? names.contains(name) : !names.contains("-" + name);
    }
}
