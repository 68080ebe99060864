package io.poolshim.advice;

import io.poolshim.config.Config;
import io.poolshim.config.Settings;
import io.poolshim.log.JsonWriter;
import io.poolshim.log.Log;
import io.poolshim.observe.DriverNames;
import io.poolshim.observe.PoolUse;
import io.poolshim.observe.Uses;
import io.poolshim.pool.ConnectionPool;
import io.poolshim.pool.PoolStatistics;
import io.poolshim.redirect.PassThrough;
import io.poolshim.registry.PoolRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What pooling would bring, or brings, and the settings that follow, from what was seen until now. Of pools that are
 * observed all is known; of those that pool, what their statistics tell, and no places in the application.
 */
public final class Advice {
    private final Config config;
    private final PoolRegistry registry;
    private final Uses uses;
    private final PassThrough passed;
    private final DriverNames names;

    /** {@code names}: which of the application's classes name the driver's; may be filled meanwhile. */
    public Advice(Config config, PoolRegistry registry, Uses uses, PassThrough passed, DriverNames names) {
        this.config = config;
        this.registry = registry;
        this.uses = uses;
        this.passed = passed;
        this.names = names;
    }

    /** For people: some lines, each ended by a line feed. */
    public String text() {
        List<PoolAdvice> pools = pools();
        return new AdviceText(pools, new SettingLines(pools, config), names, passed.counts()).text();
    }

    /** For programs: one object, on one line. */
    public String json() {
        JsonWriter json = new JsonWriter();
        appendTo(json);
        return json + "\n";
    }

    /** Writes the object of {@link #json}. */
    public void appendTo(JsonWriter json) {
        List<PoolAdvice> pools = pools();
        new AdviceJson(pools, new SettingLines(pools, config), names).appendTo(json);
    }

    /**
     * Writes the text to the file that the settings name, or else, if connections were only observed, to stderr. A failure
     * is only logged.
     */
    public void writeAtExit() {
        String file = config.get(Settings.ADVICE);
        boolean observed = config.is(Settings.MODE, "observe");
        if (file == null && !observed) {
            return;
        }
        try {
            String text = text();
            if (file == null || !isWritten(text, file) && observed) {
                byte[] lines = text.replaceAll("(?m)^", "[poolshim] ")
                        .replaceAll("\\[poolshim] $", "")
                        .getBytes(StandardCharsets.UTF_8);
                Log.lines(lines, lines.length);
            }
        } catch (RuntimeException | LinkageError e) {
            Log.swallowed("writing the advice", e);
        }
    }

    private static boolean isWritten(String text, String file) {
        try {
            Files.write(Paths.get(file), text.getBytes(StandardCharsets.UTF_8));
            Log.info("the advice on pooling is in " + file);
            return true;
        } catch (IOException e) {
            Log.warn("cannot write the advice to " + file + ": " + e);
            return false;
        }
    }

    /** Those of which anything is known, the most used first. */
    private List<PoolAdvice> pools() {
        List<ConnectionPool> current = registry.current();
        uses.sample(current);
        Map<String, List<PoolStatistics>> statistics = new HashMap<>();
        for (PoolStatistics counts : registry.all()) {
            statistics.computeIfAbsent(counts.name(), name -> new ArrayList<>()).add(counts);
        }
        List<PoolAdvice> all = new ArrayList<>();
        for (PoolUse use : uses.all()) {
            PoolFacts facts = facts(use, statistics.getOrDefault(use.name(), new ArrayList<>()), current);
            if (facts.borrows + facts.unseen + facts.refused > 0) {
                all.add(new PoolAdvice(facts));
            }
        }
        all.sort((one, other) -> Long.compare(other.facts.borrows, one.facts.borrows));
        return all;
    }

    private static PoolFacts facts(PoolUse use, List<PoolStatistics> statistics, List<ConnectionPool> current) {
        if (use.loans() + use.unseen.sum() + use.refused.sum() > 0) {
            return PoolFacts.observed(use);
        }
        int size = 0;
        for (ConnectionPool pool : current) {
            size = Math.max(size, pool.name().equals(use.name()) ? pool.maxSize() : 0);
        }
        return PoolFacts.pooled(use, statistics, size);
    }
}
